package io.pinion.jmh.rig;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** A process that is measured, or measures; what it prints lies in a file. Used by one thread. */
public final class Subprocess implements AutoCloseable {
    private static final long STOP_S = 30;
    /** Ctrl-C goes to all processes of a terminal: a second signal would cut short what the first has begun. */
    private static final long OWN_ACCORD_S = 1;

    private static final long STOP_WITH_US_S = 10;

    private final String name;
    private final Process process;
    private final Path output;
    private final AtomicBoolean isStopAsked = new AtomicBoolean();
    private volatile boolean isPaused;
    private final Thread atExit = new Thread(this::stopWithUs, "stop-child");

    private Subprocess(final String name, final Process process, final Path output) {
        this.name = name;
        this.process = process;
        this.output = output;
        // Whoever ends the measurement by Ctrl-C leaves nothing behind that goes on.
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Starts one.
     *
     * @param name    for sentences about it.
     * @param folder  it works in.
     * @param command of it.
     * @return it; close it.
     */
    public static Subprocess start(final String name, final Path folder, final List<String> command) {
        return start(name, folder, command, "");
    }

    /**
     * Starts one with more flags for the JVM of {@code ./pinion}.
     *
     * @param name    for sentences about it.
     * @param folder  it works in.
     * @param command of it.
     * @param flags   separated by spaces.
     * @return it; close it.
     */
    public static Subprocess start(
            final String name, final Path folder, final List<String> command, final String flags) {
        try {
            final Path output = Files.createTempFile(folder, name + "-", ".txt");
            final ProcessBuilder builder = builder(folder, command, flags)
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(output.toFile());
            return new Subprocess(name, builder.start(), output);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts one that is told when to go on, and tells in turn: see {@link #tell} and {@link #hears}.
     *
     * @param name    for sentences about it.
     * @param folder  it works in.
     * @param command of it.
     * @return it; close it.
     */
    static Subprocess startInTurn(final String name, final Path folder, final List<String> command) {
        try {
            final Path output = Files.createTempFile(folder, name + "-", ".txt");
            return new Subprocess(
                    name,
                    builder(folder, command, "").redirectError(output.toFile()).start(),
                    output);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProcessBuilder builder(final Path folder, final List<String> command, final String flags) {
        final ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("PINION_BUILD", "never");
        builder.environment().put("PINION_JAVA_OPTS", flags);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder;
    }

    /** Writes a byte to its standard input. */
    void tell(final int what) {
        try {
            process.getOutputStream().write(what);
            process.getOutputStream().flush();
        } catch (final IOException e) {
            throw new IllegalStateException(name + " takes no turn:\n" + printed(), e);
        }
    }

    /** Waits for a byte on its standard output, whatever comes before; false where that ends without it. */
    boolean hears(final int what, final long seconds) {
        final long fromNs = System.nanoTime();
        final InputStream out = process.getInputStream();
        try {
            while (System.nanoTime() - fromNs < TimeUnit.SECONDS.toNanos(seconds)) {
                final boolean hasEnded = !process.isAlive();
                while (out.available() > 0) {
                    if (out.read() == what) {
                        return true;
                    }
                }
                if (hasEnded) {
                    return false;
                }
                Thread.sleep(1);
            }
            throw new IllegalStateException(name + " says nothing for " + seconds + " s:\n" + printed());
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits until it has printed something. */
    void awaitPrinted(final String what, final long seconds) {
        final long fromNs = System.nanoTime();
        while (!printed().contains(what)) {
            requireAlive();
            if (System.nanoTime() - fromNs > TimeUnit.SECONDS.toNanos(seconds)) {
                throw new IllegalStateException(
                        name + " does not say \"" + what + "\" within " + seconds + " s:\n" + printed());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    /** Stops all its threads, as Ctrl-Z does, until {@link #resume}. */
    void pause() {
        isPaused = true;
        signal("STOP");
    }

    /** Lets it go on. */
    void resume() {
        signal("CONT");
        isPaused = false;
    }

    private void signal(final String what) {
        try {
            if (process.isAlive()
                    && new ProcessBuilder("kill", "-" + what, String.valueOf(process.pid()))
                                    .redirectErrorStream(true)
                                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                    .start()
                                    .waitFor()
                            != 0) {
                requireAlive();
                throw new IllegalStateException("kill -" + what + " failed for " + name);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /**
     * Its process id.
     *
     * @return as the system has it.
     */
    public long pid() {
        return process.pid();
    }

    /** Fails, with what it printed, if it has ended. */
    public void requireAlive() {
        if (!process.isAlive()) {
            throw new IllegalStateException(name + " ended with " + process.exitValue() + ":\n" + printed());
        }
    }

    /**
     * Waits for its end.
     *
     * @param seconds the patience.
     */
    public void awaitSuccess(final long seconds) {
        try {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                throw new IllegalStateException(name + " still runs after " + seconds + " s:\n" + printed());
            }
            if (process.exitValue() != 0) {
                throw new IllegalStateException(name + " ended with " + process.exitValue() + ":\n" + printed());
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /**
     * What it printed so far.
     *
     * @return its output and errors.
     */
    public String printed() {
        try {
            return Files.readString(output);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Asks it to stop, and waits until it has; kills it when it doesn't.
     *
     * @return its exit code.
     */
    public int stop() {
        askToStop();
        try {
            if (!process.waitFor(STOP_S, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            forget();
        } catch (final InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return -1;
        }
        return process.exitValue();
    }

    /** Asks it to stop, by SIGTERM, and returns at once. A sidecar that is asked twice does not clean up: it is asked once. */
    public void askToStop() {
        if (!isStopAsked.getAndSet(true)) {
            process.destroy();
            if (isPaused) { // it would hear of it only then
                resume();
            }
        }
    }

    private void stopWithUs() {
        try {
            if (isPaused) {
                resume();
            }
            if (process.waitFor(OWN_ACCORD_S, TimeUnit.SECONDS)) {
                return;
            }
            askToStop();
            if (!process.waitFor(STOP_WITH_US_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (final InterruptedException e) {
            process.destroyForcibly();
        }
    }

    /** It has ended. */
    private void forget() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (final IllegalStateException exiting) {
            // it is run, then, and finds that there is nothing to do
        }
    }

    /**
     * Kills it with SIGKILL, and waits until it is gone.
     *
     * @return when the signal was sent, of {@link System#nanoTime}, which all processes of a host share.
     */
    public long kill() {
        final long atNs = System.nanoTime();
        process.destroyForcibly();
        try {
            process.waitFor();
            forget();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return atNs;
    }

    /** Stops it, if it has not ended. */
    @Override
    public void close() {
        stop();
    }
}
