package io.pinion.wire;

/** How BinaryWire writes the name of a field: in Latin-1, up to 31 characters behind a code that holds the length. */
final class WireNames {
    /** From here on a name has a length of its own. */
    static final int LONG_NAME = 32;

    private WireNames() {}

    /** The bytes of a known field's name; each of its characters must be Latin-1. */
    static byte[] encode(final String name) {
        final int length = name.length();
        final int prefix = length < LONG_NAME ? 1 : 1 + stopBitLength(length);
        final byte[] encoded = new byte[prefix + length];
        if (length < LONG_NAME) {
            encoded[0] = (byte) (WireCode.FIELD_NAME_0 + length);
        } else {
            encoded[0] = (byte) WireCode.FIELD_NAME_ANY;
            putStopBit(length, encoded, 1);
        }
        for (int i = 0; i < length; i++) {
            encoded[prefix + i] = (byte) name.charAt(i);
        }
        return encoded;
    }

    /** How many bytes a length takes. */
    static int stopBitLength(final int value) {
        return value < 1 << 7 ? 1 : value < 1 << 14 ? 2 : value < 1 << 21 ? 3 : value < 1 << 28 ? 4 : 5;
    }

    /**
     * Writes a length.
     *
     * @return where it ends.
     */
    static int putStopBit(final int value, final byte[] bytes, final int from) {
        int at = from;
        int rest = value;
        while (rest > 0x7F) {
            bytes[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[at++] = (byte) rest;
        return at;
    }
}
