package io.pinion.wire;

import static io.pinion.wire.WireCode.BYTES_LENGTH16;
import static io.pinion.wire.WireCode.BYTES_LENGTH32;
import static io.pinion.wire.WireCode.BYTES_LENGTH8;
import static io.pinion.wire.WireCode.COMMENT;
import static io.pinion.wire.WireCode.DATE;
import static io.pinion.wire.WireCode.DATE_TIME;
import static io.pinion.wire.WireCode.EVENT_NAME;
import static io.pinion.wire.WireCode.EVENT_OBJECT;
import static io.pinion.wire.WireCode.FALSE;
import static io.pinion.wire.WireCode.FIELD_NAME_0;
import static io.pinion.wire.WireCode.FIELD_NAME_31;
import static io.pinion.wire.WireCode.FIELD_NAME_ANY;
import static io.pinion.wire.WireCode.FIELD_NUMBER;
import static io.pinion.wire.WireCode.FLOAT32;
import static io.pinion.wire.WireCode.FLOAT64;
import static io.pinion.wire.WireCode.FLOAT_SET_LOW_0;
import static io.pinion.wire.WireCode.FLOAT_SET_LOW_2;
import static io.pinion.wire.WireCode.FLOAT_SET_LOW_4;
import static io.pinion.wire.WireCode.FLOAT_STOP_2;
import static io.pinion.wire.WireCode.FLOAT_STOP_4;
import static io.pinion.wire.WireCode.FLOAT_STOP_6;
import static io.pinion.wire.WireCode.I64_ARRAY;
import static io.pinion.wire.WireCode.INT16;
import static io.pinion.wire.WireCode.INT32;
import static io.pinion.wire.WireCode.INT64;
import static io.pinion.wire.WireCode.INT64_HEX;
import static io.pinion.wire.WireCode.INT8;
import static io.pinion.wire.WireCode.LAST_SMALL_INTEGER;
import static io.pinion.wire.WireCode.NULL;
import static io.pinion.wire.WireCode.PADDING;
import static io.pinion.wire.WireCode.PADDING32;
import static io.pinion.wire.WireCode.SET_LOW_INT16;
import static io.pinion.wire.WireCode.SET_LOW_INT8;
import static io.pinion.wire.WireCode.STRING_0;
import static io.pinion.wire.WireCode.STRING_31;
import static io.pinion.wire.WireCode.STRING_ANY;
import static io.pinion.wire.WireCode.TIME;
import static io.pinion.wire.WireCode.TRUE;
import static io.pinion.wire.WireCode.TYPE_LITERAL;
import static io.pinion.wire.WireCode.TYPE_PREFIX;
import static io.pinion.wire.WireCode.UINT16;
import static io.pinion.wire.WireCode.UINT32;
import static io.pinion.wire.WireCode.UINT8;
import static io.pinion.wire.WireCode.UUID;
import static io.pinion.wire.WireCode.ZONED_DATE_TIME;
import static io.pinion.wire.WireCode.isText;

import java.util.Arrays;

/**
 * Where the things in a BinaryWire end. Nothing is resolved, inflated or believed: each length is checked against what is
 * there. Positions are indexes into the array; {@link #TORN} stands for "runs past the end, or is nothing that BinaryWire
 * writes".
 *
 * <pre>
 *   frame   = { padding } { name { padding } value { padding } }
 *   name    = C0..DF latin1 | (B7 | B9) stopbit latin1 | BA stopbit | BD text
 *   value   = number | text | bool | null | date … | B6 stopbit type { padding } value | length content
 *   length  = 80 u8 | 81 u16 | 82 u32
 *   content = 8A bytes | { name value } | { value } | whatever a class wrote
 *   padding = 8F | 8E u32 bytes | BE stopbit comment
 * </pre>
 */
final class WireGrammar {
    /** How deep values may stand within each other, type prefixes included. */
    static final int MAX_DEPTH = 32;

    static final int TORN = -1;

    private WireGrammar() {}

    /** By code: how many bytes the value has after it, {@link #TORN} where the code does not say. */
    private static final byte[] SIZES = sizes();

    private static byte[] sizes() {
        final byte[] sizes = new byte[256];
        Arrays.fill(sizes, LAST_SMALL_INTEGER + 1, STRING_0, (byte) TORN);
        for (int code = STRING_0; code <= STRING_31; code++) {
            sizes[code] = (byte) (code - STRING_0);
        }
        setSize(sizes, 0, FALSE, TRUE, NULL);
        setSize(sizes, 1, UINT8, INT8, SET_LOW_INT8, FLOAT_SET_LOW_0, FLOAT_SET_LOW_2, FLOAT_SET_LOW_4);
        setSize(sizes, 2, UINT16, INT16, SET_LOW_INT16);
        setSize(sizes, 4, UINT32, INT32, FLOAT32);
        setSize(sizes, 8, INT64, INT64_HEX, FLOAT64);
        setSize(sizes, 16, UUID);
        return sizes;
    }

    private static void setSize(final byte[] sizes, final int size, final int... codes) {
        for (final int code : codes) {
            sizes[code] = (byte) size;
        }
    }

    /** The first byte from here on that is neither padding nor comment. */
    static int skipPadding(final byte[] bytes, final int at, final int end) {
        return at == TORN || at >= end || !isPadding(bytes[at] & 0xFF) ? at : skipAllPadding(bytes, at, end);
    }

    private static boolean isPadding(final int code) {
        return code == PADDING || code == PADDING32 || code == COMMENT;
    }

    private static int skipAllPadding(final byte[] bytes, final int from, final int end) {
        int at = from;
        while (at != TORN && at < end) {
            switch (bytes[at] & 0xFF) {
                case PADDING:
                    at++;
                    break;
                case PADDING32:
                    at = end - at < 5 ? TORN : skip(at + 5, end, LittleEndian.getInt(bytes, at + 1) & 0xFFFF_FFFFL);
                    break;
                case COMMENT:
                    at = skipStopBitText(bytes, at + 1, end);
                    break;
                default:
                    return at;
            }
        }
        return at;
    }

    /** The end of the value that begins here; padding before it is not skipped. */
    static int skipValue(final byte[] bytes, final int at, final int end) {
        if (at == TORN || at >= end) {
            return TORN;
        }
        final int size = SIZES[bytes[at] & 0xFF];
        return size >= 0 ? skip(at + 1, end, size) : skipSizedValue(bytes, at, end);
    }

    private static int skipSizedValue(final byte[] bytes, final int from, final int end) {
        int at = from;
        for (int depth = 1; (bytes[at] & 0xFF) == TYPE_PREFIX; depth++) {
            at = depth == MAX_DEPTH ? TORN : skipPadding(bytes, skipStopBitText(bytes, at + 1, end), end);
            if (at == TORN || at >= end) {
                return TORN;
            }
        }
        final int code = bytes[at] & 0xFF;
        return switch (code) {
            case FLOAT_STOP_2, FLOAT_STOP_4, FLOAT_STOP_6 -> skipStopBit(bytes, at + 1, end);
            case STRING_ANY -> skipNullableText(bytes, at + 1, end);
            case TIME, DATE, DATE_TIME, ZONED_DATE_TIME, TYPE_LITERAL -> skipStopBitText(bytes, at + 1, end);
            case BYTES_LENGTH8, BYTES_LENGTH16, BYTES_LENGTH32 -> {
                final int content = contentOf(bytes, at, end);
                yield content == TORN ? TORN : skip(content, end, lengthOf(bytes, at));
            }
            case I64_ARRAY -> {
                final long capacity = end - at < 17 ? -1 : LittleEndian.getLong(bytes, at + 1);
                yield capacity < 0 || capacity > end ? TORN : skip(at + 17, end, capacity * Long.BYTES);
            }
            default -> SIZES[code] < 0 ? TORN : skip(at + 1, end, SIZES[code]);
        };
    }

    /** Where the content of a value with a length (80, 81 or 82) begins; its length is not checked. */
    static int contentOf(final byte[] bytes, final int at, final int end) {
        final int content = at + 1 + (1 << (bytes[at] & 0x03));
        return content > end ? TORN : content;
    }

    /** The length of a value with a length, whose {@link #contentOf content} begins within the frame. */
    static long lengthOf(final byte[] bytes, final int at) {
        return switch (bytes[at] & 0xFF) {
            case BYTES_LENGTH8 -> bytes[at + 1] & 0xFF;
            case BYTES_LENGTH16 -> LittleEndian.getShort(bytes, at + 1) & 0xFFFF;
            default -> LittleEndian.getInt(bytes, at + 1) & 0xFFFF_FFFFL;
        };
    }

    /** Whether names with values, or values alone, are all there is up to the end. */
    static boolean isContent(final byte[] bytes, final int from, final int end, final boolean isMap) {
        int at = from;
        while (at != TORN && at < end) {
            if (isMap) {
                at = skipPadding(bytes, skipName(bytes, at, end), end);
            }
            at = at == TORN ? TORN : skipPadding(bytes, skipValue(bytes, at, end), end);
        }
        return at == end;
    }

    /** Whether a name begins here. */
    static boolean isName(final int code) {
        return code >= FIELD_NAME_0 && code <= FIELD_NAME_31
                || code == FIELD_NAME_ANY
                || code == EVENT_NAME
                || code == FIELD_NUMBER
                || code == EVENT_OBJECT;
    }

    /** The end of the name that begins here. */
    static int skipName(final byte[] bytes, final int at, final int end) {
        final int code = bytes[at] & 0xFF;
        if (code >= FIELD_NAME_0 && code <= FIELD_NAME_31) {
            return skip(at + 1, end, code - FIELD_NAME_0);
        }
        return switch (code) {
            case FIELD_NAME_ANY, EVENT_NAME -> skipStopBitText(bytes, at + 1, end);
            case FIELD_NUMBER -> skipStopBit(bytes, at + 1, end);
            case EVENT_OBJECT -> at + 1 < end && isText(bytes[at + 1] & 0xFF) ? skipValue(bytes, at + 1, end) : TORN;
            default -> TORN;
        };
    }

    /** The end of a stop-bit number: at most ten bytes, of which each but the last has its high bit set. */
    static int skipStopBit(final byte[] bytes, final int from, final int end) {
        if (from < end && bytes[from] >= 0) {
            return from + 1;
        }
        final int limit = Math.min(end, from + 10);
        for (int at = from; at < limit; at++) {
            if (bytes[at] >= 0) {
                final int size = at + 1 - from;
                // Nine groups of seven bits; a tenth byte can only be the 0 that marks a negative number.
                return size == 10 && bytes[at] != 0 ? TORN : at + 1;
            }
        }
        return TORN;
    }

    /** The stop-bit number between these two; a last byte of 0 after others inverts it. */
    static long stopBit(final byte[] bytes, final int from, final int to) {
        long value = 0;
        for (int at = from; at < to; at++) {
            value |= (bytes[at] & 0x7FL) << 7 * (at - from);
        }
        return to - from > 1 && bytes[to - 1] == 0 ? ~value : value;
    }

    /** The end of bytes with a stop-bit length before them. */
    static int skipStopBitText(final byte[] bytes, final int from, final int end) {
        final int start = skipStopBit(bytes, from, end);
        return start == TORN ? TORN : skip(start, end, stopBit(bytes, from, start));
    }

    /** The same, where a length of -1 says that there is no text at all. */
    private static int skipNullableText(final byte[] bytes, final int from, final int end) {
        return isNullText(bytes, from, end) ? from + 2 : skipStopBitText(bytes, from, end);
    }

    /** Where the characters of the text that begins here begin; it ends where the value ends. */
    static int textOf(final byte[] bytes, final int at, final int next) {
        return (bytes[at] & 0xFF) == STRING_ANY ? skipStopBit(bytes, at + 1, next) : at + 1;
    }

    /** Whether a stop-bit length of -1 begins here. */
    static boolean isNullText(final byte[] bytes, final int from, final int end) {
        return end - from >= 2 && bytes[from] == (byte) 0x80 && bytes[from + 1] == 0;
    }

    private static int skip(final int at, final int end, final long lengthBytes) {
        return lengthBytes < 0 || lengthBytes > end - at ? TORN : at + (int) lengthBytes;
    }
}
