package io.pinion.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.agrona.UnsafeApi;

/** Numbers in a byte array, little endian, as BinaryWire lays them out. At most the array's own bounds are checked. */
final class LittleEndian {
    private static final VarHandle SHORTS = view(short[].class);
    private static final VarHandle INTS = view(int[].class);
    private static final VarHandle LONGS = view(long[].class);

    private static final long FIRST = UnsafeApi.arrayBaseOffset(byte[].class);
    private static final boolean IS_NATIVE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    private LittleEndian() {}

    private static VarHandle view(final Class<?> arrayClass) {
        return MethodHandles.byteArrayViewVarHandle(arrayClass, ByteOrder.LITTLE_ENDIAN);
    }

    static short getShort(final byte[] bytes, final int at) {
        return (short) SHORTS.get(bytes, at);
    }

    static int getInt(final byte[] bytes, final int at) {
        return (int) INTS.get(bytes, at);
    }

    static long getLong(final byte[] bytes, final int at) {
        return (long) LONGS.get(bytes, at);
    }

    /**
     * The same as {@link #getLong} for who has made sure that eight bytes are there, which is not looked at again: these
     * looks were a tenth of what it takes to read a usual field.
     */
    static long word(final byte[] bytes, final long at) {
        assert at >= 0 && at <= bytes.length - Long.BYTES : at + " of " + bytes.length;
        final long word = UnsafeApi.getLong(bytes, FIRST + at);
        return IS_NATIVE ? word : Long.reverseBytes(word);
    }

    /** The byte here, from 0 to 255, for who has made sure that it is there. */
    static int unsigned(final byte[] bytes, final long at) {
        assert at >= 0 && at < bytes.length : at + " of " + bytes.length;
        return UnsafeApi.getByte(bytes, FIRST + at) & 0xFF;
    }

    /** The same as {@link #putLong}, as {@link #word} is to {@link #getLong}. */
    static void putWord(final byte[] bytes, final long at, final long value) {
        assert at >= 0 && at <= bytes.length - Long.BYTES : at + " of " + bytes.length;
        UnsafeApi.putLong(bytes, FIRST + at, IS_NATIVE ? value : Long.reverseBytes(value));
    }

    /** Writes a byte, for who has made sure that it is there. */
    static void putByte(final byte[] bytes, final long at, final int value) {
        assert at >= 0 && at < bytes.length : at + " of " + bytes.length;
        UnsafeApi.putByte(bytes, FIRST + at, (byte) value);
    }

    static void putShort(final byte[] bytes, final int at, final short value) {
        SHORTS.set(bytes, at, value);
    }

    static void putInt(final byte[] bytes, final int at, final int value) {
        INTS.set(bytes, at, value);
    }

    static void putLong(final byte[] bytes, final int at, final long value) {
        LONGS.set(bytes, at, value);
    }
}
