package io.pinion.cluster;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import org.agrona.DirectBuffer;

/** The rows in a SWAP: each its length, then its frame. */
final class SwapRows {
    private SwapRows() {}

    /** The length of the row that begins with it at an offset. */
    static int length(final DirectBuffer buffer, final int at) {
        return buffer.getInt(at, LITTLE_ENDIAN);
    }

    /** Whether the message has the rows it says, and nothing else. */
    static boolean isWhole(final DirectBuffer buffer, final int offset, final int lengthBytes) {
        final int rows = ClusterMessages.swapRows(buffer, offset);
        if (ClusterMessages.swapStep(buffer, offset) != ClusterMessages.SWAP_ROWS && rows != 0) {
            return false;
        }
        int left = lengthBytes - ClusterMessages.SWAP_HEADER_BYTES;
        for (int i = 0; i < rows; i++) {
            if (left < Integer.BYTES) {
                return false;
            }
            final int row = length(buffer, offset + lengthBytes - left);
            if (row < 0 || row > left - Integer.BYTES) {
                return false;
            }
            left -= Integer.BYTES + row;
        }
        return rows >= 0 && left == 0;
    }
}
