package io.pinion.engine.routelog;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/** A process of its own that appends, reads and confirms until it is killed; what it was told, it notes in a mapped file. */
final class AppendingProcess {
    static final int APPENDED = 0;
    static final int CONFIRMED = 8;

    private AppendingProcess() {}

    static Process start(final Path directory, final Path notes) throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx64m"));
        command.addAll(List.of("--add-opens", "java.base/jdk.internal.misc=ALL-UNNAMED"));
        command.addAll(List.of("--add-opens", "java.base/sun.nio.ch=ALL-UNNAMED"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), AppendingProcess.class.getName()));
        command.addAll(List.of(directory.toString(), notes.toString()));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    static UnsafeBuffer notes(final Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            final MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, 16);
            return new UnsafeBuffer(mapped);
        }
    }

    /** Appends from where the log ends; a few earlier ones first, as after a restart. Then says so on a line. */
    public static void main(final String[] arguments) throws IOException {
        final UnsafeBuffer notes = notes(Path.of(arguments[1]));
        final Records records = new Records();
        final RouteLogConfig config =
                RouteLogConfig.in(Path.of(arguments[0])).segmentBytes(65_536).maxBytes(400_000);
        try (RouteLog log = RouteLog.open(config);
                RouteLogReader reader = log.newReader()) {
            System.out.println("appending");
            long sequence = Math.max(0, log.writer().nextSequence() - 5);
            while (true) {
                final AppendResult result = records.append(log, Records.RUN, sequence);
                if (result == AppendResult.APPENDED) {
                    notes.putLongRelease(APPENDED, sequence + 1);
                }
                if (result != AppendResult.FULL && result != AppendResult.NOT_READY) {
                    sequence++;
                }
                if (result == AppendResult.FULL || sequence % 3 == 0) {
                    if (reader.next()) {
                        log.writer().confirm(Records.RUN, reader.sequence());
                        notes.putLongRelease(CONFIRMED, reader.sequence() + 1);
                    }
                }
            }
        }
    }
}
