package io.pinion.jmh.graph;

import io.pinion.engine.Frame;
import io.pinion.engine.FrameFormat;
import io.pinion.engine.IngressAdapter;
import io.pinion.jmh.job.JobEvent;
import io.pinion.jmh.job.JobEvents;
import io.pinion.wire.FrameCodec;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * An ingress in memory, of frames as a producer would send them. They are not encoded on the spot, which would be measured
 * too: a frame is there for each set of texts, and into it the numbers of the event are written, in place.
 *
 * <pre>
 *   … eventId ▮▮▮▮▮▮▮▮ at ▮▮▮▮▮▮▮▮ itemId ▮▮▮▮ userId ▮▮ consent ▮ score ▮▮▮▮▮▮▮▮ session … model … prompt … answer …
 * </pre>
 */
final class FramedEvents implements IngressAdapter {
    private static final int TEXTS = 16;

    /** What is looked for in a frame, to find the places; each takes the most room that its field needs. */
    private static final long EVENT_ID = 0x7A11_0000_0000_0A17L;

    private static final long AT = 0x7A22_0000_0000_0A27L;
    private static final int ITEM_ID = 0x7A33_0A37;
    private static final int USER_ID = 0xCA44;
    private static final double SCORE = 0.123456789;
    private static final byte TRUE = (byte) 0xB1;
    private static final byte FALSE = (byte) 0xB0;

    private final JobEvents events = new JobEvents();
    private final JobEvent event = new JobEvent();
    private final UnsafeBuffer[] frames = new UnsafeBuffer[TEXTS];
    private final int[] lengths = new int[TEXTS];
    private final int eventIdAt;
    private final int atAt;
    private final int itemIdAt;
    private final int userIdAt;
    private final int scoreAt;
    private final int consentAt;
    private volatile long end;
    private long next;

    FramedEvents() {
        final FrameCodec<JobEvent> codec = FrameCodec.of(JobEvent::new);
        for (long n = 0, found = 0; found < TEXTS; n++) {
            events.fill(event, n);
            final int text = events.textOf(n);
            if (frames[text] == null) {
                found++;
                event.eventId = EVENT_ID;
                event.at = AT;
                event.itemId = ITEM_ID;
                event.userId = USER_ID;
                event.consent = true;
                event.score = SCORE;
                final Frame frame = codec.newFrame(512, 4_096);
                codec.encode(codec.newFrame(0, 0), event, frame, FrameFormat.WIRE);
                frames[text] = new UnsafeBuffer(frame.array());
                lengths[text] = frame.lengthBytes();
            }
        }
        eventIdAt = find(0, EVENT_ID, Long.BYTES);
        atAt = find(0, AT, Long.BYTES);
        itemIdAt = find(0, ITEM_ID, Integer.BYTES);
        userIdAt = find(0, USER_ID, Short.BYTES);
        scoreAt = find(0, Double.doubleToRawLongBits(SCORE), Long.BYTES);
        consentAt = find(userIdAt, TRUE & 0xFF, 1);
    }

    private int find(final int from, final long value, final int size) {
        final long mask = size == Long.BYTES ? -1 : (1L << size * Byte.SIZE) - 1;
        int at = from;
        while ((frames[0].getLong(at, ByteOrder.LITTLE_ENDIAN) & mask) != value) {
            at++;
        }
        return at;
    }

    /** Lets so many more in. Any one thread. */
    void add(final long more) {
        end += more;
    }

    @Override
    public int poll(final FrameHandler handler, final int limit) {
        final long to = Math.min(end, next + limit);
        int taken = 0;
        while (next < to) {
            events.fill(event, next);
            final int text = events.textOf(next);
            final UnsafeBuffer frame = frames[text];
            frame.putLong(eventIdAt, event.eventId, ByteOrder.LITTLE_ENDIAN);
            frame.putLong(atAt, event.at, ByteOrder.LITTLE_ENDIAN);
            frame.putInt(itemIdAt, (int) event.itemId, ByteOrder.LITTLE_ENDIAN);
            frame.putShort(userIdAt, (short) event.userId, ByteOrder.LITTLE_ENDIAN);
            frame.putByte(consentAt, event.consent ? TRUE : FALSE);
            frame.putDouble(scoreAt, event.score, ByteOrder.LITTLE_ENDIAN);
            if (!handler.onFrame(frame, 0, lengths[text], 0)) {
                break;
            }
            next++;
            taken++;
        }
        return taken;
    }

    @Override
    public boolean isAtEnd() {
        return false;
    }

    @Override
    public void close() {}
}
