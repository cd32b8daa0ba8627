package io.pinion.engine.routelog;

import org.agrona.DirectBuffer;

/** Compares bytes of two buffers, without garbage. */
final class Bytes {
    private Bytes() {}

    static boolean equal(
            final DirectBuffer one,
            final int oneOffset,
            final DirectBuffer other,
            final int otherOffset,
            final int lengthBytes) {
        int i = 0;
        for (; i + Long.BYTES <= lengthBytes; i += Long.BYTES) {
            if (one.getLong(oneOffset + i) != other.getLong(otherOffset + i)) {
                return false;
            }
        }
        for (; i < lengthBytes; i++) {
            if (one.getByte(oneOffset + i) != other.getByte(otherOffset + i)) {
                return false;
            }
        }
        return true;
    }
}
