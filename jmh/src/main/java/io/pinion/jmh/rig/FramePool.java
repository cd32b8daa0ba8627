package io.pinion.jmh.rig;

import io.pinion.configs.FeedbackEvent;
import io.pinion.engine.Codec;
import io.pinion.engine.Frame;
import io.pinion.engine.FrameFormat;
import io.pinion.jmh.job.JobEvent;
import io.pinion.jmh.job.JobEvents;
import io.pinion.wire.FrameCodec;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.LongUnaryOperator;
import java.util.function.ObjLongConsumer;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Frames as the codec writes them, made beforehand, so that a rig does not wait for an encoder: of the nth event only its
 * id and its time are written when it is sent, all else repeats with the pool's size.
 *
 * <p>One thread.
 */
public final class FramePool {
    private static final int MAX_FRAME_BYTES = 64 * 1024;
    /** Of no event made here: they are looked for in the frame, to find where the two fields lie. */
    private static final long ID_MARK = 0x71A3_5C9E_2D47_8BF1L;

    private static final long TIME_MARK = 0x63B1_4E8D_7C25_9AF7L;

    private final LongUnaryOperator idOf;
    private final LongUnaryOperator timeOf;
    private final int mask;
    private final UnsafeBuffer[] frames;
    private final int[] idAt;
    private final int[] timeAt;

    private <E> FramePool(
            final int size,
            final Codec<E> codec,
            final ObjLongConsumer<E> fill,
            final LongUnaryOperator idOf,
            final LongUnaryOperator timeOf) {
        this.idOf = idOf;
        this.timeOf = timeOf;
        mask = size - 1;
        frames = new UnsafeBuffer[size];
        idAt = new int[size];
        timeAt = new int[size];
        final E event = codec.newEvent();
        final Frame empty = codec.newFrame(0, 0);
        final Frame frame = codec.newFrame(512, MAX_FRAME_BYTES);
        for (int i = 0; i < size; i++) {
            fill.accept(event, i);
            codec.encode(empty, event, frame, FrameFormat.WIRE);
            frames[i] = new UnsafeBuffer(Arrays.copyOf(frame.array(), frame.lengthBytes()));
            idAt[i] = indexOf(ID_MARK, frames[i]);
            timeAt[i] = indexOf(TIME_MARK, frames[i]);
        }
    }

    /**
     * The events of the job.
     *
     * @param size how many are made, a power of two.
     * @return the pool.
     */
    public static FramePool ofJob(final int size) {
        final JobEvents events = new JobEvents();
        return new FramePool(
                size,
                FrameCodec.of(JobEvent::new),
                (JobEvent event, long n) -> {
                    events.fill(event, n);
                    event.eventId = ID_MARK;
                    event.at = TIME_MARK;
                },
                JobEvents::eventId,
                JobEvents::atUs);
    }

    /** Feedback of known users who consent, each piece once. */
    static FramePool ofFeedback(final int size, final int users) {
        return new FramePool(
                size,
                FrameCodec.of(FeedbackEvent::new),
                (FeedbackEvent event, long n) -> {
                    event.eventId = ID_MARK;
                    event.at = TIME_MARK;
                    event.userId = 1 + n % users;
                    event.conversationId = 1_000 + n;
                    event.promptId = 1 + n % 50;
                    event.kind = FeedbackEvent.Kind.values()[(int) n & 3];
                    event.model.set("swift-2-mini");
                    event.consent = true;
                    event.score = n % 11 / 10.0;
                    event.text.set("The capital of Australia is Canberra, not Sydney.");
                },
                n -> n + 1,
                JobEvents::atUs);
    }

    private static int indexOf(final long mark, final UnsafeBuffer frame) {
        for (int at = 0; at <= frame.capacity() - Long.BYTES; at++) {
            if (frame.getLong(at, ByteOrder.LITTLE_ENDIAN) == mark) {
                return at;
            }
        }
        throw new IllegalStateException("a field of eight bytes is not written as eight bytes");
    }

    /**
     * How long an event's frame is.
     *
     * @param n counted from 0.
     * @return in bytes.
     */
    public int lengthBytes(final long n) {
        return frames[(int) n & mask].capacity();
    }

    /**
     * Writes the nth event.
     *
     * @param n      counted from 0.
     * @param to     where there is room for it.
     * @param offset where it begins there.
     */
    public void write(final long n, final MutableDirectBuffer to, final int offset) {
        final int i = (int) n & mask;
        to.putBytes(offset, frames[i], 0, frames[i].capacity());
        to.putLong(offset + idAt[i], idOf.applyAsLong(n), ByteOrder.LITTLE_ENDIAN);
        to.putLong(offset + timeAt[i], timeOf.applyAsLong(n), ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Which event a frame is of that came out of a graph. Its first two fields, id and time, stand where they stood when it
     * went in.
     *
     * @param frame  where it lies.
     * @param offset where it begins there.
     * @return its number, counted from 0.
     */
    public long numberOf(final DirectBuffer frame, final int offset) {
        return frame.getLong(offset + timeAt[0], ByteOrder.LITTLE_ENDIAN) - timeOf.applyAsLong(0);
    }
}
