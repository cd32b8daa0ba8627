package io.pinion.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.SystemEpochClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that adds lines and rolls files as fast as it can is killed, again and again, at any moment. */
class KeptFileKillTest {
    private static final int ROUNDS = 6;
    private static final int BUFFER_BYTES = 256;
    private static final long MAX_BYTES = 16 * 1_024;

    @TempDir
    Path directory;

    /** The process: a line is written before the next is begun. */
    static final class AddingProcess {
        private AddingProcess() {}

        public static void main(final String[] arguments) {
            long next = Long.parseLong(arguments[1]);
            try (JsonLinesPublisher publisher = open(Path.of(arguments[0]))) {
                for (long first = next; true; ) {
                    if (next - first == 100) { // by then it is at its pace
                        System.out.println("adding");
                    }
                    KeptFiles.offer(publisher, line(next++));
                    KeptFiles.settle(publisher);
                }
            }
        }
    }

    private static JsonLinesPublisher open(final Path file) {
        return JsonLinesPublisher.kept(file, new Retention(MAX_BYTES, null), BUFFER_BYTES, SystemEpochClock.INSTANCE);
    }

    private static String line(final long n) {
        return "{\"n\":" + n + ",\"x\":\"" + "y".repeat((int) (n % 100)) + "\"}";
    }

    @Test
    void shouldKeepEveryLineOnceInOrderUpToTheBoundWhereverItIsKilled() throws Exception {
        final Path file = directory.resolve("dead-letters.jsonl");
        final Random random = new Random(7);
        long next = 0;
        for (int round = 0; round < ROUNDS; round++) {
            kill(start(file, next), random.nextInt(80));
            open(file).close();
            final List<String> lines = KeptFiles.lines(file);
            next = check(lines, next);
            assertThat(lines.stream().mapToInt(line -> line.length() + 1).sum()).isLessThanOrEqualTo((int) MAX_BYTES);
        }
        assertThat(next).isGreaterThan(100 * ROUNDS);
    }

    /** The end of all lines, whole and in order; the number of the next. */
    private static long check(final List<String> lines, final long before) {
        final List<String> expected = new ArrayList<>();
        final long first = number(lines.get(0));
        for (int i = 0; i < lines.size(); i++) {
            expected.add(line(first + i));
        }
        assertThat(lines).isEqualTo(expected);
        assertThat(first + lines.size()).isGreaterThanOrEqualTo(before);
        return first + lines.size();
    }

    private static long number(final String line) {
        return Long.parseLong(line.substring(line.indexOf(':') + 1, line.indexOf(',')));
    }

    private static Process start(final Path file, final long next) throws IOException {
        final String java =
                Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return new ProcessBuilder(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--add-opens",
                        "java.base/jdk.internal.misc=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AddingProcess.class.getName(),
                        file.toString(),
                        Long.toString(next))
                .redirectErrorStream(true)
                .start();
    }

    private static void kill(final Process process, final int afterMs) throws Exception {
        final byte[] line = process.getInputStream().readNBytes("adding\n".length());
        assertThat(new String(line, StandardCharsets.US_ASCII)).isEqualTo("adding\n");
        Thread.sleep(afterMs);
        assertThat(process.isAlive()).isTrue();
        process.destroyForcibly();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
}
