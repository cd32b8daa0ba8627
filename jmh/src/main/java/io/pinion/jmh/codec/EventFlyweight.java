package io.pinion.jmh.codec;

import io.pinion.engine.Text;
import io.pinion.jmh.job.JobEvent;
import org.agrona.DirectBuffer;
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
public final class EventFlyweight {
    private static final int AT = 8;
    private static final int ITEM_ID = 16;
    private static final int USER_ID = 24;
    private static final int CONSENT = 28;
    private static final int SCORE = 29;
    private static final int TEXTS = 37;

    private final UnsafeBuffer buffer = new UnsafeBuffer();

    /** Makes one that lies nowhere yet. */
    public EventFlyweight() {}

    /**
     * Lays it over an array.
     *
     * @param array as long as the event, at least.
     * @return this.
     */
    public EventFlyweight wrap(final byte[] array) {
        buffer.wrap(array);
        return this;
    }

    void read(final JobEvent event) {
        readNumbers(buffer, 0, event);
        read(event.answer, read(event.prompt, read(event.model, read(event.session, TEXTS))));
    }

    /**
     * Reads all but the texts from where an event lies.
     *
     * @param from   a buffer.
     * @param offset where the event begins there.
     * @param event  that is written to.
     */
    public static void readNumbers(final DirectBuffer from, final int offset, final JobEvent event) {
        event.eventId = from.getLong(offset);
        event.at = from.getLong(offset + AT);
        event.itemId = from.getLong(offset + ITEM_ID);
        event.userId = from.getInt(offset + USER_ID);
        event.consent = from.getByte(offset + CONSENT) != 0;
        event.score = from.getDouble(offset + SCORE);
    }

    private int read(final Text text, final int at) {
        final int length = buffer.getShort(at) & 0xFFFF;
        text.wrap(buffer.byteArray(), at + 2, length);
        return at + 2 + length;
    }

    /**
     * Writes an event.
     *
     * @param event that is read.
     * @return its length in bytes.
     */
    public int write(final JobEvent event) {
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
