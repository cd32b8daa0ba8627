package io.pinion.wire;

/**
 * Reads a BinaryWire of fields strictly into an event and its notes. It expects the fields in the order the last frames had
 * them ({@link FieldPrediction}), written as they usually are ({@link UsualField}), and goes the general way where that
 * fails. Owned by the thread that decodes.
 */
final class WireReader {
    private final EventClass eventClass;
    private final FieldPrediction prediction;

    // What is being read, once something is not as expected.
    private byte[] bytes;
    private int end;
    /** Where the last of the usual fields may end: behind it lie as many bytes as one looks at. */
    private int usualEnd;

    private FrameNotes notes;
    /** Of the {@link #prediction}. */
    private int place;

    private String fault;

    WireReader(final EventClass eventClass) {
        this.eventClass = eventClass;
        prediction = new FieldPrediction(eventClass);
    }

    /** Reads a frame; returns null when it is good, otherwise the sentence that says why not. */
    String read(final byte[] frame, final int lengthBytes, final FrameNotes newNotes, final Object event) {
        newNotes.renew(frame);
        final int usualTo = Math.min(lengthBytes, frame.length - UsualField.BEYOND);
        int at = 0;
        int newPlace = FieldPrediction.START;
        while (at < lengthBytes) {
            final UsualField expected = prediction.at(newPlace);
            final int next = expected != null && at < usualTo && newNotes.hasRoomForRun()
                    ? expected.read(frame, at, usualTo, newNotes, event)
                    : UsualField.ANOTHER;
            if (next != UsualField.ANOTHER) {
                at = next;
                newPlace = FieldPrediction.after(newNotes.last);
                continue;
            }
            place = newPlace;
            bytes = frame;
            end = lengthBytes;
            usualEnd = usualTo;
            notes = newNotes;
            fault = null;
            at = readUnexpected(at, event);
            newPlace = place;
            if (fault != null) {
                return fault;
            }
            if (at == WireGrammar.TORN) {
                return "the frame is torn: it ends within padding or a comment";
            }
        }
        return null;
    }

    /** After the last field there may be: only padding. */
    private int readRest(final int at) {
        final int rest = WireGrammar.skipPadding(bytes, at, end);
        return rest == end || rest == WireGrammar.TORN ? rest : refuse(Faults.tooManyFields());
    }

    private int readUnexpected(final int from, final Object event) {
        if (!notes.hasRoom()) {
            return readRest(from);
        }
        final int at = WireGrammar.skipPadding(bytes, from, end);
        if (at == WireGrammar.TORN || at == end) {
            return at;
        }
        final EventField usual = eventClass.wireNames.find(bytes, at, end);
        if (usual != null) {
            return readNamed(usual, event, at);
        }
        final int entry = notes.count;
        if (isUsualName(at)) {
            final int length = (bytes[at] & 0xFF) - WireCode.FIELD_NAME_0;
            notes.name(entry, at + 1, length);
            return skipUnknown(entry, at + 1 + length);
        }
        final int nameTo = readName(at, entry);
        if (nameTo == WireGrammar.TORN) {
            return refuse(Faults.notWire(bytes, WireGrammar.isName(bytes[at] & 0xFF) ? end : at, end));
        }
        final EventField field = eventClass.find(
                notes.nameIn(entry, bytes), notes.nameStart(entry), notes.nameStart(entry) + notes.nameLength[entry]);
        return field == null ? skipUnknown(entry, nameTo) : readKnown(field, event, nameTo);
    }

    /** Whether here is a name of ASCII in its usual form, by which each known field would have been found. */
    private boolean isUsualName(final int at) {
        final int length = (bytes[at] & 0xFF) - WireCode.FIELD_NAME_0;
        return at < usualEnd
                && WireNameIndex.isUsual(bytes[at] & 0xFF)
                && length < end - at
                && Utf8.isAscii(bytes, at + 1, length);
    }

    /** Notes the name in UTF-8, in place where it can be. Returns where it ends. */
    private int readName(final int at, final int entry) {
        final int next = WireGrammar.skipName(bytes, at, end);
        if (next == WireGrammar.TORN) {
            return next;
        }
        final int code = bytes[at] & 0xFF;
        if (code == WireCode.FIELD_NUMBER) {
            final int from = notes.takeScratch(DecimalDigits.MOST);
            noteScratchName(
                    entry, from, DecimalDigits.put(WireGrammar.stopBit(bytes, at + 1, next), notes.scratch, from));
        } else if (code == WireCode.EVENT_OBJECT) {
            final int from = WireGrammar.textOf(bytes, at + 1, next);
            final int scratch = notes.takeScratch(3 * (next - from));
            noteScratchName(entry, scratch, Utf8.fromWire(bytes, from, next, notes.scratch, scratch));
        } else {
            final int from = code >= WireCode.FIELD_NAME_0 ? at + 1 : WireGrammar.skipStopBit(bytes, at + 1, end);
            if (Utf8.endOfAscii(bytes, from, next) == next) {
                notes.name(entry, from, next - from);
            } else {
                final int scratch = notes.takeScratch(2 * (next - from));
                noteScratchName(entry, scratch, Utf8.fromLatin1(bytes, from, next, notes.scratch, scratch));
            }
        }
        return next;
    }

    private void noteScratchName(final int entry, final int from, final int to) {
        notes.trimScratch(to);
        notes.name(entry, ~from, to - from);
    }

    private int skipUnknown(final int entry, final int nameTo) {
        final int name = notes.nameStart(entry);
        if (!notes.addUnknown(bytes)) {
            return refuse(Faults.twice(notes.nameIn(entry, bytes), name, notes.nameLength[entry]));
        }
        final int value = WireGrammar.skipPadding(bytes, nameTo, end);
        final int next = WireGrammar.skipValue(bytes, value, end);
        if (next == WireGrammar.TORN) {
            return refuse(Faults.torn(Faults.quoted(notes.nameIn(entry, bytes), name, name + notes.nameLength[entry])));
        }
        prediction.learnUnknown(place);
        place = prediction.afterUnknown(place);
        return notes.addEntry(value, next);
    }

    /** A known field with its name in the usual form, where another was expected. */
    private int readNamed(final EventField field, final Object event, final int at) {
        final int next = at < usualEnd && notes.hasRoomForRun()
                ? eventClass.usual[field.index].read(bytes, at, usualEnd, notes, event)
                : UsualField.ANOTHER;
        if (next == UsualField.ANOTHER) {
            return readKnown(field, event, at + field.wireName.length());
        }
        prediction.learn(place, field);
        place = FieldPrediction.after(notes.last);
        return next;
    }

    private int readKnown(final EventField field, final Object event, final int nameTo) {
        if (!notes.isMissing(field.index)) {
            return refuse(Faults.twice(field.name));
        }
        final int at = WireGrammar.skipPadding(bytes, nameTo, end);
        final int next = WireGrammar.skipValue(bytes, at, end);
        if (next == WireGrammar.TORN) {
            return refuse(Faults.torn(field.name));
        }
        prediction.learn(place, field);
        place = FieldPrediction.after(field.index);
        notes.addKnown(field.index);
        notes.addEntry(at, next);
        final String sentence = store(field, event, at, next);
        return sentence == null ? next : refuse(sentence);
    }

    private String store(final EventField field, final Object event, final int at, final int next) {
        final int code = bytes[at] & 0xFF;
        if (code >= WireCode.STRING_0) {
            return storeText(field, event, at + 1, next);
        }
        return WireNumbers.isInteger(code)
                ? FieldStore.putInteger(field, event, notes, WireNumbers.integer(bytes, at))
                : storeOther(field, event, at, next, code);
    }

    private String storeOther(
            final EventField field, final Object event, final int at, final int next, final int code) {
        if (WireNumbers.isDecimal(code)) {
            return FieldStore.putDecimal(field, event, notes, WireNumbers.decimal(bytes, at, next), code);
        }
        return switch (code) {
            case WireCode.NULL -> FieldStore.putNull(field, event, notes);
            case WireCode.FALSE -> FieldStore.putBoolean(field, event, notes, false);
            case WireCode.TRUE -> FieldStore.putBoolean(field, event, notes, true);
            case WireCode.STRING_ANY ->
                WireGrammar.isNullText(bytes, at + 1, end)
                        ? FieldStore.putNull(field, event, notes)
                        : storeText(field, event, WireGrammar.textOf(bytes, at, next), next);
            default -> Faults.wrongType(field, WireNumbers.describe(code));
        };
    }

    private String storeText(final EventField field, final Object event, final int from, final int to) {
        final int kind = Utf8.kindOf(bytes, from, to);
        if (kind == Utf8.WELL_FORMED) {
            return FieldStore.putText(field, event, notes, bytes, from, to);
        }
        if (kind == Utf8.MALFORMED) {
            return Faults.malformedText(field);
        }
        final int scratch = notes.takeScratch(to - from);
        final int scratchTo = Utf8.fromWire(bytes, from, to, notes.scratch, scratch);
        notes.trimScratch(scratchTo);
        return FieldStore.putText(field, event, notes, notes.scratch, scratch, scratchTo);
    }

    private int refuse(final String sentence) {
        fault = sentence;
        return WireGrammar.TORN;
    }
}
