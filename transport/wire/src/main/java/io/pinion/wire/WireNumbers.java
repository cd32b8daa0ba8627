package io.pinion.wire;

/** The numbers of BinaryWire, whose ends {@link WireGrammar} has checked. */
final class WireNumbers {
    private WireNumbers() {}

    static boolean isInteger(final int code) {
        return code <= WireCode.LAST_SMALL_INTEGER
                || code >= WireCode.UINT8 && code <= WireCode.SET_LOW_INT16
                || code == WireCode.INT64_HEX;
    }

    static long integer(final byte[] bytes, final int at) {
        final int code = bytes[at] & 0xFF;
        return switch (code) {
            case WireCode.UINT8, WireCode.SET_LOW_INT8 -> bytes[at + 1] & 0xFF;
            case WireCode.UINT16, WireCode.SET_LOW_INT16 -> LittleEndian.getShort(bytes, at + 1) & 0xFFFF;
            case WireCode.UINT32 -> LittleEndian.getInt(bytes, at + 1) & 0xFFFF_FFFFL;
            case WireCode.INT8 -> bytes[at + 1];
            case WireCode.INT16 -> LittleEndian.getShort(bytes, at + 1);
            case WireCode.INT32 -> LittleEndian.getInt(bytes, at + 1);
            case WireCode.INT64, WireCode.INT64_HEX -> LittleEndian.getLong(bytes, at + 1);
            default -> code;
        };
    }

    static boolean isDecimal(final int code) {
        return switch (code) {
            case WireCode.FLOAT32,
                    WireCode.FLOAT64,
                    WireCode.FLOAT_STOP_2,
                    WireCode.FLOAT_STOP_4,
                    WireCode.FLOAT_STOP_6 -> true;
            default -> false;
        };
    }

    static double decimal(final byte[] bytes, final int at, final int next) {
        return switch (bytes[at] & 0xFF) {
            case WireCode.FLOAT32 -> Float.intBitsToFloat(LittleEndian.getInt(bytes, at + 1));
            case WireCode.FLOAT64 -> Double.longBitsToDouble(LittleEndian.getLong(bytes, at + 1));
            case WireCode.FLOAT_STOP_2 -> WireGrammar.stopBit(bytes, at + 1, next) / 1e2;
            case WireCode.FLOAT_STOP_4 -> WireGrammar.stopBit(bytes, at + 1, next) / 1e4;
            default -> WireGrammar.stopBit(bytes, at + 1, next) / 1e6;
        };
    }

    /** What a code that is no number, text, boolean or null stands for, for sentences. */
    static String describe(final int code) {
        return switch (code) {
            case WireCode.TYPE_PREFIX -> "a value with a type prefix, or a compressed one";
            case WireCode.BYTES_LENGTH8, WireCode.BYTES_LENGTH16, WireCode.BYTES_LENGTH32 -> "bytes or a nested value";
            case WireCode.I64_ARRAY -> "an array of integers";
            case WireCode.TIME, WireCode.DATE, WireCode.DATE_TIME, WireCode.ZONED_DATE_TIME -> "a date or a time";
            case WireCode.UUID -> "a UUID";
            case WireCode.TYPE_LITERAL -> "the name of a type";
            default -> String.format("a value of BinaryWire's code 0x%02X", code);
        };
    }
}
