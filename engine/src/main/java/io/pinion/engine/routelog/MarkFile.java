package io.pinion.engine.routelog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Function;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The marks of a route log that survive a restart, each of them two numbers, kept twice, on sectors of their own.
 *
 * <pre>
 *      0  confirmed, copy 0      Each copy: +0  generation, higher is younger
 *    512  confirmed, copy 1                 +8  a position
 *   1024  forced, copy 0                    +16 another number
 *   1536  forced, copy 1                    +24 CRC32C of the 24 bytes before, and a constant
 * </pre>
 */
final class MarkFile {
    static final String FILE = "marks";
    static final int BYTES = 4_096;

    private final MappedByteBuffer mapped;
    private final Mark confirmed;
    private final Mark forced;

    private MarkFile(final MappedByteBuffer mapped, final UnsafeBuffer buffer) {
        this.mapped = mapped;
        confirmed = new Mark("confirmed", buffer, mapped.duplicate(), 0);
        forced = new Mark("forced", buffer, mapped.duplicate(), 1_024);
    }

    static MarkFile open(final Path directory, final Function<ByteBuffer, UnsafeBuffer> view) throws IOException {
        final Path file = directory.resolve(FILE);
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            new Zeros().extend(channel, BYTES);
            final MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES);
            return new MarkFile(mapped, view.apply(mapped));
        }
    }

    /** Up to which position all was confirmed. Written by the log's writer. */
    Mark confirmed() {
        return confirmed;
    }

    /** Up to which position all is on disk, and under which boot of the machine. Written under the lock of force. */
    Mark forced() {
        return forced;
    }

    void force() {
        mapped.force();
    }

    void close() {
        IoUtil.unmap(mapped);
    }
}
