package io.pinion.wire;

/** The first byte of each thing in a BinaryWire, unsigned, as Chronicle Wire 2026.7 has them. */
final class WireCode {
    /** Up to here the code is the value. */
    static final int LAST_SMALL_INTEGER = 0x7F;

    static final int BYTES_LENGTH8 = 0x80;
    static final int BYTES_LENGTH16 = 0x81;
    static final int BYTES_LENGTH32 = 0x82;
    static final int U8_ARRAY = 0x8A;
    static final int I64_ARRAY = 0x8D;
    static final int PADDING32 = 0x8E;
    static final int PADDING = 0x8F;

    static final int FLOAT32 = 0x90;
    static final int FLOAT64 = 0x91;
    static final int FLOAT_STOP_2 = 0x92;
    static final int FLOAT_STOP_4 = 0x94;
    static final int FLOAT_STOP_6 = 0x96;
    static final int FLOAT_SET_LOW_0 = 0x9A;
    static final int FLOAT_SET_LOW_2 = 0x9B;
    static final int FLOAT_SET_LOW_4 = 0x9C;

    static final int UUID = 0xA0;
    static final int UINT8 = 0xA1;
    static final int UINT16 = 0xA2;
    static final int UINT32 = 0xA3;
    static final int INT8 = 0xA4;
    static final int INT16 = 0xA5;
    static final int INT32 = 0xA6;
    static final int INT64 = 0xA7;
    static final int SET_LOW_INT8 = 0xA8;
    static final int SET_LOW_INT16 = 0xA9;
    static final int INT64_HEX = 0xAF;

    static final int FALSE = 0xB0;
    static final int TRUE = 0xB1;
    static final int TIME = 0xB2;
    static final int DATE = 0xB3;
    static final int DATE_TIME = 0xB4;
    static final int ZONED_DATE_TIME = 0xB5;
    static final int TYPE_PREFIX = 0xB6;
    static final int FIELD_NAME_ANY = 0xB7;
    static final int STRING_ANY = 0xB8;
    static final int EVENT_NAME = 0xB9;
    static final int FIELD_NUMBER = 0xBA;
    static final int NULL = 0xBB;
    static final int TYPE_LITERAL = 0xBC;
    static final int EVENT_OBJECT = 0xBD;
    static final int COMMENT = 0xBE;

    static final int FIELD_NAME_0 = 0xC0;
    static final int FIELD_NAME_31 = 0xDF;
    static final int STRING_0 = 0xE0;
    static final int STRING_31 = 0xFF;

    private WireCode() {}

    static boolean isText(final int code) {
        return code >= STRING_0 || code == STRING_ANY;
    }
}
