package io.pinion.wire;

import io.pinion.engine.Codec;
import io.pinion.engine.Frame;
import io.pinion.engine.FrameFormat;
import io.pinion.engine.FrameTooLongException;
import io.pinion.engine.GraphException;
import io.pinion.engine.Text;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Frames of Chronicle Wire's BinaryWire or of JSON to events of the user's own class and back, by the names of its fields.
 *
 * <p>The fields are the instance fields of the class and of those it extends, but for transient ones: {@code boolean},
 * {@code byte}, {@code short}, {@code char}, {@code int}, {@code long}, {@code float}, {@code double}, enums, and
 * {@link io.pinion.engine.Text}. What a new event has in a field is that field's default.
 *
 * <p>Nothing is allocated per event, but for the sentence when a frame is refused, and some hundred bytes for a JSON numeral
 * that lies almost exactly between two doubles or below 10^-307.
 *
 * <p>Owned by the thread that decodes. Encoding keeps nothing in the codec, so any thread may encode from a frame and an
 * event that it owns.
 *
 * @param <E> the user's own event class.
 */
public final class FrameCodec<E> implements Codec<E> {
    private final Supplier<E> newEvent;
    private final EventClass eventClass;
    private final WireReader wireReader;
    private final JsonReader jsonReader;

    private FrameCodec(final Supplier<E> newEvent) {
        this.newEvent = newEvent;
        eventClass = EventClass.of(newEvent);
        wireReader = new WireReader(eventClass);
        jsonReader = new JsonReader(eventClass);
    }

    /**
     * A codec for the class of what this makes.
     *
     * @param newEvent makes an event that has each field at its default; always of one class.
     * @param <E>      the class.
     * @return the codec.
     * @throws GraphException when the class has a field that frames can't hold.
     */
    public static <E> FrameCodec<E> of(final Supplier<E> newEvent) {
        return new FrameCodec<>(newEvent);
    }

    @Override
    public E newEvent() {
        return newEvent.get();
    }

    @Override
    public Frame newFrame(final int initialBytes, final int maxBytes) {
        return new NotedFrame(initialBytes, maxBytes, eventClass);
    }

    @Override
    public boolean decode(final Frame frame, final E event) {
        Objects.requireNonNull(event, "there is no event to decode into");
        final FrameNotes notes = notesOf(frame);
        final String fault = frame.format() == FrameFormat.WIRE
                ? wireReader.read(frame.array(), frame.lengthBytes(), notes, event)
                : jsonReader.read(frame.array(), frame.lengthBytes(), notes, event);
        frame.fault(fault);
        if (fault != null) {
            return false;
        }
        eventClass.setMissing(event, notes);
        return true;
    }

    @Override
    public void detach(final E event) {
        for (final EventField field : eventClass.fields) {
            if (field.kind == EventField.Kind.TEXT) {
                final Text text = field.text(event);
                text.set(text);
            }
        }
    }

    /**
     * Writes an event: the frame it came in, with the fields changed since then replaced, and those it did not have
     * added where they are not at their default. From an empty frame: all fields that are not at their default.
     *
     * @param from   the frame that this event was decoded from, as decoding left it; or an empty one of this codec.
     * @param event  the event.
     * @param to     where to, another one than {@code from}; what was in it is gone.
     * @param format the format to write.
     * @throws FrameTooLongException when it does not fit; what is in {@code to} is of no use then.
     */
    @Override
    public void encode(final Frame from, final E event, final Frame to, final FrameFormat format) {
        EventWriter.write(from, notesOf(from), event, to, format);
    }

    private FrameNotes notesOf(final Frame frame) {
        if (frame instanceof NotedFrame noted && noted.notes.eventClass == eventClass) {
            return noted.notes;
        }
        throw new IllegalArgumentException("the frame is not one that newFrame of this codec made");
    }
}
