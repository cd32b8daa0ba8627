package io.pinion.jmh.graph;

import io.pinion.engine.Codec;
import io.pinion.engine.Frame;
import io.pinion.engine.FrameFormat;
import io.pinion.jmh.job.JobEvent;
import io.pinion.jmh.job.JobEvents;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** No codec to speak of: a frame is the number of an event, which is made on the spot; what leaves is its id and price. */
public final class NumberCodec implements Codec<JobEvent> {
    static final int EGRESS_BYTES = 2 * Long.BYTES;

    private final JobEvents events = new JobEvents();

    /** Makes one. */
    public NumberCodec() {}

    @Override
    public JobEvent newEvent() {
        return new JobEvent();
    }

    @Override
    public Frame newFrame(final int initialBytes, final int maxBytes) {
        return new Frame(initialBytes, maxBytes);
    }

    @Override
    public boolean decode(final Frame frame, final JobEvent event) {
        events.fill(event, frame.buffer().getLong(0));
        return true;
    }

    @Override
    public void detach(final JobEvent event) {}

    @Override
    public void encode(final Frame from, final JobEvent event, final Frame to, final FrameFormat format) {
        to.clear(format);
        to.ensureCapacity(EGRESS_BYTES);
        final MutableDirectBuffer buffer = (MutableDirectBuffer) to.buffer();
        buffer.putLong(0, event.eventId);
        buffer.putDouble(Long.BYTES, event.price);
        to.lengthBytes(EGRESS_BYTES);
    }

    /**
     * Reads what left.
     *
     * @param frame that left.
     * @return the event's id.
     */
    public static long eventIdIn(final DirectBuffer frame) {
        return frame.getLong(0);
    }

    /**
     * Reads what left.
     *
     * @param frame that left.
     * @return the event's price.
     */
    public static double priceIn(final DirectBuffer frame) {
        return frame.getDouble(Long.BYTES);
    }
}
