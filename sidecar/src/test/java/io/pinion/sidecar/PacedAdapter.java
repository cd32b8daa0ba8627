package io.pinion.sidecar;

import io.pinion.engine.IngressAdapter;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Gives <code>{"n":1000000000…}</code>, counting up, each when it is due: at a steady rate that does not wait for
 * whoever takes them. What was late is given as soon as it can be, with the time it was due.
 */
final class PacedAdapter implements IngressAdapter {
    static final int FIRST = 1_000_000_000;
    static final int DIGITS = 10;
    static final int DIGITS_AT = "{\"n\":".length();

    private final UnsafeBuffer frame;
    private final EpochNanoClock clock;
    private final long intervalNs;
    private volatile boolean isPaused = true;
    private volatile long given;
    private long dueNs;

    /**
     * Makes one that is paused.
     *
     * @param clock     of the due times.
     * @param perSecond the rate.
     * @param fields    more of the frame's fields, such as {@code ,"text":"x"}.
     */
    PacedAdapter(final EpochNanoClock clock, final int perSecond, final String fields) {
        this.clock = clock;
        intervalNs = 1_000_000_000L / perSecond;
        frame = new UnsafeBuffer(("{\"n\":" + FIRST + fields + "}").getBytes(StandardCharsets.UTF_8));
    }

    void resume() {
        isPaused = false;
    }

    void pause() {
        isPaused = true;
    }

    /** How many were taken. Any thread. */
    long given() {
        return given;
    }

    @Override
    public int poll(final FrameHandler handler, final int limit) {
        if (isPaused) {
            dueNs = 0;
            return 0;
        }
        final long nowNs = clock.nanoTime();
        if (dueNs == 0) {
            dueNs = nowNs;
        }
        int work = 0;
        while (work < limit && nowNs >= dueNs) {
            frame.putNaturalIntAscii(DIGITS_AT, FIRST + (int) given);
            if (!handler.onFrame(frame, 0, frame.capacity(), dueNs)) {
                break;
            }
            given = given + 1;
            dueNs += intervalNs;
            work++;
        }
        return work;
    }

    @Override
    public boolean isAtEnd() {
        return false;
    }

    @Override
    public void close() {}
}
