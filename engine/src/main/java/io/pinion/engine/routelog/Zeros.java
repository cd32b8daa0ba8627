package io.pinion.engine.routelog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Makes a file as long as it shall be by writing zeros. A file made long without writing has no blocks: on a full disk a
 * store into its mapping would kill the process (SIGBUS), where this throws. Used by one thread.
 */
final class Zeros {
    private final ByteBuffer chunk = ByteBuffer.allocateDirect(1 << 16);

    void extend(final FileChannel channel, final int lengthBytes) throws IOException {
        long position = channel.size();
        while (position < lengthBytes) {
            chunk.clear().limit((int) Math.min(chunk.capacity(), lengthBytes - position));
            position += channel.write(chunk, position);
        }
    }
}
