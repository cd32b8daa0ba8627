package io.pinion.wire;

import java.util.Arrays;

/** draft */
final class UsualFields {
    private static final byte UNUSUAL = 0;
    private static final long[] MASKS = new long[256];
    private static final long[] ADDENDS = new long[256];
    private static final byte[] SHIFTS = new byte[256];

    static {
        for (int code = 0; code <= WireCode.LAST_SMALL_INTEGER; code++) {
            ADDENDS[code] = code;
        }
        ADDENDS[WireCode.TRUE] = 1;
        sized(1, true, WireCode.INT8);
        sized(1, false, WireCode.UINT8, WireCode.SET_LOW_INT8);
        sized(2, true, WireCode.INT16);
        sized(2, false, WireCode.UINT16, WireCode.SET_LOW_INT16);
        sized(4, true, WireCode.INT32, WireCode.FLOAT32);
        sized(4, false, WireCode.UINT32);
        sized(8, true, WireCode.INT64, WireCode.INT64_HEX, WireCode.FLOAT64);
    }

    private UsualFields() {}

    private static void sized(final int sizeBytes, final boolean isSigned, final int... codes) {
        for (final int code : codes) {
            MASKS[code] = -1L >>> Long.SIZE - sizeBytes * Byte.SIZE;
            SHIFTS[code] = (byte) (isSigned ? Long.SIZE - sizeBytes * Byte.SIZE : 0);
        }
    }

    static byte[] sizesOf(final EventField.Kind kind) {
        final byte[] sizes = new byte[256];
        switch (kind) {
            case BOOLEAN:
                sizes[WireCode.TRUE] = 1;
                sizes[WireCode.FALSE] = 1;
                break;
            case LONG:
                usual(sizes, WireCode.INT64, WireCode.INT64_HEX, WireCode.UINT32);
                usual(sizes, WireCode.INT32, WireCode.UINT16, WireCode.SET_LOW_INT16, WireCode.INT16);
                usual(sizes, WireCode.UINT8, WireCode.SET_LOW_INT8, WireCode.INT8);
                Arrays.fill(sizes, 0, WireCode.LAST_SMALL_INTEGER + 1, (byte) 1);
                break;
            case INT:
                usual(sizes, WireCode.INT32, WireCode.UINT16, WireCode.SET_LOW_INT16, WireCode.INT16);
                usual(sizes, WireCode.UINT8, WireCode.SET_LOW_INT8, WireCode.INT8);
                Arrays.fill(sizes, 0, WireCode.LAST_SMALL_INTEGER + 1, (byte) 1);
                break;
            case SHORT:
                usual(sizes, WireCode.INT16, WireCode.UINT8, WireCode.SET_LOW_INT8, WireCode.INT8);
                Arrays.fill(sizes, 0, WireCode.LAST_SMALL_INTEGER + 1, (byte) 1);
                break;
            case BYTE:
                usual(sizes, WireCode.INT8);
                Arrays.fill(sizes, 0, WireCode.LAST_SMALL_INTEGER + 1, (byte) 1);
                break;
            case FLOAT:
                usual(sizes, WireCode.FLOAT32);
                break;
            case DOUBLE:
                usual(sizes, WireCode.FLOAT64, WireCode.FLOAT32);
                break;
            default:
                break;
        }
        return sizes;
    }

    private static void usual(final byte[] sizes, final int... codes) {
        for (final int code : codes) {
            sizes[code] = (byte) (1 + Long.bitCount(MASKS[code]) / Byte.SIZE);
        }
    }

    static int read(
            final FieldPrediction prediction,
            final EventField before,
            final Object event,
            final FrameNotes notes,
            final byte[] bytes,
            final int from,
            final int end) {
        final int limit = bytes.length - 1 - Long.BYTES;
        int at = from;
        int entry = notes.count;
        long missing = notes.missing[0];
        EventField field = before == null ? prediction.first() : prediction.after(before);
        EventField last = before;
        while (at < end && field != null && notes.hasRoom(entry)) {
            final InPlaceName name = field.wireName;
            final int value = at + name.length;
            if (value > limit
                    || ((LittleEndian.getLong(bytes, at) ^ name.firstWord) & name.firstMask) != 0
                    || name.length > Long.BYTES && !name.isAt(bytes, at, end)
                    || (missing & field.bit) == 0) {
                break;
            }
            final int next;
            if (field.shape == EventField.TEXT) {
                next = text(field, event, notes, bytes, value, end);
                if (next < 0) {
                    break;
                }
            } else {
                final int code = bytes[value] & 0xFF;
                final int size = field.sizes[code];
                next = value + size;
                if (size == UNUSUAL || next > end) {
                    break;
                }
                final int shift = SHIFTS[code];
                long bits = ((LittleEndian.getLong(bytes, value + 1) & MASKS[code]) << shift >> shift) + ADDENDS[code];
                if (code == WireCode.FLOAT32 && field.kind == EventField.Kind.DOUBLE) {
                    bits = Double.doubleToRawLongBits(Float.intBitsToFloat((int) bits));
                }
                field.set(event, bits);
                notes.bits[field.index] = bits;
            }
            missing &= ~field.bit;
            notes.entry(entry++, field.index, value, next);
            at = next;
            last = field;
            field = prediction.after(field);
        }
        notes.missing[0] = missing;
        notes.count = entry;
        notes.last = last;
        return at;
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
            return -1;
        }
        if (length > end - from || !Utf8.isAscii(bytes, from, from + length)) {
            return -1;
        }
        notes.textFor(field, event).wrap(bytes, from, length);
        if (notes.textIn[field.index] != bytes) {
            notes.textIn[field.index] = bytes;
        }
        notes.bits[field.index] = (long) from << 32 | length;
        return from + length;
    }
}
