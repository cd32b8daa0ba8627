package io.pinion.wire;

/**
 * Where the things in JSON (RFC 8259) end. A position below 0 is an inverted one: there, the bytes stop being JSON, or are
 * nested deeper than {@link #MAX_DEPTH}.
 */
final class JsonGrammar {
    /** How deep objects and arrays may stand within each other. */
    static final int MAX_DEPTH = 32;

    private JsonGrammar() {}

    /** The first byte from here on that is no white space. */
    static int skipSpace(final byte[] bytes, final int from, final int end) {
        int at = from;
        while (at < end && isSpace(bytes[at])) {
            at++;
        }
        return at;
    }

    private static boolean isSpace(final byte b) {
        return b <= ' ' && (b == ' ' || b == '\n' || b == '\r' || b == '\t');
    }

    /** The end of the value that begins here; white space before it is not skipped. */
    static int skipValue(final byte[] bytes, final int at, final int end, final int depth) {
        if (at >= end) {
            return ~at;
        }
        return switch (bytes[at]) {
            case '"' -> skipString(bytes, at, end);
            case '{', '[' -> depth == MAX_DEPTH ? ~at : skipNested(bytes, at, end, depth + 1);
            case 't', 'f', 'n' -> skipLiteral(bytes, at, end);
            default -> skipNumeral(bytes, at, end);
        };
    }

    /** The end of the string whose opening quote is here. */
    static int skipString(final byte[] bytes, final int at, final int end) {
        final int close = JsonStrings.close(bytes, at + 1, end);
        return close == JsonStrings.BAD ? ~at : (close < 0 ? ~close : close) + 1;
    }

    private static int skipNested(final byte[] bytes, final int from, final int end, final int depth) {
        final boolean isObject = bytes[from] == '{';
        final byte close = (byte) (isObject ? '}' : ']');
        int at = skipSpace(bytes, from + 1, end);
        if (at < end && bytes[at] == close) {
            return at + 1;
        }
        while (true) {
            if (isObject) {
                at = skipName(bytes, at, end);
                if (at < 0) {
                    return at;
                }
            }
            at = skipValue(bytes, at, end, depth);
            if (at < 0) {
                return at;
            }
            at = skipSpace(bytes, at, end);
            if (at >= end) {
                return ~at;
            }
            if (bytes[at] == close) {
                return at + 1;
            }
            if (bytes[at] != ',') {
                return ~at;
            }
            at = skipSpace(bytes, at + 1, end);
        }
    }

    /** Skips a name and its colon, to where the value begins. */
    private static int skipName(final byte[] bytes, final int at, final int end) {
        if (at >= end || bytes[at] != '"') {
            return ~at;
        }
        final int close = skipString(bytes, at, end);
        return close < 0 ? close : skipColon(bytes, close, end);
    }

    /** Skips the colon after a name, to where the value begins. */
    static int skipColon(final byte[] bytes, final int from, final int end) {
        final int at = skipSpace(bytes, from, end);
        return at >= end || bytes[at] != ':' ? ~at : skipSpace(bytes, at + 1, end);
    }

    /** The end of the {@code true}, {@code false} or {@code null} that begins here. */
    static int skipLiteral(final byte[] bytes, final int at, final int end) {
        final int length = bytes[at] == 'f' ? 5 : 4;
        if (end - at < length) {
            return ~at;
        }
        final int tail = LittleEndian.getInt(bytes, at + length - 4);
        final boolean matches =
                switch (bytes[at]) {
                    case 't' -> tail == ('t' | 'r' << 8 | 'u' << 16 | 'e' << 24);
                    case 'f' -> tail == ('a' | 'l' << 8 | 's' << 16 | 'e' << 24);
                    default -> tail == ('n' | 'u' << 8 | 'l' << 16 | 'l' << 24);
                };
        return matches ? at + length : ~at;
    }

    /** The end of the numeral that begins here. */
    static int skipNumeral(final byte[] bytes, final int from, final int end) {
        int at = bytes[from] == '-' ? from + 1 : from;
        final int integer = at;
        at = skipDigits(bytes, at, end);
        if (at == integer || bytes[integer] == '0' && at > integer + 1) {
            return ~from;
        }
        if (at < end && bytes[at] == '.') {
            final int fraction = at + 1;
            at = skipDigits(bytes, fraction, end);
            if (at == fraction) {
                return ~from;
            }
        }
        if (at < end && (bytes[at] | 0x20) == 'e') {
            final int sign = at + 1;
            final int exponent = sign < end && (bytes[sign] == '+' || bytes[sign] == '-') ? sign + 1 : sign;
            at = skipDigits(bytes, exponent, end);
            if (at == exponent) {
                return ~from;
            }
        }
        return at;
    }

    /** Whether this numeral has neither fraction nor exponent. */
    static boolean isInteger(final byte[] bytes, final int from, final int to) {
        return skipDigits(bytes, bytes[from] == '-' ? from + 1 : from, to) == to;
    }

    private static int skipDigits(final byte[] bytes, final int from, final int end) {
        int at = from;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at;
    }
}
