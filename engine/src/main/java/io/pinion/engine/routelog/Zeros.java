package io.pinion.engine.routelog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Makes a file as long as it shall be by writing zeros. A file made long without writing has no blocks: on a full disk a
 * store into its mapping would kill the process (SIGBUS), where this throws. Used by one thread.
 */
final class Zeros {
    private static final int CHUNK_BYTES = 1 << 16;

    /** Kept, since memory outside the heap is only given back by a collection. */
    private ByteBuffer chunk;

    void extend(final FileChannel channel, final int lengthBytes) throws IOException {
        long position = channel.size();
        if (position < lengthBytes && chunk == null) {
            chunk = ByteBuffer.allocateDirect(CHUNK_BYTES);
        }
        while (position < lengthBytes) {
            chunk.clear().limit((int) Math.min(chunk.capacity(), lengthBytes - position));
            position += channel.write(chunk, position);
        }
    }
}
