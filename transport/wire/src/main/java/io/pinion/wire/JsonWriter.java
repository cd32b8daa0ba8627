package io.pinion.wire;

import io.pinion.engine.Frame;
import io.pinion.engine.Text;
import java.nio.charset.StandardCharsets;

/** Writes JSON. Each method returns where what it wrote ends. */
final class JsonWriter {
    private static final byte[] NULL = ascii("null");
    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");

    private JsonWriter() {}

    private static byte[] ascii(final String value) {
        return value.getBytes(StandardCharsets.US_ASCII);
    }

    static int field(final Frame to, final int from, final EventField field, final Object event) {
        int at = FrameRoom.copy(to, from, field.jsonName.bytes(), 0, field.jsonName.length());
        at = FrameRoom.put(to, at, ':');
        return value(to, at, field, event);
    }

    static int value(final Frame to, final int at, final EventField field, final Object event) {
        if (field.kind == EventField.Kind.TEXT) {
            return text(to, at, field.textOrNull(event));
        }
        final long bits = field.bits(event);
        return switch (field.kind) {
            case BOOLEAN -> bool(to, at, bits != 0);
            case FLOAT -> JsonDecimals.put(to, at, Float.intBitsToFloat((int) bits));
            case DOUBLE -> JsonDecimals.put(to, at, Double.longBitsToDouble(bits));
            case CHAR -> character(to, at, (char) bits);
            case ENUM -> text(to, at, bits < 0 ? null : field.constantNames[(int) bits]);
            default -> integer(to, at, bits);
        };
    }

    static int nothing(final Frame to, final int at) {
        return FrameRoom.copy(to, at, NULL, 0, NULL.length);
    }

    static int bool(final Frame to, final int at, final boolean value) {
        final byte[] literal = value ? TRUE : FALSE;
        return FrameRoom.copy(to, at, literal, 0, literal.length);
    }

    static int integer(final Frame to, final int at, final long value) {
        return DecimalDigits.put(value, FrameRoom.at(to, at, DecimalDigits.length(value)), at);
    }

    private static int character(final Frame to, final int from, final char value) {
        int at = FrameRoom.put(to, from, '"');
        at = codePoint(to, at, Character.isSurrogate(value) ? 0xFFFD : value);
        return FrameRoom.put(to, at, '"');
    }

    /** One character of a string, escaped where JSON demands it. */
    static int codePoint(final Frame to, final int at, final int codePoint) {
        if (codePoint < 0x80) {
            final int length = JsonStrings.escapedLength((byte) codePoint);
            JsonStrings.escape((byte) codePoint, FrameRoom.at(to, at, length), at);
            return at + length;
        }
        return Utf8.put(codePoint, FrameRoom.at(to, at, codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4), at);
    }

    private static int text(final Frame to, final int at, final Text text) {
        return text == null
                ? nothing(to, at)
                : text(to, at, text.array(), text.offset(), text.offset() + text.lengthBytes());
    }

    /** Text that is well-formed UTF-8, as a string. */
    static int text(final Frame to, final int from, final byte[] bytes, final int textFrom, final int textTo) {
        int at = FrameRoom.put(to, from, '"');
        at = characters(to, at, bytes, textFrom, textTo);
        return FrameRoom.put(to, at, '"');
    }

    /** The same without quotes. */
    static int characters(final Frame to, final int at, final byte[] bytes, final int textFrom, final int textTo) {
        final int length = JsonStrings.escapedLength(bytes, textFrom, textTo);
        if (length == textTo - textFrom) {
            return FrameRoom.copy(to, at, bytes, textFrom, textTo);
        }
        JsonStrings.escape(bytes, textFrom, textTo, FrameRoom.at(to, at, length), at);
        return at + length;
    }
}
