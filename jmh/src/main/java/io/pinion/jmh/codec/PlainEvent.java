package io.pinion.jmh.codec;

import io.pinion.engine.Text;
import io.pinion.jmh.job.JobEvent;
import net.openhft.chronicle.bytes.BytesIn;
import net.openhft.chronicle.bytes.BytesMarshallable;
import net.openhft.chronicle.bytes.BytesOut;

/** The event by Chronicle's plain marshalling: no names, numbers in their full width, texts kept as the bytes they are. */
public final class PlainEvent implements BytesMarshallable {
    private static final int MAX_TEXT_BYTES = 256;

    private long eventId;
    private long at;
    private long itemId;
    private int userId;
    private boolean consent;
    private double score;
    private final byte[] session = new byte[MAX_TEXT_BYTES];
    private final byte[] model = new byte[MAX_TEXT_BYTES];
    private final byte[] prompt = new byte[MAX_TEXT_BYTES];
    private final byte[] answer = new byte[MAX_TEXT_BYTES];
    private int sessionLength;
    private int modelLength;
    private int promptLength;
    private int answerLength;

    void set(final JobEvent event) {
        eventId = event.eventId;
        at = event.at;
        itemId = event.itemId;
        userId = event.userId;
        consent = event.consent;
        score = event.score;
        sessionLength = set(session, event.session);
        modelLength = set(model, event.model);
        promptLength = set(prompt, event.prompt);
        answerLength = set(answer, event.answer);
    }

    private static int set(final byte[] field, final Text text) {
        System.arraycopy(text.array(), text.offset(), field, 0, text.lengthBytes());
        return text.lengthBytes();
    }

    @Override
    public void readMarshallable(final BytesIn<?> bytes) {
        eventId = bytes.readLong();
        at = bytes.readLong();
        itemId = bytes.readLong();
        userId = bytes.readInt();
        consent = bytes.readBoolean();
        score = bytes.readDouble();
        sessionLength = read(bytes, session);
        modelLength = read(bytes, model);
        promptLength = read(bytes, prompt);
        answerLength = read(bytes, answer);
    }

    private static int read(final BytesIn<?> bytes, final byte[] text) {
        final int length = bytes.readUnsignedShort();
        bytes.read(text, 0, length);
        return length;
    }

    @Override
    public void writeMarshallable(final BytesOut<?> bytes) {
        bytes.writeLong(eventId);
        bytes.writeLong(at);
        bytes.writeLong(itemId);
        bytes.writeInt(userId);
        bytes.writeBoolean(consent);
        bytes.writeDouble(score);
        write(bytes, session, sessionLength);
        write(bytes, model, modelLength);
        write(bytes, prompt, promptLength);
        write(bytes, answer, answerLength);
    }

    private static void write(final BytesOut<?> bytes, final byte[] text, final int length) {
        bytes.writeUnsignedShort(length);
        bytes.write(text, 0, length);
    }
}
