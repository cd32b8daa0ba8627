package io.pinion.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Numbers in a byte array, little endian, as BinaryWire lays them out. Nothing but the array's own bounds is checked. */
final class LittleEndian {
    private static final VarHandle SHORTS = view(short[].class);
    private static final VarHandle INTS = view(int[].class);
    private static final VarHandle LONGS = view(long[].class);

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
