package io.pinion.wire;

import io.pinion.engine.Frame;
import io.pinion.engine.Text;

/** Writes BinaryWire that plain Chronicle Wire reads. Each method returns where what it wrote ends. */
final class WireWriter {
    private WireWriter() {}

    static int field(final Frame to, final int from, final EventField field, final Object event) {
        return value(to, field.wireName.put(FrameRoom.at(to, from, field.wireName.length()), from), field, event);
    }

    static int value(final Frame to, final int at, final EventField field, final Object event) {
        if (field.kind == EventField.Kind.TEXT) {
            return text(to, at, field.textOrNull(event));
        }
        final long bits = field.bits(event);
        return switch (field.kind) {
            case BOOLEAN -> FrameRoom.put(to, at, bits == 0 ? WireCode.FALSE : WireCode.TRUE);
            case FLOAT -> float32(to, at, (int) bits);
            case DOUBLE -> float64(to, at, bits);
            case CHAR -> character(to, at, (char) bits);
            case ENUM -> text(to, at, bits < 0 ? null : field.constantNames[(int) bits]);
            default -> integer(to, at, bits);
        };
    }

    static int nothing(final Frame to, final int at) {
        return FrameRoom.put(to, at, WireCode.NULL);
    }

    private static int float32(final Frame to, final int at, final int bits) {
        final byte[] bytes = FrameRoom.at(to, at, 5);
        bytes[at] = (byte) WireCode.FLOAT32;
        LittleEndian.putInt(bytes, at + 1, bits);
        return at + 5;
    }

    static int float64(final Frame to, final int at, final long bits) {
        final byte[] bytes = FrameRoom.at(to, at, 9);
        bytes[at] = (byte) WireCode.FLOAT64;
        LittleEndian.putLong(bytes, at + 1, bits);
        return at + 9;
    }

    /** In the least room, with the codes that BinaryWire itself would take. */
    static int integer(final Frame to, final int at, final long value) {
        if (value >= 0 && value <= 0xFF || value == (byte) value) {
            final byte[] bytes = FrameRoom.at(to, at, 2);
            bytes[at] = (byte) (value >= 0 ? WireCode.UINT8 : WireCode.INT8);
            bytes[at + 1] = (byte) value;
            return at + 2;
        }
        if (value >= 0 && value <= 0xFFFF || value == (short) value) {
            final byte[] bytes = FrameRoom.at(to, at, 3);
            bytes[at] = (byte) (value == (short) value ? WireCode.INT16 : WireCode.UINT16);
            LittleEndian.putShort(bytes, at + 1, (short) value);
            return at + 3;
        }
        if (value >= 0 && value <= 0xFFFF_FFFFL || value == (int) value) {
            final byte[] bytes = FrameRoom.at(to, at, 5);
            bytes[at] = (byte) (value == (int) value ? WireCode.INT32 : WireCode.UINT32);
            LittleEndian.putInt(bytes, at + 1, (int) value);
            return at + 5;
        }
        final byte[] bytes = FrameRoom.at(to, at, 9);
        bytes[at] = (byte) WireCode.INT64;
        LittleEndian.putLong(bytes, at + 1, value);
        return at + 9;
    }

    private static int character(final Frame to, final int from, final char value) {
        final char c = Character.isSurrogate(value) ? '\uFFFD' : value;
        final int size = c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
        final int at = textCode(to, from, size);
        return Utf8.put(c, to.array(), at);
    }

    private static int text(final Frame to, final int at, final Text text) {
        return text == null
                ? nothing(to, at)
                : text(to, at, text.array(), text.offset(), text.offset() + text.lengthBytes());
    }

    /** Text that is well-formed UTF-8. */
    static int text(final Frame to, final int from, final byte[] bytes, final int textFrom, final int textTo) {
        final int length = Utf8.wireLength(bytes, textFrom, textTo);
        final int at = textCode(to, from, length);
        if (length == textTo - textFrom) {
            System.arraycopy(bytes, textFrom, to.array(), at, length);
        } else {
            Utf8.toWire(bytes, textFrom, textTo, to.array(), at);
        }
        return at + length;
    }

    /** Begins a text of so many bytes, for which there is room then. Returns where they belong. */
    static int textCode(final Frame to, final int at, final int lengthBytes) {
        if (lengthBytes < 32) {
            FrameRoom.at(to, at, 1 + lengthBytes)[at] = (byte) (WireCode.STRING_0 + lengthBytes);
            return at + 1;
        }
        return codeAndLength(to, at, WireCode.STRING_ANY, lengthBytes);
    }

    private static int codeAndLength(final Frame to, final int at, final int code, final int lengthBytes) {
        final int prefix = 1 + WireNames.stopBitLength(lengthBytes);
        final byte[] bytes = FrameRoom.at(to, at, prefix + lengthBytes);
        bytes[at] = (byte) code;
        return WireNames.putStopBit(lengthBytes, bytes, at + 1);
    }

    /** Begins a name of so many Latin-1 characters. Returns where they belong. */
    static int nameCode(final Frame to, final int at, final int lengthBytes) {
        if (lengthBytes < WireNames.LONG_NAME) {
            FrameRoom.at(to, at, 1 + lengthBytes)[at] = (byte) (WireCode.FIELD_NAME_0 + lengthBytes);
            return at + 1;
        }
        // Both codes for long names read the same, but only this one tells Wire that a nested value is a map.
        return codeAndLength(to, at, WireCode.EVENT_NAME, lengthBytes);
    }

    /** A name that is well-formed UTF-8: in Latin-1, or as text where Latin-1 lacks one of its characters. */
    static int name(final Frame to, final int from, final byte[] bytes, final int nameFrom, final int nameTo) {
        final int length = Utf8.latin1Length(bytes, nameFrom, nameTo);
        if (length < 0) {
            return text(to, FrameRoom.put(to, from, WireCode.EVENT_OBJECT), bytes, nameFrom, nameTo);
        }
        final int at = nameCode(to, from, length);
        Utf8.toLatin1(bytes, nameFrom, nameTo, to.array(), at);
        return at + length;
    }
}
