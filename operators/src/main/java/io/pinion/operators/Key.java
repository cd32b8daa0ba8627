package io.pinion.operators;

import io.pinion.engine.Text;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A key of several fields, or of text or bytes, being put together: {@code (event, key) ->
 * key.add(event.user).add(event.item)}. The order of the fields is part of it.
 *
 * <p>It is hashed as it is given, to 128 bits by SipHash-2-4, and keys are compared by those bits. Two different keys
 * would be taken for one with a chance of some n²/2¹²⁹: with a billion keys less than one in 10²⁰, far below that of the
 * memory's own errors. The hash's own key is fixed and public, since nodes that read the same log must agree: it guards
 * against accidents, not against somebody who can spend 2⁶⁴ hashes on a clash.
 *
 * <p>Each field goes in with its type and its length: {@code "ab", "c"} is not {@code "a", "bc"}, the text {@code "123"}
 * is not the number 123, and an empty text still has its place. It allocates nothing. It belongs to the stage that hands
 * it out: keep no reference to it.
 */
public final class Key {
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** What stands before each field: its type in the lowest byte, its length in the upper half. */
    private static final long INTEGER = 1;

    private static final long FRACTION = 2;
    private static final long BOOLEAN = 3;
    private static final long TEXT = 4;
    private static final long BYTES = 5;
    private static final long CONSTANT = 6;
    private static final int LENGTH_SHIFT = 32;

    private final SipHash128 hash = new SipHash128();
    private boolean keyless = true;

    Key() {}

    void clear() {
        hash.reset();
        keyless = true;
    }

    void finish() {
        hash.finish();
    }

    /** Whether there was no field, or all were text or bytes, and empty. */
    boolean isKeyless() {
        return keyless;
    }

    long lo() {
        return hash.lo();
    }

    long hi() {
        return hash.hi();
    }

    /**
     * Adds an integer of any width; a number always makes a key.
     *
     * @param value the field.
     * @return this.
     */
    public Key add(final long value) {
        return number(INTEGER, value);
    }

    /**
     * Adds a fraction: one that is equal is the same; -0.0 is 0.0, and NaN is itself. Never the same as an integer.
     *
     * @param value the field.
     * @return this.
     */
    public Key add(final double value) {
        return number(FRACTION, Double.doubleToLongBits(value + 0.0));
    }

    /**
     * Adds a boolean, which like a number always makes a key.
     *
     * @param value the field.
     * @return this.
     */
    public Key add(final boolean value) {
        return number(BOOLEAN, value ? 1 : 0);
    }

    /**
     * Adds text, by its bytes: neither case nor composition of characters is evened out.
     *
     * @param value the field; empty is allowed.
     * @return this.
     */
    public Key add(final Text value) {
        return bytes(TEXT, value.array(), value.offset(), value.lengthBytes());
    }

    /**
     * Adds bytes.
     *
     * @param value the field; empty is allowed.
     * @return this.
     */
    public Key add(final byte[] value) {
        return bytes(BYTES, value, 0, value.length);
    }

    /**
     * Adds some bytes of an array.
     *
     * @param array       where they lie.
     * @param offset      where they begin.
     * @param lengthBytes how many there are.
     * @return this.
     */
    public Key add(final byte[] array, final int offset, final int lengthBytes) {
        return bytes(BYTES, array, offset, lengthBytes);
    }

    /**
     * Adds an enum's constant, by its name: what is remembered stays right when a newer version has its constants in
     * another order. One that is null has no name, and counts as an empty text.
     *
     * @param value the field, or null.
     * @return this.
     */
    public Key add(final Enum<?> value) {
        final String name = value == null ? "" : value.name();
        final int length = name.length();
        hash.word((long) length << LENGTH_SHIFT | CONSTANT);
        keyless &= value == null;
        for (int at = 0; at < length; at += Long.BYTES / Character.BYTES) {
            long word = 0;
            for (int i = Math.min(at + Long.BYTES / Character.BYTES, length) - 1; i >= at; i--) {
                word = word << Character.SIZE | name.charAt(i);
            }
            hash.word(word);
        }
        return this;
    }

    private Key number(final long type, final long value) {
        hash.word((long) Long.BYTES << LENGTH_SHIFT | type);
        hash.word(value);
        keyless = false;
        return this;
    }

    private Key bytes(final long type, final byte[] array, final int offset, final int lengthBytes) {
        hash.word((long) lengthBytes << LENGTH_SHIFT | type);
        keyless &= lengthBytes == 0;
        final int wholeWords = lengthBytes & -Long.BYTES;
        for (int i = 0; i < wholeWords; i += Long.BYTES) {
            hash.word((long) WORD.get(array, offset + i));
        }
        if (wholeWords < lengthBytes) {
            long word = 0;
            for (int i = lengthBytes - 1; i >= wholeWords; i--) {
                word = word << Byte.SIZE | array[offset + i] & 0xFF;
            }
            hash.word(word);
        }
        return this;
    }
}
