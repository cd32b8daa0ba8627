package io.pinion.engine;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Text as UTF-8 bytes, reused and without garbage: what an event has where other classes have a {@code String}.
 *
 * <p>A text either looks at bytes that somebody else owns (the frame an event came in, see {@link #wrap}) or at its own
 * copy (after any {@code set}). Reading never copies. Not thread-safe: it belongs to the event it is a field of; to keep
 * a text longer than the event, {@link #set(Text)} it into one of your own.
 */
public final class Text implements Comparable<Text> {
    private static final byte[] NONE = new byte[0];

    private byte[] bytes = NONE;
    private int offset;
    private int lengthBytes;
    private byte[] own = NONE;

    /** Makes an empty text. */
    public Text() {}

    /**
     * Makes a text of one's own; allocates, so for constants and tests.
     *
     * @param value what it says.
     * @return the text.
     */
    public static Text of(final String value) {
        return new Text().set(value);
    }

    /**
     * Looks at bytes without copying them. They must be well-formed UTF-8 and stay as they are while this text is read.
     *
     * @param bytes       the bytes.
     * @param offset      where the text begins in them.
     * @param lengthBytes how many bytes it has.
     * @return this.
     */
    public Text wrap(final byte[] bytes, final int offset, final int lengthBytes) {
        // A reference costs more to write than to look at, and is mostly the same: a slot's array.
        if (this.bytes != bytes) {
            this.bytes = bytes;
        }
        this.offset = offset;
        this.lengthBytes = lengthBytes;
        return this;
    }

    /**
     * Copies another text.
     *
     * @param other what to copy.
     * @return this.
     */
    public Text set(final Text other) {
        return set(other.bytes, other.offset, other.lengthBytes);
    }

    /**
     * Copies well-formed UTF-8 bytes. Allocates only when they are more than this text ever held.
     *
     * @param source      the bytes.
     * @param from        where the text begins in them.
     * @param lengthBytes how many bytes it has.
     * @return this.
     */
    public Text set(final byte[] source, final int from, final int lengthBytes) {
        ensureOwn(lengthBytes);
        System.arraycopy(source, from, own, 0, lengthBytes);
        return wrap(own, 0, lengthBytes);
    }

    /**
     * Copies characters as UTF-8; a lone surrogate becomes {@code ?}. Allocates only when they are more than this text
     * ever held.
     *
     * @param value the characters.
     * @return this.
     */
    public Text set(final CharSequence value) {
        ensureOwn(value.length() * 3);
        int at = 0;
        for (int i = 0; i < value.length(); i++) {
            final char c = value.charAt(i);
            if (c < 0x80) {
                own[at++] = (byte) c;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1))) {
                at = putCodePoint(Character.toCodePoint(c, value.charAt(++i)), at);
            } else {
                at = putCodePoint(Character.isSurrogate(c) ? '?' : c, at);
            }
        }
        return wrap(own, 0, at);
    }

    private int putCodePoint(final int codePoint, final int from) {
        int at = from;
        if (codePoint < 0x80) {
            own[at++] = (byte) codePoint;
        } else if (codePoint < 0x800) {
            own[at++] = (byte) (0xC0 | codePoint >> 6);
            own[at++] = (byte) (0x80 | codePoint & 0x3F);
        } else if (codePoint < 0x10000) {
            own[at++] = (byte) (0xE0 | codePoint >> 12);
            own[at++] = (byte) (0x80 | codePoint >> 6 & 0x3F);
            own[at++] = (byte) (0x80 | codePoint & 0x3F);
        } else {
            own[at++] = (byte) (0xF0 | codePoint >> 18);
            own[at++] = (byte) (0x80 | codePoint >> 12 & 0x3F);
            own[at++] = (byte) (0x80 | codePoint >> 6 & 0x3F);
            own[at++] = (byte) (0x80 | codePoint & 0x3F);
        }
        return at;
    }

    /**
     * Makes it empty.
     *
     * @return this.
     */
    public Text clear() {
        return wrap(NONE, 0, 0);
    }

    /**
     * The array the text lies in; read it between {@link #offset()} and {@code offset() + lengthBytes()} only.
     *
     * @return the array, not a copy.
     */
    public byte[] array() {
        return bytes;
    }

    /**
     * Where the text begins in {@link #array()}.
     *
     * @return the index of its first byte.
     */
    public int offset() {
        return offset;
    }

    /**
     * How long it is.
     *
     * @return its length in bytes, not in characters.
     */
    public int lengthBytes() {
        return lengthBytes;
    }

    /**
     * One byte of it.
     *
     * @param index from 0 to {@code lengthBytes() - 1}.
     * @return the byte.
     */
    public byte byteAt(final int index) {
        if (index < 0 || index >= lengthBytes) {
            throw new IndexOutOfBoundsException("byte " + index + " of a text of " + lengthBytes + " bytes");
        }
        return bytes[offset + index];
    }

    /**
     * Whether it has no bytes.
     *
     * @return true when it is empty.
     */
    public boolean isEmpty() {
        return lengthBytes == 0;
    }

    /**
     * Whether it says the same as these characters; without garbage.
     *
     * @param value the characters.
     * @return true when it does.
     */
    public boolean contentEquals(final CharSequence value) {
        int at = offset;
        final int end = offset + lengthBytes;
        for (int i = 0; i < value.length(); i++) {
            int codePoint = value.charAt(i);
            if (codePoint >= 0x80) {
                codePoint = Character.codePointAt(value, i);
                i += Character.charCount(codePoint) - 1;
            }
            final int size = codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
            if (at + size > end || !isCodePointAt(at, codePoint, size)) {
                return false;
            }
            at += size;
        }
        return at == end;
    }

    private boolean isCodePointAt(final int at, final int codePoint, final int size) {
        if (size == 1) {
            return bytes[at] == codePoint;
        }
        int rest = codePoint;
        for (int i = size - 1; i > 0; i--) {
            if (bytes[at + i] != (byte) (0x80 | rest & 0x3F)) {
                return false;
            }
            rest >>= 6;
        }
        return bytes[at] == (byte) (0xF00 >> size | rest);
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof Text that
                && Arrays.equals(
                        bytes, offset, offset + lengthBytes, that.bytes, that.offset, that.offset + that.lengthBytes);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = offset; i < offset + lengthBytes; i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash;
    }

    /** Orders by unsigned bytes, which is the order of the code points. */
    @Override
    public int compareTo(final Text that) {
        return Arrays.compareUnsigned(
                bytes, offset, offset + lengthBytes, that.bytes, that.offset, that.offset + that.lengthBytes);
    }

    /** The text as a {@code String}; allocates. */
    @Override
    public String toString() {
        return new String(bytes, offset, lengthBytes, StandardCharsets.UTF_8);
    }

    private void ensureOwn(final int capacityBytes) {
        if (own.length < capacityBytes) {
            own = new byte[Math.max(capacityBytes, Math.max(32, own.length * 2))];
        }
    }
}
