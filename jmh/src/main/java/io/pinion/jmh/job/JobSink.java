package io.pinion.jmh.job;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A target in memory: it keeps what tells two outputs apart. One thread writes; {@link #count} may be read by any. */
public final class JobSink {
    private static final VarHandle COUNT = countHandle();

    private long hash;
    private long count;

    private static VarHandle countHandle() {
        try {
            return MethodHandles.lookup().findVarHandle(JobSink.class, "count", long.class);
        } catch (final ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /**
     * Takes an event that was routed to it.
     *
     * @param eventId of the event.
     * @param price   that was added to it.
     */
    public void accept(final long eventId, final double price) {
        hash = (hash + eventId) * 31 + (long) price;
        COUNT.setRelease(this, count + 1);
    }

    /**
     * How many it took.
     *
     * @return events, of this moment.
     */
    public long count() {
        return (long) COUNT.getAcquire(this);
    }

    /**
     * What it took, in order. Once no more comes.
     *
     * @return equal where the outputs are.
     */
    public long hash() {
        return hash;
    }
}
