package io.pinion.jmh.rig;

import io.pinion.jmh.job.JobEvents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Where measurements are made: the checkout, a folder for what is passing, the cores, and how Java is started, with the
 * flags of this process, which are those of {@code ./pinion}.
 *
 * @param home      the checkout.
 * @param folder    for files that nobody needs afterwards.
 * @param rigCore   of the load rig; below 0 for none.
 * @param otherCore of what is measured; below 0 for none.
 */
public record Workplace(Path home, Path folder, int rigCore, int otherCore) {
    /**
     * What graphs are found by.
     *
     * @return the jar of this module.
     */
    public Path jobJar() {
        return home.resolve("jmh/target/pinion-jmh-0.1.0-SNAPSHOT.jar");
    }

    /**
     * A class of this module as a process.
     *
     * @param main its class.
     * @param args of it.
     * @return the command.
     */
    public List<String> java(final Class<?> main, final Object... args) {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmFlags());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        for (final Object arg : args) {
            command.add(arg.toString());
        }
        return command;
    }

    /**
     * The sidecar as a user starts it.
     *
     * @param args after {@code ./pinion}.
     * @return the command.
     */
    public List<String> pinion(final Object... args) {
        final List<String> command = new ArrayList<>();
        command.add(home.resolve("pinion").toString());
        for (final Object arg : args) {
            command.add(arg.toString());
        }
        return command;
    }

    /**
     * The flags of this JVM, for others.
     *
     * @return those that open packages and tune.
     */
    public static List<String> jvmFlags() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("--add-")
                        || flag.startsWith("--enable-native")
                        || flag.startsWith("--sun-misc")
                        || flag.startsWith("-XX:")
                        || flag.startsWith("-Xshare"))
                .toList();
    }

    /**
     * A shipped profile with other addresses, all else as it is.
     *
     * @param name    of the profile.
     * @param ingress the channel that takes the place of its own.
     * @param egress  likewise.
     * @param driver  the directory of its embedded media driver; null for one of its own choice.
     * @return the file.
     */
    public Path profile(final String name, final String ingress, final String egress, final Path driver) {
        try {
            final String shipped = Files.readString(home.resolve("configs/profiles/" + name + ".yaml"));
            String text = replaced(shipped, "aeron:udp?endpoint=localhost:20121", ingress);
            text = replaced(text, "aeron:udp?endpoint=localhost:2{stream}", egress);
            if (driver != null) {
                text = replaced(text, "driver: embedded", "driver: embedded\n  directory: " + driver);
            }
            return Files.writeString(Files.createTempFile(folder, name + "-", ".yaml"), text);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A text with something else in a place.
     *
     * @param text a shipped profile's.
     * @param what has to stand there.
     * @param with takes its place, everywhere.
     * @return the text.
     */
    public static String replaced(final String text, final String what, final String with) {
        if (!text.contains(what)) {
            throw new IllegalStateException("the profile no longer has " + what + ": see who replaces it");
        }
        return text.replace(what, with);
    }

    /**
     * The rows of the job's table.
     *
     * @return a file of JSON lines, made when it is first asked for.
     */
    public Path items() {
        try {
            final Path file = folder.resolve("items.jsonl");
            if (!Files.exists(file)) {
                Files.writeString(
                        file,
                        LongStream.range(0, JobEvents.ROWS)
                                .mapToObj(
                                        item -> "{\"itemId\":" + item + ",\"price\":" + JobEvents.priceOf(item) + "}\n")
                                .collect(Collectors.joining()));
            }
            return file;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
