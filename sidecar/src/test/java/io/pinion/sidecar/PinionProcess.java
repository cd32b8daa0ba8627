package io.pinion.sidecar;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** Pinion as a user starts it: {@code ./pinion} in a process of its own, built already, on the JDK of the tests. */
final class PinionProcess implements AutoCloseable {
    private static final long PATIENCE_S = 300;

    private final Process process;
    private final Path out;
    private final Path err;

    private PinionProcess(final Process process, final Path out, final Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** The checkout: the tests run in its module. */
    static Path home() {
        return Path.of("").toAbsolutePath().getParent();
    }

    static PinionProcess start(final Path folder, final Object... args) {
        final List<String> command = new ArrayList<>();
        command.add(home().resolve("pinion").toString());
        for (final Object arg : args) {
            command.add(arg.toString());
        }
        return start(folder, Map.of(), command);
    }

    static PinionProcess start(final Path folder, final Map<String, String> environment, final List<String> command) {
        try {
            final Path out = Files.createTempFile(folder, "stdout", ".txt");
            final Path err = Files.createTempFile(folder, "stderr", ".txt");
            final ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().put("PINION_BUILD", "never");
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            builder.environment().putAll(environment);
            builder.environment().values().removeIf(String::isEmpty);
            return new PinionProcess(builder.start(), out, err);
        } catch (final IOException unstartable) {
            throw new UncheckedIOException(unstartable);
        }
    }

    /** Starts it and waits for its end. */
    static CommandResult run(final Path folder, final Object... args) {
        try (PinionProcess process = start(folder, args)) {
            return process.awaitEnd();
        }
    }

    CommandResult awaitEnd() {
        try {
            if (!process.waitFor(PATIENCE_S, SECONDS)) {
                throw new AssertionError("it still runs after " + PATIENCE_S + " s; it said:\n" + out() + err());
            }
            return new CommandResult(process.exitValue(), out(), err());
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(interrupted);
        }
    }

    /** Waits until it has printed this, on either stream. */
    PinionProcess awaitText(final String text) {
        Awaitility.await("\"" + text + "\"")
                .atMost(PATIENCE_S, SECONDS)
                .until(() -> !process.isAlive() || (out() + err()).contains(text));
        assertThat(out() + err()).contains(text);
        return this;
    }

    void signal(final String name) {
        try {
            new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
        } catch (final IOException unstartable) {
            throw new UncheckedIOException(unstartable);
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether this process ignores a signal, and so each that it starts; false where that can't be known. */
    static boolean isIgnored(final int signal) {
        final Path status = Path.of("/proc/self/status");
        return Files.exists(status)
                && read(status)
                        .lines()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .map(line -> Long.parseUnsignedLong(
                                line.substring("SigIgn:".length()).trim(), 16))
                        .anyMatch(ignored -> (ignored >>> signal - 1 & 1) == 1);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String out() {
        return read(out);
    }

    String err() {
        return read(err);
    }

    private static String read(final Path file) {
        try {
            return Files.readString(file);
        } catch (final IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void close() {
        // Its folder is deleted next, which fails while somebody still writes there.
        process.destroyForcibly().onExit().join();
    }
}
