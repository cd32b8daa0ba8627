package io.pinion.engine;

import org.agrona.concurrent.EpochNanoClock;

/** The place and time of slots where no log has given them: counted from 0, and read from a clock. By the ingress thread. */
final class ClockStamps implements SlotWriter.Stamps {
    private final EpochNanoClock clock;
    private long position;
    private boolean isTimeRead;
    private long batchNs;

    ClockStamps(final EpochNanoClock clock) {
        this.clock = clock;
    }

    /** The clock is read once for what a duty cycle takes in: a batch came in at one time. */
    void beginCycle() {
        isTimeRead = false;
    }

    @Override
    public long position() {
        return position++;
    }

    @Override
    public long nowNs() {
        if (!isTimeRead) {
            isTimeRead = true;
            batchNs = clock.nanoTime();
        }
        return batchNs;
    }
}
