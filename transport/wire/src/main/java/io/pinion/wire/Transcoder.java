package io.pinion.wire;

import io.pinion.engine.Frame;
import io.pinion.engine.FrameFormat;
import io.pinion.engine.FrameTooLongException;

/**
 * Any frame from one format to the other, without an event class: a line of JSON to a frame of Chronicle Wire, and back.
 * As strict as {@link FrameCodec}, to which every field of it would be unknown.
 *
 * <p>Allocates nothing but for a frame that is refused. Not thread-safe.
 */
public final class Transcoder {
    private static final Object NO_EVENT = new Object();

    private final FrameNotes notes;
    private final WireReader wireReader;
    private final JsonReader jsonReader;

    /** Makes one. */
    public Transcoder() {
        final EventClass noFields = EventClass.ofNoFields();
        notes = new FrameNotes(noFields);
        wireReader = new WireReader(noFields);
        jsonReader = new JsonReader(noFields);
    }

    /**
     * Writes a frame in a format: copied when it is in that format, transcoded when it is not.
     *
     * @param from   any frame, read strictly in either case.
     * @param to     where to, another one than {@code from}; what was in it is gone.
     * @param format the format to write.
     * @return true when the frame was good; otherwise {@link Frame#fault()} of {@code from} says what is wrong with it.
     * @throws FrameTooLongException when it does not fit; what is in {@code to} is of no use then.
     */
    public boolean transcode(final Frame from, final Frame to, final FrameFormat format) {
        final String fault = from.format() == FrameFormat.WIRE
                ? wireReader.read(from.array(), from.lengthBytes(), notes, NO_EVENT)
                : jsonReader.read(from.array(), from.lengthBytes(), notes, NO_EVENT);
        from.fault(fault);
        if (fault != null) {
            return false;
        }
        EventWriter.write(from, notes, NO_EVENT, to, format);
        return true;
    }
}
