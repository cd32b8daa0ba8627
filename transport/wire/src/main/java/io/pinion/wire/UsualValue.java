package io.pinion.wire;

/**
 * The values that nearly all known fields have, read in one step: integers in integer fields, floats and doubles in
 * doubles, true and false, ASCII of less than 16 KB in texts. All that is another way, wrong or torn is left to
 * {@link WireReader}'s general way, which reads these too, to the same effect.
 */
final class UsualValue {
    /** None of them; nothing was set. */
    static final int ANOTHER = -1;

    /** By code of a sized integer: which bits of the eight bytes after it are the value; 0 of other codes. */
    private static final long[] MASKS = new long[256];

    /** By code of a sized integer: how far its sign is from that of a long; 0 of unsigned ones. */
    private static final byte[] SHIFTS = new byte[256];

    /** By code of a sized integer: how many bytes it has in all. */
    private static final byte[] SIZES = new byte[256];

    static {
        setSized(1, true, WireCode.INT8);
        setSized(1, false, WireCode.UINT8, WireCode.SET_LOW_INT8);
        setSized(2, true, WireCode.INT16);
        setSized(2, false, WireCode.UINT16, WireCode.SET_LOW_INT16);
        setSized(4, true, WireCode.INT32);
        setSized(4, false, WireCode.UINT32);
        setSized(8, true, WireCode.INT64, WireCode.INT64_HEX);
    }

    private UsualValue() {}

    private static void setSized(final int sizeBytes, final boolean isSigned, final int... codes) {
        for (final int code : codes) {
            MASKS[code] = -1L >>> Long.SIZE - sizeBytes * Byte.SIZE;
            SHIFTS[code] = (byte) (isSigned ? Long.SIZE - sizeBytes * Byte.SIZE : 0);
            SIZES[code] = (byte) (1 + sizeBytes);
        }
    }

    /** Reads the value that begins here into the event and the notes; returns where it ends, or {@link #ANOTHER}. */
    static int read(
            final EventField field,
            final Object event,
            final FrameNotes notes,
            final byte[] bytes,
            final int at,
            final int end) {
        if (bytes.length - at <= Long.BYTES) {
            return ANOTHER;
        }
        return switch (field.shape) {
            case EventField.INTEGER -> integer(field, event, notes, bytes, at, end);
            case EventField.DECIMAL -> decimal(field, event, notes, bytes, at, end);
            case EventField.TRUTH -> truth(field, event, notes, bytes, at, end);
            case EventField.TEXT -> text(field, event, notes, bytes, at, end);
            default -> ANOTHER;
        };
    }

    private static int integer(
            final EventField field,
            final Object event,
            final FrameNotes notes,
            final byte[] bytes,
            final int at,
            final int end) {
        final int code = bytes[at] & 0xFF;
        final long word = LittleEndian.getLong(bytes, at + 1);
        final long value;
        final int next;
        if (code == WireCode.INT64) {
            value = word;
            next = at + 1 + Long.BYTES;
        } else if (code <= WireCode.LAST_SMALL_INTEGER) {
            value = code;
            next = at + 1;
        } else {
            final int shift = SHIFTS[code];
            value = (word & MASKS[code]) << shift >> shift;
            next = at + SIZES[code];
        }
        return next == at || next > end || value < field.least || value > field.most
                ? ANOTHER
                : put(field, event, notes, value, next);
    }

    private static int decimal(
            final EventField field,
            final Object event,
            final FrameNotes notes,
            final byte[] bytes,
            final int at,
            final int end) {
        final int code = bytes[at] & 0xFF;
        if (code == WireCode.FLOAT64 && end - at > Double.BYTES) {
            return put(field, event, notes, LittleEndian.getLong(bytes, at + 1), at + 1 + Double.BYTES);
        }
        if (code == WireCode.FLOAT32 && end - at > Float.BYTES) {
            final double value = Float.intBitsToFloat(LittleEndian.getInt(bytes, at + 1));
            return put(field, event, notes, Double.doubleToRawLongBits(value), at + 1 + Float.BYTES);
        }
        return ANOTHER;
    }

    private static int truth(
            final EventField field,
            final Object event,
            final FrameNotes notes,
            final byte[] bytes,
            final int at,
            final int end) {
        final int value = (bytes[at] & 0xFF) - WireCode.FALSE;
        return at < end && (value & ~1) == 0 ? put(field, event, notes, value, at + 1) : ANOTHER;
    }

    private static int put(
            final EventField field, final Object event, final FrameNotes notes, final long bits, final int next) {
        field.set(event, bits);
        notes.bits[field.index] = bits;
        return next;
    }

    private static int text(
            final EventField field,
            final Object event,
            final FrameNotes notes,
            final byte[] bytes,
            final int at,
            final int end) {
        final int code = bytes[at] & 0xFF;
        final int from;
        final int length;
        if (code >= WireCode.STRING_0) {
            from = at + 1;
            length = code - WireCode.STRING_0;
        } else if (code == WireCode.STRING_ANY && bytes[at + 1] >= 0) {
            from = at + 2;
            length = bytes[at + 1];
        } else if (code == WireCode.STRING_ANY && bytes[at + 2] > 0) {
            from = at + 3;
            length = bytes[at + 1] & 0x7F | bytes[at + 2] << 7;
        } else {
            return ANOTHER;
        }
        if (length > end - from || !Utf8.isAscii(bytes, from, from + length)) {
            return ANOTHER;
        }
        FieldStore.putText(field, event, notes, bytes, from, from + length);
        return from + length;
    }
}
