package io.pinion.wire;

import io.pinion.engine.Frame;

/**
 * Writes JSON values that no field knows as BinaryWire, the way Chronicle Wire writes the like: objects as maps, arrays as
 * sequences, strings as text, integers in the least room, other numerals as doubles. A numeral that neither a long nor,
 * exactly or by rounding, a double holds becomes text of its digits, so that nothing is lost. No string becomes a type.
 *
 * <p>Each method returns where what it wrote ends.
 */
final class JsonToWire {
    private JsonToWire() {}

    /** The value between these two, which {@link JsonGrammar#skipValue} found whole. */
    static int value(final byte[] bytes, final int from, final int next, final Frame to, final int at) {
        return switch (bytes[from]) {
            case '"' -> string(bytes, from + 1, next - 1, to, at);
            case '{' -> nested(bytes, from, next, to, at, true);
            case '[' -> nested(bytes, from, next, to, at, false);
            case 't' -> FrameRoom.put(to, at, WireCode.TRUE);
            case 'f' -> FrameRoom.put(to, at, WireCode.FALSE);
            case 'n' -> WireWriter.nothing(to, at);
            default -> number(bytes, from, next, to, at);
        };
    }

    private static int number(final byte[] bytes, final int from, final int next, final Frame to, final int at) {
        final boolean isNegativeZero = next - from == 2 && bytes[from] == '-' && bytes[from + 1] == '0';
        if (!isNegativeZero && JsonGrammar.isInteger(bytes, from, next) && JsonNumbers.fitsLong(bytes, from, next)) {
            return WireWriter.integer(to, at, JsonNumbers.integer(bytes, from, next));
        }
        if (next - from <= JsonNumbers.LONGEST_NUMERAL) {
            final double value = JsonNumbers.decimal(bytes, from, next);
            if (JsonNumbers.isRightDouble(bytes, from, next, value)) {
                return WireWriter.float64(to, at, Double.doubleToRawLongBits(value));
            }
        }
        return WireWriter.text(to, at, bytes, from, next);
    }

    /** A map or a sequence: a length of four bytes, known only in the end, then what is in it. */
    private static int nested(
            final byte[] bytes,
            final int from,
            final int next,
            final Frame to,
            final int outFrom,
            final boolean isMap) {
        FrameRoom.at(to, outFrom, 5)[outFrom] = (byte) WireCode.BYTES_LENGTH32;
        int at = outFrom + 5;
        int in = JsonGrammar.skipSpace(bytes, from + 1, next);
        while (in < next - 1) {
            if (isMap) {
                final int nameTo = JsonGrammar.skipString(bytes, in, next);
                at = name(bytes, in + 1, nameTo - 1, to, at);
                in = JsonGrammar.skipColon(bytes, nameTo, next);
            }
            final int valueTo = JsonGrammar.skipValue(bytes, in, next, 1);
            at = value(bytes, in, valueTo, to, at);
            in = JsonGrammar.skipSpace(bytes, valueTo, next);
            if (bytes[in] == ',') {
                in = JsonGrammar.skipSpace(bytes, in + 1, next);
            }
        }
        LittleEndian.putInt(to.array(), outFrom + 1, at - outFrom - 5);
        return at;
    }

    private static int string(final byte[] bytes, final int from, final int end, final Frame to, final int outFrom) {
        if (!hasEscapes(bytes, from, end)) {
            return WireWriter.text(to, outFrom, bytes, from, end);
        }
        int length = 0;
        for (int in = from; in < end; in += JsonStrings.sizeAt(bytes, in, end)) {
            final int c = JsonStrings.codePointAt(bytes, in, end);
            length += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 6;
        }
        int at = WireWriter.textCode(to, outFrom, length);
        for (int in = from; in < end; in += JsonStrings.sizeAt(bytes, in, end)) {
            final int c = JsonStrings.codePointAt(bytes, in, end);
            if (c < 0x10000) {
                at = Utf8.put(c, to.array(), at);
            } else {
                at = Utf8.put(Character.highSurrogate(c), to.array(), at);
                at = Utf8.put(Character.lowSurrogate(c), to.array(), at);
            }
        }
        return at;
    }

    private static int name(final byte[] bytes, final int from, final int end, final Frame to, final int outFrom) {
        if (!hasEscapes(bytes, from, end)) {
            return WireWriter.name(to, outFrom, bytes, from, end);
        }
        int length = 0;
        for (int in = from; in < end; in += JsonStrings.sizeAt(bytes, in, end)) {
            if (JsonStrings.codePointAt(bytes, in, end) > 0xFF) {
                return string(bytes, from, end, to, FrameRoom.put(to, outFrom, WireCode.EVENT_OBJECT));
            }
            length++;
        }
        int at = WireWriter.nameCode(to, outFrom, length);
        for (int in = from; in < end; in += JsonStrings.sizeAt(bytes, in, end)) {
            to.array()[at++] = (byte) JsonStrings.codePointAt(bytes, in, end);
        }
        return at;
    }

    private static boolean hasEscapes(final byte[] bytes, final int from, final int end) {
        for (int at = from; at < end; at++) {
            if (bytes[at] == '\\') {
                return true;
            }
        }
        return false;
    }
}
