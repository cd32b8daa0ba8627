package io.pinion.sidecar;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The producer processes of a demo: started once the sidecar runs, ended with it. One thread. */
final class DemoProducers implements AutoCloseable {
    /** How many processes. */
    static final int COUNT = 2;

    private final EdgeAddress to;
    private final int seconds;
    private final int rate;
    private final long seed;
    private final List<Process> processes = new ArrayList<>();

    DemoProducers(final EdgeAddress to, final int seconds, final int rate, final long seed) {
        this.to = to;
        this.seconds = seconds;
        this.rate = rate;
        this.seed = seed;
    }

    void start() {
        for (int i = 0; i < COUNT; i++) {
            processes.add(startOne(i));
        }
    }

    private Process startOne(final int producer) {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of("demo-producer", "--channel", to.channel(), "--stream", Integer.toString(to.stream())));
        command.addAll(List.of("--seconds", Integer.toString(seconds), "--rate", Integer.toString(rate / COUNT)));
        command.addAll(List.of("--seed", Long.toString(seed), "--producer", Integer.toString(producer)));
        try {
            return new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (final IOException e) {
            throw new SidecarException("a producer can't be started (" + e.getMessage() + ").", e);
        }
    }

    /** True once all have sent what they had to, and the sidecar has read it. */
    boolean haveEnded() {
        return !processes.isEmpty() && processes.stream().noneMatch(Process::isAlive);
    }

    /** What all of them sent. */
    FeedbackTally tally() {
        final FeedbackTally all = new FeedbackTally();
        for (final Process process : processes) {
            final int code = process.isAlive() ? -1 : process.exitValue();
            if (code != 0) {
                throw new SidecarException(
                        code < 0
                                ? "the producers had not ended when the sidecar was stopped."
                                : "a producer ended with exit code " + code + ": see what it said above.");
            }
            try (InputStream said = process.getInputStream()) {
                all.add(new ObjectMapper().readValue(said, FeedbackTally.class));
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return all;
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
    }
}
