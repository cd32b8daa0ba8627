package io.pinion.jmh.results;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/**
 * A run and what it showed, as files and as text; each ends in the targets.
 *
 * @param title       of the run.
 * @param environment that it was made in, by name.
 * @param results     of it.
 */
public record Report(String title, Map<String, String> environment, Results results) {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final double[] PERCENTILES = {50, 90, 99, 99.9, 99.99, 100};

    /**
     * Writes {@code results.json}, {@code index.html}, and its plots by themselves to {@code plots}.
     *
     * @param folder made where it is not there.
     */
    public void write(final Path folder) {
        try {
            Files.createDirectories(folder);
            final Path newest = folder.resolve("results.json.new");
            MAPPER.writeValue(newest.toFile(), json());
            Files.move(newest, folder.resolve("results.json"), StandardCopyOption.REPLACE_EXISTING);
            final Page page = new Page(this);
            Files.writeString(folder.resolve("index.html"), page.html());
            final Path plots = Files.createDirectories(folder.resolve("plots"));
            for (final Map.Entry<String, String> plot : page.plots().entrySet()) {
                Files.writeString(plots.resolve(plot.getKey()), plot.getValue());
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, Object> json() {
        final Map<String, Object> json = new LinkedHashMap<>();
        json.put("title", title);
        json.put("environment", environment);
        json.put("notes", results.notes());
        json.put("figures", results.figures());
        final Map<String, Object> latencies = new LinkedHashMap<>();
        results.latencies().forEach((name, latency) -> latencies.put(name, percentiles(latency)));
        json.put("latenciesNs", latencies);
        json.put("targets", Targets.judge(results).stream().map(Report::json).toList());
        return json;
    }

    private static Map<String, Object> percentiles(final Histogram latency) {
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("count", latency.getTotalCount());
        for (final double percentile : PERCENTILES) {
            values.put(
                    percentile == 100 ? "max" : "p" + String.valueOf(percentile).replace(".0", ""),
                    latency.getValueAtPercentile(percentile));
        }
        return values;
    }

    private static Map<String, Object> json(final Target.Verdict verdict) {
        final Map<String, Object> json = new LinkedHashMap<>();
        json.put("part", verdict.target().part());
        json.put("target", verdict.target().name());
        verdict.value().ifPresent(value -> json.put("value", value));
        json.put("bound", verdict.target().boundText());
        json.put("outcome", verdict.outcome().toString());
        return json;
    }

    /**
     * The targets for a terminal, what should be known before them; in one line those of a part that was left out.
     *
     * @return lines.
     */
    public String text() {
        final Map<String, List<Target.Verdict>> byPart = Targets.judge(results).stream()
                .collect(Collectors.groupingBy(
                        verdict -> verdict.target().part(), LinkedHashMap::new, Collectors.toList()));
        final List<String> lines = new ArrayList<>(results.notes());
        if (!lines.isEmpty()) {
            lines.add("");
        }
        byPart.forEach((part, verdicts) -> {
            if (verdicts.stream().allMatch(verdict -> verdict.outcome() == Target.Outcome.NOT_MEASURED)) {
                lines.add(String.format(
                        Locale.ROOT, "%-9s  %d targets, none of which was measured", part, verdicts.size()));
            } else {
                addTargets(lines, verdicts);
            }
        });
        lines.add("");
        lines.add(summary());
        return String.join("\n", lines) + "\n";
    }

    private static void addTargets(final List<String> lines, final List<Target.Verdict> ofOnePart) {
        final int width = Targets.all().stream()
                .mapToInt(target -> target.name().length())
                .max()
                .orElse(0);
        String part = ofOnePart.get(0).target().part();
        for (final Target.Verdict verdict : ofOnePart) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%-9s  %-" + width + "s  %14s  %-18s  %s",
                    part,
                    verdict.target().name(),
                    verdict.valueText(),
                    verdict.target().boundText(),
                    verdict.outcome()));
            part = "";
        }
    }

    /**
     * How many targets hold.
     *
     * @return a sentence.
     */
    public String summary() {
        return String.format(
                "%d targets hold, %d don't, %d were not measured.",
                count(Target.Outcome.HOLDS), count(Target.Outcome.MISSED), count(Target.Outcome.NOT_MEASURED));
    }

    /**
     * How many targets came out so.
     *
     * @param outcome that is counted.
     * @return targets.
     */
    public long count(final Target.Outcome outcome) {
        return Targets.judge(results).stream()
                .filter(verdict -> verdict.outcome() == outcome)
                .count();
    }
}
