package io.pinion.operators;

import java.nio.charset.StandardCharsets;

/**
 * Finds one kind of thing in UTF-8 bytes, from left to right, without allocating. Each goes for a byte that is always part
 * of what it looks for, then looks back and ahead from there; no byte is looked at more than a few times, so the time is
 * linear in the text's length whatever the text is. Where what is found could begin earlier or later, the longest is taken.
 */
abstract class Matcher {
    /** Where what was found begins, and where it ends. */
    int start;

    int end;

    private final byte[] replacement;

    private Matcher(final String replacement) {
        this.replacement = replacement.getBytes(StandardCharsets.US_ASCII);
    }

    /** What to write in its place. */
    final byte[] replacement() {
        return replacement;
    }

    /** Finds the next from {@code from} on, and sets {@link #start} and {@link #end}; {@code first} is the text's first. */
    abstract boolean find(byte[] bytes, int first, int from, int to);

    /**
     * {@code scheme://…} or {@code www.…}, up to white space, a control character, {@code <}, {@code >} or {@code "}; but
     * for punctuation at its end, which is the sentence's.
     */
    static final class Url extends Matcher {
        private static final int WWW_LENGTH = "www.".length();
        private static final int AFTER_SCHEME_LENGTH = "://".length();

        Url() {
            super("[url]");
        }

        @Override
        boolean find(final byte[] bytes, final int first, final int from, final int to) {
            for (int i = from; i + AFTER_SCHEME_LENGTH < to; i++) {
                if (bytes[i] == ':' && bytes[i + 1] == '/' && bytes[i + 2] == '/') {
                    start = schemeBefore(bytes, from, i);
                    if (start < i && isRestAt(bytes, i + AFTER_SCHEME_LENGTH, to)) {
                        return true;
                    }
                } else if (isWwwAt(bytes, i, to) && (i == first || isWordBoundary(bytes[i - 1]))) {
                    start = i;
                    if (isRestAt(bytes, i + WWW_LENGTH, to)) {
                        return true;
                    }
                }
            }
            return false;
        }

        /** Where a scheme begins that ends before {@code colon}: with the first letter of what may be in one. */
        private static int schemeBefore(final byte[] bytes, final int from, final int colon) {
            int scheme = colon;
            for (int i = colon - 1; i >= from && isSchemeByte(bytes[i]); i--) {
                if (isLetter(bytes[i])) {
                    scheme = i;
                }
            }
            return scheme;
        }

        private boolean isRestAt(final byte[] bytes, final int from, final int to) {
            int i = from;
            while (i < to && isUrlByte(bytes[i])) {
                i++;
            }
            while (i > from && isClosingPunctuation(bytes[i - 1])) {
                i--;
            }
            end = i;
            return i > from;
        }

        private static boolean isWwwAt(final byte[] bytes, final int at, final int to) {
            return at + WWW_LENGTH < to
                    && (bytes[at] | 0x20) == 'w'
                    && (bytes[at + 1] | 0x20) == 'w'
                    && (bytes[at + 2] | 0x20) == 'w'
                    && bytes[at + 3] == '.';
        }

        private static boolean isSchemeByte(final byte b) {
            return isLetter(b) || isDigit(b) || b == '+' || b == '.' || b == '-';
        }

        private static boolean isUrlByte(final byte b) {
            return b < 0 || b > ' ' && b != '<' && b != '>' && b != '"' && b != 0x7F;
        }

        private static boolean isClosingPunctuation(final byte b) {
            return b > 0 && ".,;:!?')]}".indexOf(b) >= 0;
        }

        private static boolean isWordBoundary(final byte b) {
            return b < 0 || !isLetter(b) && !isDigit(b) && "@._%+-".indexOf(b) < 0;
        }
    }

    /**
     * {@code local@domain} with a dot in the domain. Every character beyond ASCII may be part of both, so that no half of
     * an address stays; hence what is written without a space before an address goes with it, up to 64 bytes.
     */
    static final class Email extends Matcher {
        /** The longest local part that there is (RFC 5321). */
        private static final int MAX_LOCAL_BYTES = 64;

        Email() {
            super("[email]");
        }

        @Override
        boolean find(final byte[] bytes, final int first, final int from, final int to) {
            for (int i = from; i < to; i++) {
                if (bytes[i] == '@') {
                    start = localBefore(bytes, from, i);
                    if (start < i && isDomainAt(bytes, i + 1, to)) {
                        return true;
                    }
                }
            }
            return false;
        }

        private static int localBefore(final byte[] bytes, final int from, final int at) {
            final int least = Math.max(from, at - MAX_LOCAL_BYTES);
            int i = at;
            while (i > least && isLocalByte(bytes[i - 1])) {
                i--;
            }
            while (i < at && isInsideCodePoint(bytes[i])) {
                i++;
            }
            return i;
        }

        private boolean isDomainAt(final byte[] bytes, final int from, final int to) {
            int i = from;
            while (i < to && (isWordByte(bytes[i]) || bytes[i] == '.' || bytes[i] == '-')) {
                i++;
            }
            while (i > from && !isWordByte(bytes[i - 1])) {
                i--;
            }
            end = i;
            for (int dot = from + 1; dot < i; dot++) {
                if (bytes[dot] == '.') {
                    return true;
                }
            }
            return false;
        }

        private static boolean isWordByte(final byte b) {
            return b < 0 || isLetter(b) || isDigit(b);
        }

        private static boolean isLocalByte(final byte b) {
            return isWordByte(b) || b > 0 && "!#$%&'*+/=?^_`{|}~.-".indexOf(b) >= 0;
        }
    }

    /**
     * So many digits or more, such as a telephone's or a card's number: with at most two of space, {@code - . / ( )}
     * between one digit and the next, and {@code +} and {@code (} before the first.
     */
    static final class Number extends Matcher {
        private static final int MAX_SEPARATORS = 2;

        private final int leastDigits;

        Number(final int leastDigits) {
            super("[number]");
            this.leastDigits = leastDigits;
        }

        @Override
        boolean find(final byte[] bytes, final int first, final int from, final int to) {
            for (int i = from; i < to; i++) {
                if (isDigit(bytes[i])) {
                    if (isNumberAt(bytes, i, to)) {
                        start = i;
                        while (start > from && (bytes[start - 1] == '+' || bytes[start - 1] == '(')) {
                            start--;
                        }
                        return true;
                    }
                    i = end - 1;
                }
            }
            return false;
        }

        private boolean isNumberAt(final byte[] bytes, final int firstDigit, final int to) {
            int digits = 0;
            int next = firstDigit;
            while (next < to && isDigit(bytes[next])) {
                digits++;
                end = next + 1;
                next = end;
                while (next < to && next - end < MAX_SEPARATORS && isSeparator(bytes[next])) {
                    next++;
                }
            }
            return digits >= leastDigits;
        }

        private static boolean isSeparator(final byte b) {
            return b > 0 && " -./()".indexOf(b) >= 0;
        }
    }

    private static boolean isLetter(final byte b) {
        final int lower = b | 0x20;
        return lower >= 'a' && lower <= 'z';
    }

    private static boolean isDigit(final byte b) {
        return b >= '0' && b <= '9';
    }

    /** Whether a byte of UTF-8 is not the first of its code point. */
    static boolean isInsideCodePoint(final byte b) {
        return (b & 0xC0) == 0x80;
    }
}
