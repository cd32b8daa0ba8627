package io.pinion.wire;

import io.pinion.engine.Frame;
import java.nio.charset.StandardCharsets;

/**
 * Writes values of BinaryWire that no field knows as JSON. Numbers, texts, booleans and nulls become what they are (a
 * number that is whole an integer, since BinaryWire does not tell 5.0 from 5); maps
 * objects, sequences and arrays of integers arrays; dates, times and names of types the text they hold; a UUID its usual
 * text; bytes a string of base64; NaN and the infinities null. A value with a type prefix becomes
 * <code>{"@type": value}</code>, a compressed one too, its bytes in base64. What is nested deeper than
 * {@link WireGrammar#MAX_DEPTH}, or is no grammar of BinaryWire's (a class that wrote itself as bytes), is a string of
 * base64 of all its bytes, code and length included. Comments and padding go.
 *
 * <p>Each method returns where what it wrote ends.
 */
final class WireToJson {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private WireToJson() {}

    /** The value between these two, which {@link WireGrammar#skipValue} found whole. */
    static int value(
            final byte[] bytes, final int from, final int next, final Frame to, final int at, final int depth) {
        final int code = bytes[from] & 0xFF;
        if (WireNumbers.isInteger(code)) {
            return JsonWriter.integer(to, at, WireNumbers.integer(bytes, from));
        }
        if (WireNumbers.isDecimal(code)) {
            return decimal(WireNumbers.decimal(bytes, from, next), code, to, at);
        }
        if (code >= WireCode.STRING_0) {
            return string(bytes, from + 1, next, to, at);
        }
        return switch (code) {
            case WireCode.NULL -> JsonWriter.nothing(to, at);
            case WireCode.FALSE -> JsonWriter.bool(to, at, false);
            case WireCode.TRUE -> JsonWriter.bool(to, at, true);
            case WireCode.STRING_ANY ->
                WireGrammar.isNullText(bytes, from + 1, next)
                        ? JsonWriter.nothing(to, at)
                        : string(bytes, WireGrammar.textOf(bytes, from, next), next, to, at);
            case WireCode.TIME, WireCode.DATE, WireCode.DATE_TIME, WireCode.ZONED_DATE_TIME, WireCode.TYPE_LITERAL ->
                string(bytes, WireGrammar.skipStopBit(bytes, from + 1, next), next, to, at);
            case WireCode.UUID -> uuid(bytes, from + 1, to, at);
            case WireCode.I64_ARRAY -> integers(bytes, from, to, at);
            case WireCode.TYPE_PREFIX -> typed(bytes, from, next, to, at, depth);
            case WireCode.BYTES_LENGTH8, WireCode.BYTES_LENGTH16, WireCode.BYTES_LENGTH32 ->
                nested(bytes, from, next, to, at, depth);
            default -> base64(bytes, from, next, to, at);
        };
    }

    /**
     * BinaryWire writes many a long as a float, and whole doubles as integers, so a whole number is written as an integer:
     * integer and decimal fields alike take it.
     */
    private static int decimal(final double value, final int code, final Frame to, final int at) {
        final long integer = (long) value;
        final boolean isNegativeZero = integer == 0 && Double.doubleToRawLongBits(value) != 0;
        return FieldStore.isWhole(value, code) && !isNegativeZero
                ? JsonWriter.integer(to, at, integer)
                : JsonDecimals.put(to, at, value);
    }

    private static int nested(
            final byte[] bytes, final int from, final int next, final Frame to, final int at, final int depth) {
        final int content = WireGrammar.contentOf(bytes, from, next);
        if (content < next && (bytes[content] & 0xFF) == WireCode.U8_ARRAY) {
            return base64(bytes, content + 1, next, to, at);
        }
        if (depth == WireGrammar.MAX_DEPTH) {
            return base64(bytes, from, next, to, at);
        }
        final int first = WireGrammar.skipPadding(bytes, content, next);
        final boolean isMap = first >= 0 && first < next && WireGrammar.isName(bytes[first] & 0xFF);
        if (first == WireGrammar.TORN || !WireGrammar.isContent(bytes, first, next, isMap)) {
            return base64(bytes, from, next, to, at);
        }
        return content(bytes, first, next, isMap, to, at, depth + 1);
    }

    private static int content(
            final byte[] bytes,
            final int first,
            final int next,
            final boolean isMap,
            final Frame to,
            final int outFrom,
            final int depth) {
        int at = FrameRoom.put(to, outFrom, isMap ? '{' : '[');
        int in = first;
        while (in < next) {
            at = in == first ? at : FrameRoom.put(to, at, ',');
            if (isMap) {
                at = name(bytes, in, WireGrammar.skipName(bytes, in, next), to, at);
                at = FrameRoom.put(to, at, ':');
                in = WireGrammar.skipPadding(bytes, WireGrammar.skipName(bytes, in, next), next);
            }
            final int valueTo = WireGrammar.skipValue(bytes, in, next);
            at = value(bytes, in, valueTo, to, at, depth);
            in = WireGrammar.skipPadding(bytes, valueTo, next);
        }
        return FrameRoom.put(to, at, isMap ? '}' : ']');
    }

    private static int name(final byte[] bytes, final int from, final int next, final Frame to, final int outFrom) {
        final int code = bytes[from] & 0xFF;
        if (code == WireCode.EVENT_OBJECT) {
            return string(bytes, WireGrammar.textOf(bytes, from + 1, next), next, to, outFrom);
        }
        int at = FrameRoom.put(to, outFrom, '"');
        if (code == WireCode.FIELD_NUMBER) {
            at = JsonWriter.integer(to, at, WireGrammar.stopBit(bytes, from + 1, next));
        } else {
            int in = code >= WireCode.FIELD_NAME_0 ? from + 1 : WireGrammar.skipStopBit(bytes, from + 1, next);
            while (in < next) {
                at = JsonWriter.codePoint(to, at, bytes[in++] & 0xFF);
            }
        }
        return FrameRoom.put(to, at, '"');
    }

    private static int typed(
            final byte[] bytes, final int from, final int next, final Frame to, final int outFrom, final int depth) {
        if (depth == WireGrammar.MAX_DEPTH) {
            return base64(bytes, from, next, to, outFrom);
        }
        final int type = WireGrammar.skipStopBit(bytes, from + 1, next);
        final int typeTo = WireGrammar.skipStopBitText(bytes, from + 1, next);
        int at = FrameRoom.put(to, outFrom, '{');
        at = FrameRoom.put(to, at, '"');
        at = FrameRoom.put(to, at, '@');
        at = characters(bytes, type, typeTo, to, at);
        at = FrameRoom.put(to, at, '"');
        at = FrameRoom.put(to, at, ':');
        at = value(bytes, WireGrammar.skipPadding(bytes, typeTo, next), next, to, at, depth + 1);
        return FrameRoom.put(to, at, '}');
    }

    private static int string(final byte[] bytes, final int from, final int next, final Frame to, final int outFrom) {
        int at = FrameRoom.put(to, outFrom, '"');
        at = characters(bytes, from, next, to, at);
        return FrameRoom.put(to, at, '"');
    }

    /** Text as Chronicle Wire has it; a byte that is no part of any character becomes U+FFFD. */
    private static int characters(
            final byte[] bytes, final int from, final int next, final Frame to, final int outFrom) {
        int at = outFrom;
        int in = from;
        while (in < next) {
            final int plain = Utf8.endOfWellFormed(bytes, in, next);
            at = JsonWriter.characters(to, at, bytes, in, plain);
            in = plain;
            if (in < next) {
                at = JsonWriter.codePoint(to, at, Utf8.wireCodePointAt(bytes, in, next));
                in += Utf8.wireSizeAt(bytes, in, next);
            }
        }
        return at;
    }

    private static int uuid(final byte[] bytes, final int from, final Frame to, final int outFrom) {
        final byte[] out = FrameRoom.at(to, outFrom, 38);
        int at = outFrom;
        out[at++] = '"';
        for (int digit = 0; digit < 32; digit++) {
            if (digit == 8 || digit == 12 || digit == 16 || digit == 20) {
                out[at++] = '-';
            }
            // Two longs, each little endian: the leading digits are in its last byte.
            final byte b = bytes[from + (digit & 16) / 2 + 7 - (digit & 15) / 2];
            out[at++] = HEX[(digit & 1) == 0 ? b >> 4 & 0xF : b & 0xF];
        }
        out[at++] = '"';
        return at;
    }

    private static int integers(final byte[] bytes, final int from, final Frame to, final int outFrom) {
        final int count = (int) LittleEndian.getLong(bytes, from + 1);
        int at = FrameRoom.put(to, outFrom, '[');
        for (int i = 0; i < count; i++) {
            at = i == 0 ? at : FrameRoom.put(to, at, ',');
            at = JsonWriter.integer(to, at, LittleEndian.getLong(bytes, from + 17 + i * Long.BYTES));
        }
        return FrameRoom.put(to, at, ']');
    }

    private static int base64(final byte[] bytes, final int from, final int next, final Frame to, final int at) {
        final int length = Base64Text.length(next - from);
        final byte[] out = FrameRoom.at(to, at, length + 2);
        out[at] = '"';
        Base64Text.put(bytes, from, next, out, at + 1);
        out[at + 1 + length] = '"';
        return at + 2 + length;
    }
}
