package io.pinion.wire;

import java.util.Arrays;

/** Strings of JSON: where one ends, and what its escapes stand for. */
final class JsonStrings {
    /** What {@link #close} returns for a string that JSON does not allow. */
    static final int BAD = 0;

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private JsonStrings() {}

    /**
     * Finds the closing quote and checks all before it: escapes, control characters, well-formed UTF-8.
     *
     * @param from just after the opening quote.
     * @return the index of the closing quote; inverted when there are escapes before it; {@link #BAD}.
     */
    static int close(final byte[] bytes, final int from, final int end) {
        boolean hasEscapes = false;
        int at = from;
        while (true) {
            at = endOfPlain(bytes, at, end);
            if (at >= end) {
                return BAD;
            }
            final int b = bytes[at];
            if (b == '"') {
                return hasEscapes ? ~at : at;
            }
            final int size =
                    b == '\\' ? sizeOfEscape(bytes, at, end) : b < 0 ? Utf8.sizeOfCharacter(bytes, at, end) : 0;
            if (size == 0) {
                return BAD;
            }
            hasEscapes |= b == '\\';
            at += size;
        }
    }

    /** The first byte from here on that is a quote, a backslash, a control character or not ASCII. */
    static int endOfPlain(final byte[] bytes, final int from, final int end) {
        int at = from;
        while (at + Long.BYTES <= end) {
            final long word = LittleEndian.getLong(bytes, at);
            final long quotes = word ^ ONES * '"';
            final long backslashes = word ^ ONES * '\\';
            // Borrows can only raise bits above the first hit, and only the first hit counts.
            final long hits = (word | word - ONES * ' ' | quotes - ONES | backslashes - ONES) & HIGH_BITS;
            if (hits != 0) {
                return at + (Long.numberOfTrailingZeros(hits) >> 3);
            }
            at += Long.BYTES;
        }
        while (at < end && bytes[at] >= ' ' && bytes[at] != '"' && bytes[at] != '\\') {
            at++;
        }
        return at;
    }

    /** How long the escape here is, surrogate pairs being one; 0 when it is none. */
    private static int sizeOfEscape(final byte[] bytes, final int at, final int end) {
        if (end - at < 2) {
            return 0;
        }
        switch (bytes[at + 1]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
                return 2;
            case 'u':
                final int unit = hex(bytes, at + 2, end);
                if (unit < 0 || Character.isLowSurrogate((char) unit)) {
                    return 0;
                }
                return !Character.isHighSurrogate((char) unit) ? 6 : isLowEscape(bytes, at + 6, end) ? 12 : 0;
            default:
                return 0;
        }
    }

    private static boolean isLowEscape(final byte[] bytes, final int at, final int end) {
        if (end - at < 6 || bytes[at] != '\\' || bytes[at + 1] != 'u') {
            return false;
        }
        final int unit = hex(bytes, at + 2, end);
        return unit >= 0 && Character.isLowSurrogate((char) unit);
    }

    private static int hex(final byte[] bytes, final int at, final int end) {
        if (end - at < 4) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < 4; i++) {
            final int b = bytes[at + i];
            final int lower = b | 0x20;
            if (b >= '0' && b <= '9') {
                value = value << 4 | b - '0';
            } else if (lower >= 'a' && lower <= 'f') {
                value = value << 4 | lower - 'a' + 10;
            } else {
                return -1;
            }
        }
        return value;
    }

    /**
     * Copies a string without its escapes; they were checked.
     *
     * @return where it ends in {@code out}; it is never longer than it was.
     */
    static int unescape(final byte[] bytes, final int from, final int to, final byte[] out, final int outFrom) {
        int at = from;
        int outAt = outFrom;
        while (at < to) {
            if (bytes[at] != '\\') {
                out[outAt++] = bytes[at++];
                continue;
            }
            outAt = Utf8.put(codePointAt(bytes, at, to), out, outAt);
            at += sizeAt(bytes, at, to);
        }
        return outAt;
    }

    /** The code point at this place of a string that was checked, escaped or not. */
    static int codePointAt(final byte[] bytes, final int at, final int to) {
        if (bytes[at] != '\\') {
            return Utf8.codePointAt(bytes, at);
        }
        if (bytes[at + 1] != 'u') {
            return unescaped(bytes[at + 1]);
        }
        final int unit = hex(bytes, at + 2, to);
        return Character.isHighSurrogate((char) unit)
                ? Character.toCodePoint((char) unit, (char) hex(bytes, at + 8, to))
                : unit;
    }

    /** How many bytes the code point at this place of a string takes, escaped or not. */
    static int sizeAt(final byte[] bytes, final int at, final int to) {
        return bytes[at] == '\\' ? sizeOfEscape(bytes, at, to) : Utf8.sizeOfCharacter(bytes, at, to);
    }

    private static byte unescaped(final byte letter) {
        return switch (letter) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> letter;
        };
    }

    /** How long well-formed UTF-8 is with the escapes JSON demands, quotes not counted. */
    static int escapedLength(final byte[] bytes, final int from, final int to) {
        int length = to - from;
        int at = from;
        while ((at = endOfPlain(bytes, at, to)) < to) {
            length += escapedLength(bytes[at++]) - 1;
        }
        return length;
    }

    /** How long one byte is. */
    static int escapedLength(final byte b) {
        return b < 0 || b >= ' ' && b != '"' && b != '\\' ? 1 : letterOf(b) == 0 ? 6 : 2;
    }

    /** Copies well-formed UTF-8 with the escapes JSON demands, {@link #escapedLength} bytes. */
    static void escape(final byte[] bytes, final int from, final int to, final byte[] out, final int outFrom) {
        int outAt = outFrom;
        for (int at = from; at < to; at++) {
            outAt = escape(bytes[at], out, outAt);
        }
    }

    /**
     * Writes one byte, escaped where JSON demands it.
     *
     * @return where it ends.
     */
    static int escape(final byte b, final byte[] out, final int outFrom) {
        int outAt = outFrom;
        if (escapedLength(b) == 1) {
            out[outAt++] = b;
            return outAt;
        }
        final int letter = letterOf(b);
        out[outAt++] = '\\';
        if (letter != 0) {
            out[outAt++] = (byte) letter;
            return outAt;
        }
        out[outAt++] = 'u';
        out[outAt++] = '0';
        out[outAt++] = '0';
        out[outAt++] = HEX[b >> 4];
        out[outAt++] = HEX[b & 0xF];
        return outAt;
    }

    private static int letterOf(final int b) {
        return switch (b) {
            case '"', '\\' -> b;
            case '\b' -> 'b';
            case '\f' -> 'f';
            case '\n' -> 'n';
            case '\r' -> 'r';
            case '\t' -> 't';
            default -> 0;
        };
    }

    /** Well-formed UTF-8 as a JSON string, quotes included. */
    static byte[] quote(final byte[] text) {
        final byte[] quoted = new byte[escapedLength(text, 0, text.length) + 2];
        Arrays.fill(quoted, (byte) '"');
        escape(text, 0, text.length, quoted, 1);
        return quoted;
    }
}
