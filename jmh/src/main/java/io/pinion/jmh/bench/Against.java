package io.pinion.jmh.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.pinion.jmh.results.Results;
import io.pinion.jmh.rig.Workplace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Two revisions in turn: each round runs the benchmarks of the graph and the codec once with the classes of one and once
 * with those of the other. A ratio moved when it did so in each round to the same side, and by more than what is by hand did, which is the same in both.
 */
final class Against {
    private static final int QUICK_ROUNDS = 5;
    private static final int ROUNDS = 7;
    private static final long BUILD_S = 600;
    private static final long ROUND_S = 900;
    /** Below this nothing is told: layouts of code and memory alone do as much. */
    private static final double LEAST = 0.03;

    /** What is by hand, or another's, and has nothing of the engine in it. */
    private static final Pattern BASELINE =
            Pattern.compile("\\.(plainLoop|disruptorByHand|chroniclePlain|bare)(\\{.*)?$");

    private final Workplace place;
    private final Consumer<String> progress;
    private final int rounds;

    Against(final Workplace place, final Consumer<String> progress, final boolean quick) {
        this.place = place;
        this.progress = progress;
        rounds = quick ? QUICK_ROUNDS : ROUNDS;
    }

    /** Compares what is checked out with another revision. @return lines for people. */
    String compare(final String revision) {
        final Path other = place.folder().resolve("other");
        run("git", 60, place.home(), "git", "worktree", "add", "--detach", other.toString(), revision);
        try {
            if (!Files.exists(other.resolve("jmh/pom.xml"))) {
                throw new IllegalStateException(
                        "the revision " + revision + " has no module jmh: name one that measures.");
            }
            progress.accept("building " + revision);
            run(
                    "the build of " + revision,
                    BUILD_S,
                    other,
                    "mvn -q -B -pl jmh -am package -Dmaven.test.skip=true -Dspotless.check.skip=true -Dcheckstyle.skip=true"
                            .split(" "));
            final Results ours = new Results();
            final Results theirs = new Results();
            for (int round = 0; round < rounds; round++) {
                progress.accept("two revisions in turn, round " + (round + 1) + " of " + rounds);
                if (round % 2 == 0) {
                    measure(place.home(), ours);
                    measure(other, theirs);
                } else {
                    measure(other, theirs);
                    measure(place.home(), ours);
                }
            }
            return text(revision, ours.figures(), theirs.figures());
        } finally {
            run("git", 60, place.home(), "git", "worktree", "remove", "--force", other.toString());
        }
    }

    private void measure(final Path checkout, final Results to) {
        final Path file = place.folder().resolve("round.json");
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(Workplace.jvmFlags());
        if (Boolean.getBoolean("jmh.ignoreLock")) {
            command.add("-Djmh.ignoreLock=true");
        }
        command.addAll(List.of("-Xms2g", "-cp"));
        command.add(checkout.resolve("jmh/target/pinion-jmh-0.1.0-SNAPSHOT.jar") + ":"
                + checkout.resolve("jmh/target/lib") + "/*");
        command.addAll(List.of("org.openjdk.jmh.Main", "\\.jmh\\.graph\\.", Suite.SOME_CODECS));
        Suite.SOME_STAGES.forEach(
                (name, values) -> command.addAll(List.of("-p", name + "=" + String.join(",", values))));
        command.addAll(List.of("-f", "1", "-wi", "3", "-w", "300ms", "-i", "3", "-r", "300ms", "-rf", "json"));
        command.addAll(List.of("-rff", file.toString()));
        run("JMH in " + checkout, ROUND_S, place.folder(), command.toArray(String[]::new));
        try {
            for (final JsonNode run : new ObjectMapper().readTree(file.toFile())) {
                to.add(
                        nameOf(run),
                        run.get("primaryMetric")
                                .get("scorePercentiles")
                                .get("50.0")
                                .asDouble());
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String nameOf(final JsonNode run) {
        final String[] path = run.get("benchmark").asText().split("\\.");
        final JsonNode params = run.path("params");
        final Map<String, String> values = new TreeMap<>();
        params.fieldNames()
                .forEachRemaining(key -> values.put(key, params.get(key).asText()));
        return path[path.length - 2] + "." + path[path.length - 1] + (values.isEmpty() ? "" : values.toString());
    }

    /**
     * What moved, and what did not. What has nothing of the engine in it is the same in both revisions: by how much that moved is noise, of the
     * minutes and of how two processes differ, which agreement of a few rounds does not tell from a change.
     */
    static String text(
            final String revision, final Map<String, List<Double>> ours, final Map<String, List<Double>> theirs) {
        final List<String> lines = new ArrayList<>();
        lines.add("Time an event beside " + revision + ": the median of the rounds, and how far they lie apart.");
        final double noise = noise(ours, theirs);
        lines.add(String.format(
                Locale.ROOT, "What is by hand is the same in both, and moved by up to %.2f: less is noise.", noise));
        lines.add("");
        int moved = 0;
        for (final Map.Entry<String, List<Double>> entry : ours.entrySet()) {
            final List<Double> before = theirs.get(entry.getKey());
            if (!areComparable(entry.getValue(), before)) {
                lines.add(String.format(Locale.ROOT, "%-50s  only here", entry.getKey()));
                continue;
            }
            final Shift shift = Shift.of(entry.getValue(), before);
            final boolean isByHand = isBaseline(entry.getKey());
            final boolean isMove = !isByHand && shift.isMove(noise);
            moved += isMove ? 1 : 0;
            lines.add(String.format(
                    Locale.ROOT,
                    "%-50s  %6.2f ×  (%.2f to %.2f)  %s",
                    entry.getKey(),
                    shift.median(),
                    shift.least(),
                    shift.most(),
                    isByHand ? "by hand" : isMove ? shift.words() : ""));
        }
        lines.add("");
        lines.add(moved == 0 ? "Nothing moved by more than the noise." : moved + " moved by more than the noise.");
        return String.join("\n", lines) + "\n";
    }

    /** How far the baselines moved at most. */
    private static double noise(final Map<String, List<Double>> ours, final Map<String, List<Double>> theirs) {
        return ours.entrySet().stream()
                .filter(entry ->
                        isBaseline(entry.getKey()) && areComparable(entry.getValue(), theirs.get(entry.getKey())))
                .mapToDouble(entry -> Math.abs(
                        Shift.of(entry.getValue(), theirs.get(entry.getKey())).median() - 1))
                .reduce(LEAST, Math::max);
    }

    private static boolean areComparable(final List<Double> ours, final List<Double> theirs) {
        return theirs != null && theirs.size() == ours.size();
    }

    private static boolean isBaseline(final String name) {
        return BASELINE.matcher(name).find();
    }

    /**
     * The ratios of the rounds.
     *
     * @param median of them.
     * @param least  of them.
     * @param most   of them.
     */
    record Shift(double median, double least, double most) {
        static Shift of(final List<Double> ours, final List<Double> theirs) {
            final List<Double> ratios = new ArrayList<>();
            for (int i = 0; i < ours.size(); i++) {
                ratios.add(ours.get(i) / theirs.get(i));
            }
            return new Shift(
                    Results.medianOf(ratios),
                    ratios.stream().min(Double::compare).orElseThrow(),
                    ratios.stream().max(Double::compare).orElseThrow());
        }

        /** In every round to the same side, and by more than the noise. */
        boolean isMove(final double noise) {
            return (least > 1 || most < 1) && Math.abs(median - 1) > noise;
        }

        String words() {
            return median > 1 ? "slower" : "faster";
        }
    }

    private void run(final String what, final long patience, final Path folder, final String... command) {
        try {
            final Path output = Files.createTempFile(place.folder(), "against-", ".txt");
            final ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            final Process process = builder.start();
            if (!process.waitFor(patience, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(what + " takes more than " + patience + " s.");
            }
            if (process.exitValue() != 0) {
                throw new IllegalStateException(what + " failed:\n" + Files.readString(output));
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
