package io.pinion.wire;

import java.util.Arrays;

/**
 * Reads one JSON object strictly into an event and its notes. It expects the fields in the order the last frame had them,
 * and looks a name up only where that fails. Owned by the thread that decodes.
 */
final class JsonReader {
    private static final int REFUSED = Integer.MIN_VALUE;

    private final EventClass eventClass;
    /** By entry: the known field that the last frame had there. */
    private final int[] predicted = new int[EventClass.MAX_FIELDS];

    private byte[] bytes;
    private int end;
    private FrameNotes notes;
    private String fault;

    JsonReader(final EventClass eventClass) {
        this.eventClass = eventClass;
        Arrays.setAll(predicted, i -> i < eventClass.fields.length ? i : FrameNotes.ABSENT);
    }

    /** Reads a frame; returns null when it is good, otherwise the sentence that says why not. */
    String read(final byte[] frame, final int lengthBytes, final FrameNotes newNotes, final Object event) {
        bytes = frame;
        end = lengthBytes;
        notes = newNotes;
        fault = null;
        notes.renew(bytes);
        final int open = JsonGrammar.skipSpace(bytes, 0, end);
        if (open >= end || bytes[open] != '{') {
            return Faults.notAnObject(bytes, open, end);
        }
        final int close = readFields(open + 1, event);
        if (fault != null) {
            return fault;
        }
        if (close < 0) {
            return Faults.notJson(bytes, ~close, end);
        }
        final int rest = JsonGrammar.skipSpace(bytes, close + 1, end);
        return rest == end ? null : Faults.notJson(bytes, rest, end);
    }

    /** Reads to the closing brace and returns where it is. */
    private int readFields(final int from, final Object event) {
        notes.insertAt = from;
        int at = JsonGrammar.skipSpace(bytes, from, end);
        if (at < end && bytes[at] == '}') {
            return at;
        }
        while (true) {
            at = readField(at, event);
            if (at < 0) {
                return at;
            }
            notes.insertAt = at;
            at = JsonGrammar.skipSpace(bytes, at, end);
            if (at < end && bytes[at] == '}') {
                return at;
            }
            if (at >= end || bytes[at] != ',') {
                return ~at;
            }
            at = JsonGrammar.skipSpace(bytes, at + 1, end);
        }
    }

    private int readField(final int at, final Object event) {
        if (!notes.hasRoom()) {
            return refuse(Faults.tooManyFields());
        }
        final int entry = notes.count;
        EventField field = predicted[entry] >= 0 ? eventClass.fields[predicted[entry]] : null;
        int value;
        if (field != null && field.jsonName.isAt(bytes, at, end)) {
            value = at + field.jsonName.length();
        } else {
            value = readName(at, entry);
            if (value < 0) {
                return value;
            }
            field = eventClass.find(
                    notes.nameIn(entry, bytes),
                    notes.nameStart(entry),
                    notes.nameStart(entry) + notes.nameLength[entry]);
            predicted[entry] = field == null ? FrameNotes.ABSENT : field.index;
        }
        value = JsonGrammar.skipColon(bytes, value, end);
        if (value < 0) {
            return value;
        }
        final int next = field == null ? skipUnknown(entry, value) : readKnown(field, event, value);
        return notes.addEntry(value, next);
    }

    /** Notes the name without escapes, in place where it can be. Returns where it ends. */
    private int readName(final int at, final int entry) {
        if (at >= end || bytes[at] != '"') {
            return ~at;
        }
        final int close = JsonStrings.close(bytes, at + 1, end);
        if (close == JsonStrings.BAD) {
            return ~at;
        }
        if (close > 0) {
            notes.name(entry, at + 1, close - at - 1);
            return close + 1;
        }
        final int from = notes.takeScratch(~close - at);
        final int to = JsonStrings.unescape(bytes, at + 1, ~close, notes.scratch, from);
        notes.trimScratch(to);
        notes.name(entry, ~from, to - from);
        return ~close + 1;
    }

    private int skipUnknown(final int entry, final int value) {
        if (!notes.addUnknown(bytes)) {
            return refuse(Faults.twice(notes.nameIn(entry, bytes), notes.nameStart(entry), notes.nameLength[entry]));
        }
        return JsonGrammar.skipValue(bytes, value, end, 1);
    }

    private int readKnown(final EventField field, final Object event, final int at) {
        if (!notes.isMissing(field.index)) {
            return refuse(Faults.twice(field.name));
        }
        if (at >= end) {
            return ~at;
        }
        notes.addKnown(field.index);
        return bytes[at] == '"' ? readString(field, event, at) : readOther(field, event, at);
    }

    private int readString(final EventField field, final Object event, final int at) {
        final int close = JsonStrings.close(bytes, at + 1, end);
        if (close == JsonStrings.BAD) {
            return ~at;
        }
        if (close > 0) {
            fault = FieldStore.putText(field, event, notes, bytes, at + 1, close);
            return fault == null ? close + 1 : REFUSED;
        }
        final int from = notes.takeScratch(~close - at);
        final int to = JsonStrings.unescape(bytes, at + 1, ~close, notes.scratch, from);
        notes.trimScratch(to);
        fault = FieldStore.putText(field, event, notes, notes.scratch, from, to);
        return fault == null ? ~close + 1 : REFUSED;
    }

    private int readOther(final EventField field, final Object event, final int at) {
        final int next = JsonGrammar.skipValue(bytes, at, end, 1);
        if (next < 0) {
            return next;
        }
        fault = switch (bytes[at]) {
            case 't' -> FieldStore.putBoolean(field, event, notes, true);
            case 'f' -> FieldStore.putBoolean(field, event, notes, false);
            case 'n' -> FieldStore.putNull(field, event, notes);
            case '{' -> Faults.wrongType(field, "an object");
            case '[' -> Faults.wrongType(field, "an array");
            default -> JsonNumbers.store(field, event, notes, bytes, at, next);
        };
        return fault == null ? next : REFUSED;
    }

    private int refuse(final String sentence) {
        fault = sentence;
        return REFUSED;
    }
}
