package io.pinion.wire;

import java.util.Arrays;

/** A field's name as a format writes it, made to be compared with the bytes of a frame, eight at a time. */
final class InPlaceName {
    private final byte[] name;
    private final int length;
    /** Its first eight bytes, or as many as it has: which of a frame's eight bytes are to be compared says the mask. */
    final long firstWord;

    final long firstMask;
    final long lastWord;

    InPlaceName(final byte[] name) {
        this.name = name;
        length = name.length;
        final byte[] padded = Arrays.copyOf(name, Math.max(length, Long.BYTES));
        firstWord = LittleEndian.getLong(padded, 0);
        firstMask = length >= Long.BYTES ? -1 : (1L << length * Byte.SIZE) - 1;
        lastWord = LittleEndian.getLong(padded, padded.length - Long.BYTES);
    }

    int length() {
        return length;
    }

    byte[] bytes() {
        return name;
    }

    /** Writes it; returns where it ends. A short one in one step, where the array goes on for eight bytes. */
    int put(final byte[] to, final int at) {
        if (length <= Long.BYTES && at <= to.length - Long.BYTES) {
            LittleEndian.putLong(to, at, firstWord);
        } else {
            System.arraycopy(name, 0, to, at, length);
        }
        return at + length;
    }

    /** Whether it stands here. */
    boolean isAt(final byte[] bytes, final int at, final int end) {
        if (length > end - at) {
            return false;
        }
        if (at + Long.BYTES > bytes.length) {
            return Arrays.equals(name, 0, length, bytes, at, at + length);
        }
        if (((LittleEndian.getLong(bytes, at) ^ firstWord) & firstMask) != 0) {
            return false;
        }
        return length <= Long.BYTES
                || LittleEndian.getLong(bytes, at + length - Long.BYTES) == lastWord
                        && (length <= 2 * Long.BYTES
                                || Arrays.equals(name, 8, length - 8, bytes, at + 8, at + length - 8));
    }
}
