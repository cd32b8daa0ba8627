package io.pinion.wire;

import io.pinion.engine.Text;

/**
 * Puts what a reader read into the event, after checking that it fits, and into the notes. Each method returns null, or
 * the sentence that says why it does not fit.
 */
final class FieldStore {
    private static final double TWO_TO_THE_63 = 0x1p63;

    private FieldStore() {}

    static String putNull(final EventField field, final Object event, final FrameNotes notes) {
        field.setToDefault(event, notes);
        notes.setNull(field);
        if (field.kind == EventField.Kind.TEXT) {
            noteText(field, notes.textFor(field, event), notes);
        } else {
            notes.bits(field.index, field.bits(event));
        }
        return null;
    }

    static String putBoolean(final EventField field, final Object event, final FrameNotes notes, final boolean value) {
        return field.kind == EventField.Kind.BOOLEAN
                ? put(field, event, notes, value ? 1 : 0)
                : Faults.wrongType(field, value ? "true" : "false");
    }

    static String putInteger(final EventField field, final Object event, final FrameNotes notes, final long value) {
        return value >= field.least && value <= field.most
                ? put(field, event, notes, value)
                : putIntegerAsDecimal(field, event, notes, value);
    }

    private static String putIntegerAsDecimal(
            final EventField field, final Object event, final FrameNotes notes, final long value) {
        if (field.kind == EventField.Kind.FLOAT && (long) (float) value == value && value != Long.MAX_VALUE) {
            return put(field, event, notes, Float.floatToRawIntBits((float) value));
        }
        if (field.kind == EventField.Kind.DOUBLE && (long) (double) value == value && value != Long.MAX_VALUE) {
            return put(field, event, notes, Double.doubleToRawLongBits(value));
        }
        return wrongNumber(field, Long.toString(value));
    }

    /** A decimal that BinaryWire wrote; an integer field takes it when it is one, since BinaryWire shrinks numbers so. */
    static String putDecimal(
            final EventField field, final Object event, final FrameNotes notes, final double value, final int code) {
        switch (field.kind) {
            case BYTE, SHORT, INT, LONG:
                if (isWhole(value, code)) {
                    return putInteger(field, event, notes, (long) value);
                }
                break;
            case FLOAT:
                // The fixed-point codes are decimals, and round as decimals do.
                if ((float) value == value || value != value || code != WireCode.FLOAT64) {
                    return put(field, event, notes, Float.floatToRawIntBits((float) value));
                }
                break;
            case DOUBLE:
                return put(field, event, notes, Double.doubleToRawLongBits(value));
            default:
                break;
        }
        return wrongNumber(field, Double.toString(value));
    }

    /** Whether a decimal of this code stands for an integer; BinaryWire writes Long.MAX_VALUE as the float 2^63. */
    static boolean isWhole(final double value, final int code) {
        return (long) value == value && (value < TWO_TO_THE_63 || code == WireCode.FLOAT32);
    }

    /** Text in UTF-8, known to be well-formed, to be looked at where it is. */
    static String putText(
            final EventField field,
            final Object event,
            final FrameNotes notes,
            final byte[] bytes,
            final int from,
            final int to) {
        if (field.kind == EventField.Kind.TEXT) {
            noteText(field, notes.textFor(field, event).wrap(bytes, from, to - from), notes);
            return null;
        }
        switch (field.kind) {
            case ENUM:
                final int ordinal = field.ordinalOf(bytes, from, to);
                return ordinal >= 0
                        ? put(field, event, notes, ordinal)
                        : Faults.wrongType(field, '"' + Faults.quoted(bytes, from, to) + '"');
            case CHAR:
                if (to > from && to - from <= 3 && Utf8.sizeOfCharacter(bytes, from, to) == to - from) {
                    return put(field, event, notes, Utf8.codePointAt(bytes, from));
                }
                return Faults.wrongType(field, '"' + Faults.quoted(bytes, from, to) + '"');
            default:
                return Faults.wrongType(field, "text");
        }
    }

    /** What is right for no field of this kind. */
    static String wrongNumber(final EventField field, final String number) {
        return Faults.wrongType(
                field,
                switch (field.kind) {
                    case BOOLEAN, CHAR, ENUM, TEXT -> "a number";
                    default -> number;
                });
    }

    static String put(final EventField field, final Object event, final FrameNotes notes, final long bits) {
        field.set(event, bits);
        notes.bits(field.index, bits);
        return null;
    }

    private static void noteText(final EventField field, final Text text, final FrameNotes notes) {
        notes.text(field.index, text.array(), text.offset(), text.lengthBytes());
    }
}
