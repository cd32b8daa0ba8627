package io.pinion.wire;

import java.util.Objects;

/**
 * Well-formed UTF-8, and the two other ways in which Chronicle Wire writes characters: text with each surrogate as three
 * bytes of its own, and field names in Latin-1.
 */
final class Utf8 {
    /** Well-formed, so it can stay where it is. */
    static final int WELL_FORMED = 0;
    /** Well-formed but for surrogate pairs of three bytes each, as Chronicle Wire writes them. */
    static final int WITH_SURROGATE_PAIRS = 1;
    /** Neither. */
    static final int MALFORMED = -1;

    private static final long HIGH_BITS = 0x8080808080808080L;

    private Utf8() {}

    /** The first byte from here on that is not ASCII, or {@code to}. */
    static int endOfAscii(final byte[] bytes, final int from, final int to) {
        int at = from;
        while (at + 4 * Long.BYTES <= to
                && ((LittleEndian.getLong(bytes, at)
                                        | LittleEndian.getLong(bytes, at + 8)
                                        | LittleEndian.getLong(bytes, at + 16)
                                        | LittleEndian.getLong(bytes, at + 24))
                                & HIGH_BITS)
                        == 0) {
            at += 4 * Long.BYTES;
        }
        while (at + Long.BYTES <= to) {
            final long high = LittleEndian.getLong(bytes, at) & HIGH_BITS;
            if (high != 0) {
                return at + (Long.numberOfTrailingZeros(high) >> 3);
            }
            at += Long.BYTES;
        }
        while (at < to && bytes[at] >= 0) {
            at++;
        }
        return at;
    }

    /**
     * Whether all is ASCII; the caller has made sure that it is within the array. Looked at in words that may overlap, so
     * that short texts need no loop.
     */
    static boolean isAscii(final byte[] bytes, final long from, final int length) {
        if (length < Long.BYTES) {
            return from <= bytes.length - Long.BYTES
                    ? (LittleEndian.word(bytes, from) & HIGH_BITS & (1L << length * Byte.SIZE) - 1) == 0
                    : endOfAscii(bytes, (int) from, (int) from + length) == from + length;
        }
        final long to = from + length;
        long high = LittleEndian.word(bytes, to - 8);
        if (length <= 4 * Long.BYTES) {
            high |= LittleEndian.word(bytes, from);
            if (length > 2 * Long.BYTES) {
                high |= LittleEndian.word(bytes, from + 8) | LittleEndian.word(bytes, to - 16);
            }
            return (high & HIGH_BITS) == 0;
        }
        high |= LittleEndian.word(bytes, to - 16)
                | LittleEndian.word(bytes, to - 24)
                | LittleEndian.word(bytes, to - 32);
        for (int i = 0; i < length - 4 * Long.BYTES; i += 4 * Long.BYTES) {
            high |= LittleEndian.word(bytes, from + i)
                    | LittleEndian.word(bytes, from + i + 8)
                    | LittleEndian.word(bytes, from + i + 16)
                    | LittleEndian.word(bytes, from + i + 24);
        }
        return (high & HIGH_BITS) == 0;
    }

    /**
     * Copies what is ASCII, by words that may overlap; the caller has made sure that it is within both arrays, and that eight
     * bytes more are in the second, which may be spoilt.
     *
     * @return whether all was; if not, what was copied is of no use.
     */
    static boolean copyIfAscii(
            final byte[] bytes, final long from, final int length, final byte[] out, final long outFrom) {
        if (length < Long.BYTES) {
            return copyShortIfAscii(bytes, from, length, out, outFrom);
        }
        final int last = length - Long.BYTES;
        long high = copyWord(bytes, from + last, out, outFrom + last);
        if (length <= 4 * Long.BYTES) {
            high |= copyWord(bytes, from, out, outFrom);
            if (length > 2 * Long.BYTES) {
                high |= copyWord(bytes, from + 8, out, outFrom + 8)
                        | copyWord(bytes, from + last - 8, out, outFrom + last - 8);
            }
            return (high & HIGH_BITS) == 0;
        }
        high |= copyWord(bytes, from + last - 8, out, outFrom + last - 8)
                | copyWord(bytes, from + last - 16, out, outFrom + last - 16)
                | copyWord(bytes, from + last - 24, out, outFrom + last - 24);
        for (int i = 0; i < length - 4 * Long.BYTES; i += 4 * Long.BYTES) {
            high |= copyWord(bytes, from + i, out, outFrom + i)
                    | copyWord(bytes, from + i + 8, out, outFrom + i + 8)
                    | copyWord(bytes, from + i + 16, out, outFrom + i + 16)
                    | copyWord(bytes, from + i + 24, out, outFrom + i + 24);
        }
        return (high & HIGH_BITS) == 0;
    }

    private static long copyWord(final byte[] bytes, final long from, final byte[] out, final long outFrom) {
        final long word = LittleEndian.word(bytes, from);
        LittleEndian.putWord(out, outFrom, word);
        return word;
    }

    private static boolean copyShortIfAscii(
            final byte[] bytes, final long from, final int length, final byte[] out, final long outFrom) {
        if (from <= bytes.length - Long.BYTES) {
            return (copyWord(bytes, from, out, outFrom) & HIGH_BITS & (1L << length * Byte.SIZE) - 1) == 0;
        }
        int high = 0;
        for (int i = 0; i < length; i++) {
            final byte each = bytes[(int) from + i];
            high |= each;
            out[(int) outFrom + i] = each;
        }
        return high >= 0;
    }

    /** Which of the three these bytes are. */
    static int kindOf(final byte[] bytes, final int from, final int to) {
        int kind = WELL_FORMED;
        int at = endOfAscii(bytes, from, to);
        while (at < to) {
            if (bytes[at] >= 0) {
                at++;
                continue;
            }
            final int size = sizeOfCharacter(bytes, at, to);
            if (size > 0) {
                at += size;
            } else if (isSurrogatePair(bytes, at, to)) {
                kind = WITH_SURROGATE_PAIRS;
                at += 6;
            } else {
                return MALFORMED;
            }
        }
        return kind;
    }

    /** How many bytes the character here has, 0 where it is malformed, overlong, a surrogate or too large. */
    static int sizeOfCharacter(final byte[] bytes, final int at, final int to) {
        final int lead = bytes[at] & 0xFF;
        if (lead < 0x80) {
            return 1;
        }
        if (lead < 0xC2 || lead > 0xF4) {
            return 0;
        }
        final int size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (size > to - at) {
            return 0;
        }
        for (int i = 1; i < size; i++) {
            if ((bytes[at + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        final int second = bytes[at + 1] & 0xFF;
        final boolean malformed =
                switch (lead) {
                    case 0xE0 -> second < 0xA0;
                    case 0xED -> second > 0x9F;
                    case 0xF0 -> second < 0x90;
                    case 0xF4 -> second > 0x8F;
                    default -> false;
                };
        return malformed ? 0 : size;
    }

    /** The first byte from here on that begins no well-formed character, or {@code to}. */
    static int endOfWellFormed(final byte[] bytes, final int from, final int to) {
        int at = endOfAscii(bytes, from, to);
        while (at < to) {
            final int size = sizeOfCharacter(bytes, at, to);
            if (size == 0) {
                break;
            }
            at += size;
        }
        return at;
    }

    /** The code point at this place of text as Chronicle Wire has it; U+FFFD where there is none. */
    static int wireCodePointAt(final byte[] bytes, final int at, final int to) {
        if (sizeOfCharacter(bytes, at, to) > 0) {
            return codePointAt(bytes, at);
        }
        if (!isSurrogatePair(bytes, at, to)) {
            return 0xFFFD;
        }
        final int high = 0xD000 | (bytes[at + 1] & 0x3F) << 6 | bytes[at + 2] & 0x3F;
        final int low = 0xD000 | (bytes[at + 4] & 0x3F) << 6 | bytes[at + 5] & 0x3F;
        return Character.toCodePoint((char) high, (char) low);
    }

    /** How many bytes that takes. */
    static int wireSizeAt(final byte[] bytes, final int at, final int to) {
        final int size = sizeOfCharacter(bytes, at, to);
        return size > 0 ? size : isSurrogatePair(bytes, at, to) ? 6 : 1;
    }

    private static boolean isSurrogatePair(final byte[] bytes, final int at, final int to) {
        return to - at >= 6
                && bytes[at] == (byte) 0xED
                && (bytes[at + 1] & 0xF0) == 0xA0
                && (bytes[at + 2] & 0xC0) == 0x80
                && bytes[at + 3] == (byte) 0xED
                && (bytes[at + 4] & 0xF0) == 0xB0
                && (bytes[at + 5] & 0xC0) == 0x80;
    }

    /**
     * Copies text of Chronicle Wire as well-formed UTF-8: pairs become four bytes, and each malformed byte becomes U+FFFD
     * (three bytes).
     *
     * @return where it ends in {@code out}.
     */
    static int fromWire(final byte[] bytes, final int from, final int to, final byte[] out, final int outFrom) {
        int at = from;
        int outAt = outFrom;
        while (at < to) {
            outAt = put(wireCodePointAt(bytes, at, to), out, outAt);
            at += wireSizeAt(bytes, at, to);
        }
        return outAt;
    }

    /** How long well-formed UTF-8 is as Chronicle Wire writes it. */
    static int wireLength(final byte[] bytes, final int from, final int to) {
        Objects.checkFromToIndex(from, to, bytes.length); // a stage's own text may say what it wants
        int length = to - from;
        if (isAscii(bytes, from, length)) {
            return length;
        }
        for (int at = from; at < to; at++) {
            if ((bytes[at] & 0xF8) == 0xF0) {
                length += 2;
            }
        }
        return length;
    }

    /** Copies well-formed UTF-8 as Chronicle Wire writes it, {@link #wireLength} bytes. */
    static void toWire(final byte[] bytes, final int from, final int to, final byte[] out, final int outFrom) {
        int outAt = outFrom;
        int at = from;
        while (at < to) {
            if ((bytes[at] & 0xF8) == 0xF0) {
                final int codePoint = codePointAt(bytes, at);
                outAt = put(Character.highSurrogate(codePoint), out, outAt);
                outAt = put(Character.lowSurrogate(codePoint), out, outAt);
                at += 4;
            } else {
                out[outAt++] = bytes[at++];
            }
        }
    }

    /** The code point at this place of well-formed UTF-8. */
    static int codePointAt(final byte[] bytes, final int at) {
        final int lead = bytes[at];
        if (lead >= 0) {
            return lead;
        }
        if ((lead & 0xE0) == 0xC0) {
            return (lead & 0x1F) << 6 | bytes[at + 1] & 0x3F;
        }
        if ((lead & 0xF0) == 0xE0) {
            return (lead & 0x0F) << 12 | (bytes[at + 1] & 0x3F) << 6 | bytes[at + 2] & 0x3F;
        }
        return (lead & 0x07) << 18 | (bytes[at + 1] & 0x3F) << 12 | (bytes[at + 2] & 0x3F) << 6 | bytes[at + 3] & 0x3F;
    }

    /**
     * Writes a code point; a surrogate as the three bytes Chronicle Wire would write.
     *
     * @return where it ends in {@code out}.
     */
    static int put(final int codePoint, final byte[] out, final int outFrom) {
        int outAt = outFrom;
        if (codePoint < 0x80) {
            out[outAt++] = (byte) codePoint;
        } else if (codePoint < 0x800) {
            out[outAt++] = (byte) (0xC0 | codePoint >> 6);
            out[outAt++] = (byte) (0x80 | codePoint & 0x3F);
        } else if (codePoint < 0x10000) {
            out[outAt++] = (byte) (0xE0 | codePoint >> 12);
            out[outAt++] = (byte) (0x80 | codePoint >> 6 & 0x3F);
            out[outAt++] = (byte) (0x80 | codePoint & 0x3F);
        } else {
            out[outAt++] = (byte) (0xF0 | codePoint >> 18);
            out[outAt++] = (byte) (0x80 | codePoint >> 12 & 0x3F);
            out[outAt++] = (byte) (0x80 | codePoint >> 6 & 0x3F);
            out[outAt++] = (byte) (0x80 | codePoint & 0x3F);
        }
        return outAt;
    }

    /**
     * Copies a Latin-1 name as UTF-8.
     *
     * @return where it ends in {@code out}.
     */
    static int fromLatin1(final byte[] bytes, final int from, final int to, final byte[] out, final int outFrom) {
        int outAt = outFrom;
        for (int at = from; at < to; at++) {
            outAt = put(bytes[at] & 0xFF, out, outAt);
        }
        return outAt;
    }

    /** How long well-formed UTF-8 is in Latin-1, or -1 where Latin-1 lacks one of its characters. */
    static int latin1Length(final byte[] bytes, final int from, final int to) {
        int length = 0;
        for (int at = from; at < to; at++) {
            if ((bytes[at] & 0xFF) > 0xC3) {
                return -1;
            }
            if ((bytes[at] & 0xC0) != 0x80) {
                length++;
            }
        }
        return length;
    }

    /** Copies well-formed UTF-8 as Latin-1, {@link #latin1Length} bytes. */
    static void toLatin1(final byte[] bytes, final int from, final int to, final byte[] out, final int outFrom) {
        int outAt = outFrom;
        for (int at = from; at < to; at++) {
            if (bytes[at] >= 0) {
                out[outAt++] = bytes[at];
            } else {
                out[outAt++] = (byte) codePointAt(bytes, at++);
            }
        }
    }
}
