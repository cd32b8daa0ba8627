package io.pinion.sidecar.chaos;

import io.pinion.cluster.ClusterMember;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.agrona.IoUtil;

/** One member as a process that can be killed, stopped, resumed, and started again. One thread. */
public final class MemberProcess implements AutoCloseable {
    /** What the process ends with when it has halted itself. */
    public static final int HALTED = 3;

    private final int number;
    private final Map<String, String> environment;
    private final Path workingDirectory;
    private final Path directory;
    private final Path log;
    private List<String> command;
    private Process process;

    /**
     * Describes one; nothing is started yet.
     *
     * @param number           the member's.
     * @param command          what runs it, in full.
     * @param environment      added to this process' own.
     * @param workingDirectory where it is started.
     * @param directory        where it keeps its log, its snapshots and its routes.
     * @param log              gets what it prints, of all its lives.
     */
    MemberProcess(
            final int number,
            final List<String> command,
            final Map<String, String> environment,
            final Path workingDirectory,
            final Path directory,
            final Path log) {
        this.number = number;
        this.command = List.copyOf(command);
        this.environment = Map.copyOf(environment);
        this.workingDirectory = workingDirectory;
        this.directory = directory;
        this.log = log;
    }

    int number() {
        return number;
    }

    /** How people speak of it. */
    String name() {
        return "member " + number;
    }

    Path directory() {
        return directory;
    }

    /** What it printed, in all its lives. */
    String said() {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (final IOException unreadable) {
            throw new ChaosException("what " + name() + " said can't be read: " + unreadable.getMessage(), unreadable);
        }
    }

    /**
     * What it last said of itself in this life.
     *
     * @return null while it has said nothing.
     */
    MemberReport report() {
        return MemberReport.of(directory);
    }

    /** What runs it from its next start on. */
    void become(final List<String> other) {
        command = List.copyOf(other);
    }

    /** Starts it, with the disk that it has. */
    void start() {
        if (isAlive()) {
            throw new ChaosException(name() + " runs already.");
        }
        try {
            Files.deleteIfExists(MemberReport.file(directory)); // what it said in the life before
            final ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().putAll(environment);
            process = builder.directory(workingDirectory.toFile())
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (final IOException unstartable) {
            throw new ChaosException(name() + " can't be started: " + unstartable.getMessage(), unstartable);
        }
    }

    /** What to tell of one that has ended: its last line that is no place in the code. */
    String lastWords() {
        final String last = said().lines()
                .filter(line -> !line.isBlank() && !line.startsWith("\t"))
                .reduce("", (before, line) -> line);
        return name() + " ended with " + exitCode() + ", having said \"" + last + "\"";
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** What it ended with; only when it has. */
    int exitCode() {
        return process.exitValue();
    }

    /** SIGKILL, and waits until it is gone. */
    void kill() {
        if (process != null) {
            process.destroyForcibly();
            awaitEnd(Duration.ofSeconds(60));
        }
    }

    /** SIGTERM: it ends in order. */
    void terminate() {
        process.destroy();
    }

    /** SIGSTOP: it stands still, sockets open. */
    void stop() {
        signal("STOP");
    }

    /** SIGCONT. */
    void resume() {
        signal("CONT");
    }

    private void signal(final String name) {
        try {
            final int code = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0 && process.isAlive()) {
                throw new ChaosException("SIG" + name + " could not be sent to " + name() + ".");
            }
        } catch (final IOException unstartable) {
            throw new ChaosException("there is no kill to send signals with.", unstartable);
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ChaosException("interrupted while a signal was sent.", interrupted);
        }
    }

    /** Waits for its end; false when it still runs. */
    boolean awaitEnd(final Duration timeout) {
        try {
            return process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ChaosException("interrupted while " + name() + " ended.", interrupted);
        }
    }

    /** Empties its disk; it must not run. */
    void wipe() {
        if (isAlive()) {
            throw new ChaosException(name() + " runs: kill it before its disk is wiped.");
        }
        deleteTree(directory);
    }

    /** Removes a folder and all in it, where it is there. */
    static void deleteTree(final Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes)
                        throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(final Path emptied, final IOException failure)
                        throws IOException {
                    Files.delete(emptied);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (final IOException undeletable) {
            throw new ChaosException(folder + " can't be removed: " + undeletable.getMessage(), undeletable);
        }
    }

    /** Kills it where it runs, and takes away what it left in memory. A stopped process dies of SIGKILL too. */
    @Override
    public void close() {
        kill();
        IoUtil.delete(ClusterMember.driverDirectory(directory), true);
    }
}
