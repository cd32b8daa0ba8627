package io.pinion.jmh.codec;

import io.pinion.engine.Text;
import io.pinion.jmh.job.JobEvent;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The event at fixed places in a buffer over an array, texts at the end, as one would write it by hand: the floor. Texts
 * are looked at where they lie.
 *
 * <pre>
 *   0        8    16      24      28       29     37
 *   eventId  at   itemId  userId  consent  score  4 × (u16 length, bytes)
 * </pre>
 */
final class EventFlyweight {
    private static final int AT = 8;
    private static final int ITEM_ID = 16;
    private static final int USER_ID = 24;
    private static final int CONSENT = 28;
    private static final int SCORE = 29;
    private static final int TEXTS = 37;

    private final UnsafeBuffer buffer = new UnsafeBuffer();

    EventFlyweight wrap(final byte[] array) {
        buffer.wrap(array);
        return this;
    }

    void read(final JobEvent event) {
        event.eventId = buffer.getLong(0);
        event.at = buffer.getLong(AT);
        event.itemId = buffer.getLong(ITEM_ID);
        event.userId = buffer.getInt(USER_ID);
        event.consent = buffer.getByte(CONSENT) != 0;
        event.score = buffer.getDouble(SCORE);
        read(event.answer, read(event.prompt, read(event.model, read(event.session, TEXTS))));
    }

    private int read(final Text text, final int at) {
        final int length = buffer.getShort(at) & 0xFFFF;
        text.wrap(buffer.byteArray(), at + 2, length);
        return at + 2 + length;
    }

    /** Returns the length. */
    int write(final JobEvent event) {
        buffer.putLong(0, event.eventId);
        buffer.putLong(AT, event.at);
        buffer.putLong(ITEM_ID, event.itemId);
        buffer.putInt(USER_ID, event.userId);
        buffer.putByte(CONSENT, (byte) (event.consent ? 1 : 0));
        buffer.putDouble(SCORE, event.score);
        return write(event.answer, write(event.prompt, write(event.model, write(event.session, TEXTS))));
    }

    private int write(final Text text, final int at) {
        buffer.putShort(at, (short) text.lengthBytes());
        buffer.putBytes(at + 2, text.array(), text.offset(), text.lengthBytes());
        return at + 2 + text.lengthBytes();
    }
}
