package io.pinion.jmh.bench;

import io.pinion.jmh.rig.Workplace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What a measurement was made on: without it, its numbers mean nothing. */
final class MeasuredOn {
    private MeasuredOn() {}

    /** All of it, by name, for people and programs. Read before anything runs. */
    static Map<String, String> read(final Workplace place) {
        final Map<String, String> environment = new LinkedHashMap<>();
        environment.put("revision", revision(place.home()));
        environment.put("processor", processor());
        environment.put(
                "cores",
                Runtime.getRuntime().availableProcessors() + "; the rig on " + core(place.rigCore())
                        + ", what it measures on " + core(place.otherCore()));
        environment.put("memory", memoryMib() == 0 ? "unknown" : memoryMib() + " MiB");
        environment.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        environment.put("JDK", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        environment.put("flags", String.join(" ", Workplace.jvmFlags()));
        environment.put("layout", "one-thread, the media driver invoked on it; profile low-latency");
        environment.put("load before", firstLine("/proc/loadavg", "unknown"));
        return environment;
    }

    /** The commit, and whether something is changed since. */
    static String revision(final Path home) {
        final String head = git(home, "rev-parse", "--short=10", "HEAD");
        if (head.isEmpty()) {
            return "unknown";
        }
        return git(home, "status", "--porcelain").isEmpty() ? head : head + "-changed";
    }

    private static String core(final int core) {
        return core < 0 ? "any core" : "core " + core;
    }

    private static String processor() {
        return valueIn("/proc/cpuinfo", "model name", System.getProperty("os.arch"));
    }

    /** The machine's, in MiB; 0 where it doesn't tell. */
    static long memoryMib() {
        final String total = valueIn("/proc/meminfo", "MemTotal", "");
        return total.isEmpty() ? 0 : Long.parseLong(total.replaceAll("\\D", "")) / 1024;
    }

    private static String valueIn(final String file, final String key, final String otherwise) {
        try {
            return Files.readAllLines(Path.of(file)).stream()
                    .filter(line -> line.startsWith(key))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse(otherwise);
        } catch (final IOException e) {
            return otherwise;
        }
    }

    private static String firstLine(final String file, final String otherwise) {
        try {
            return Files.readString(Path.of(file)).lines().findFirst().orElse(otherwise);
        } catch (final IOException e) {
            return otherwise;
        }
    }

    private static String git(final Path home, final String... args) {
        try {
            final List<String> command = new java.util.ArrayList<>(List.of("git", "-C", home.toString()));
            command.addAll(List.of(args));
            final Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            final String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0 ? out.strip() : "";
        } catch (final IOException e) {
            return "";
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
