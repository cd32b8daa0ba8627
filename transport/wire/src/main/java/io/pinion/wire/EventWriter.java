package io.pinion.wire;

import io.pinion.engine.Frame;
import io.pinion.engine.FrameFormat;
import io.pinion.engine.Text;
import java.util.Arrays;
import java.util.Objects;

/** Writes an event again, beside the frame it came in. Reads the frame, its notes and the event, and changes none. */
final class EventWriter {
    private EventWriter() {}

    static void write(
            final Frame from, final FrameNotes notes, final Object event, final Frame to, final FrameFormat format) {
        Objects.requireNonNull(event, "there is no event to write");
        to.clear(format);
        final int end;
        if (from.lengthBytes() == 0) {
            end = format == FrameFormat.WIRE
                    ? UsualField.writeAll(notes.eventClass, event, to)
                    : FrameRoom.put(to, addMissing(notes, event, to, FrameRoom.put(to, 0, '{'), format, true), '}');
        } else if (from.format() == format) {
            end = replaceChanged(from, notes, event, to, format);
        } else {
            end = format == FrameFormat.WIRE
                    ? transcodeToWire(from, notes, event, to)
                    : transcodeToJson(from, notes, event, to);
        }
        to.lengthBytes(end);
    }

    private static int replaceChanged(
            final Frame from, final FrameNotes notes, final Object event, final Frame to, final FrameFormat format) {
        final byte[] bytes = from.array();
        int copied = 0;
        int at = 0;
        final int entries = UsualField.anyMayHaveChanged(notes.eventClass, event, notes, bytes) ? notes.count : 0;
        for (int entry = 0; entry < entries; entry++) {
            final int known = notes.known(entry);
            if (known >= 0 && hasChanged(notes.eventClass.fields[known], notes, event, bytes)) {
                at = FrameRoom.copy(to, at, bytes, copied, notes.valueFrom(entry));
                at = format == FrameFormat.WIRE
                        ? WireWriter.value(to, at, notes.eventClass.fields[known], event)
                        : JsonWriter.value(to, at, notes.eventClass.fields[known], event);
                copied = notes.valueTo(entry);
            }
        }
        final int insertAt = format == FrameFormat.WIRE ? from.lengthBytes() : notes.insertAt;
        at = FrameRoom.copy(to, at, bytes, copied, insertAt);
        at = addMissing(notes, event, to, at, format, false);
        return FrameRoom.copy(to, at, bytes, insertAt, from.lengthBytes());
    }

    /** Whether a field that came with the frame has another value since. */
    private static boolean hasChanged(
            final EventField field, final FrameNotes notes, final Object event, final byte[] frame) {
        final int index = field.index;
        if (field.kind != EventField.Kind.TEXT) {
            return field.bits(event) != notes.bits(index);
        }
        final Text text = field.textOrNull(event);
        if (text == null) {
            return !notes.isNull(field);
        }
        final byte[] in = notes.textIn(index, frame);
        final int from = notes.textFrom(index);
        final int length = notes.textLength(index);
        if (text.array() == in && text.offset() == from && text.lengthBytes() == length) {
            return false;
        }
        return !Arrays.equals(text.array(), text.offset(), text.offset() + text.lengthBytes(), in, from, from + length);
    }

    /** Adds the known fields that the frame lacked and that are not at their default; with {@code isNew}, it lacked all. */
    private static int addMissing(
            final FrameNotes notes,
            final Object event,
            final Frame to,
            final int from,
            final FrameFormat format,
            final boolean isNew) {
        boolean isFirst = isNew || notes.count == 0;
        int at = from;
        final EventField[] fields = notes.eventClass.fields;
        for (int i = nextMissing(notes, 0, isNew); i != FrameNotes.ABSENT; i = nextMissing(notes, i + 1, isNew)) {
            final EventField field = fields[i];
            if (format == FrameFormat.WIRE) {
                at = (int) notes.eventClass.usual[i].writeOne(to, at, event, fields);
            } else if (!field.isAtDefault(event)) {
                at = isFirst ? at : FrameRoom.put(to, at, ',');
                at = JsonWriter.field(to, at, field, event);
                isFirst = false;
            }
        }
        return at;
    }

    private static int nextMissing(final FrameNotes notes, final int from, final boolean isNew) {
        if (!isNew) {
            return notes.nextMissing(from);
        }
        return from < notes.eventClass.fields.length ? from : FrameNotes.ABSENT;
    }

    private static int transcodeToJson(final Frame from, final FrameNotes notes, final Object event, final Frame to) {
        final byte[] bytes = from.array();
        int at = FrameRoom.put(to, 0, '{');
        for (int entry = 0; entry < notes.count; entry++) {
            at = entry == 0 ? at : FrameRoom.put(to, at, ',');
            final int known = notes.known(entry);
            if (known >= 0) {
                final EventField field = notes.eventClass.fields[known];
                at = FrameRoom.copy(to, at, field.jsonName.bytes(), 0, field.jsonName.length());
                at = FrameRoom.put(to, at, ':');
                at = isStillNull(field, notes, event, bytes)
                        ? JsonWriter.nothing(to, at)
                        : JsonWriter.value(to, at, field, event);
            } else {
                final int name = notes.nameStart(entry);
                at = JsonWriter.text(to, at, notes.nameIn(entry, bytes), name, name + notes.nameLength[entry]);
                at = FrameRoom.put(to, at, ':');
                at = WireToJson.value(bytes, notes.valueFrom(entry), notes.valueTo(entry), to, at, 1);
            }
        }
        return FrameRoom.put(to, addMissing(notes, event, to, at, FrameFormat.JSON, false), '}');
    }

    private static int transcodeToWire(final Frame from, final FrameNotes notes, final Object event, final Frame to) {
        final byte[] bytes = from.array();
        int at = 0;
        for (int entry = 0; entry < notes.count; entry++) {
            final int known = notes.known(entry);
            if (known >= 0) {
                final EventField field = notes.eventClass.fields[known];
                at = FrameRoom.copy(to, at, field.wireName.bytes(), 0, field.wireName.length());
                at = isStillNull(field, notes, event, bytes)
                        ? WireWriter.nothing(to, at)
                        : WireWriter.value(to, at, field, event);
            } else {
                final int name = notes.nameStart(entry);
                at = WireWriter.name(to, at, notes.nameIn(entry, bytes), name, name + notes.nameLength[entry]);
                at = JsonToWire.value(bytes, notes.valueFrom(entry), notes.valueTo(entry), to, at);
            }
        }
        return addMissing(notes, event, to, at, FrameFormat.WIRE, false);
    }

    private static boolean isStillNull(
            final EventField field, final FrameNotes notes, final Object event, final byte[] frame) {
        return notes.isNull(field) && !hasChanged(field, notes, event, frame);
    }
}
