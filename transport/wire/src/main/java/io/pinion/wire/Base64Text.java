package io.pinion.wire;

import java.nio.charset.StandardCharsets;

/** Bytes as base64 (RFC 4648, with padding) in place; the JDK's encoder wants an array of its own. */
final class Base64Text {
    private static final byte[] ALPHABET =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".getBytes(StandardCharsets.US_ASCII);

    private Base64Text() {}

    /** How many characters so many bytes take. */
    static int length(final int lengthBytes) {
        return (int) Math.min((lengthBytes + 2L) / 3 * 4, Integer.MAX_VALUE - 16);
    }

    static void put(final byte[] bytes, final int from, final int to, final byte[] out, final int outFrom) {
        int outAt = outFrom;
        for (int at = from; at < to; at += 3) {
            final int rest = to - at;
            final int triple = (bytes[at] & 0xFF) << 16
                    | (rest > 1 ? (bytes[at + 1] & 0xFF) << 8 : 0)
                    | (rest > 2 ? bytes[at + 2] & 0xFF : 0);
            out[outAt++] = ALPHABET[triple >> 18];
            out[outAt++] = ALPHABET[triple >> 12 & 0x3F];
            out[outAt++] = rest > 1 ? ALPHABET[triple >> 6 & 0x3F] : (byte) '=';
            out[outAt++] = rest > 2 ? ALPHABET[triple & 0x3F] : (byte) '=';
        }
    }
}
