package io.pinion.sidecar;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.pinion.engine.Account;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** A {@link RunReport} for programs. */
final class JsonReport {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private JsonReport() {}

    /**
     * Writes one.
     *
     * @param report what to write.
     * @param file   where to; replaced when it is there.
     */
    static void write(final RunReport report, final Path file) {
        try {
            if (file.toAbsolutePath().getParent() != null) {
                Files.createDirectories(file.toAbsolutePath().getParent());
            }
            Files.writeString(file, MAPPER.writeValueAsString(asMap(report)) + "\n");
        } catch (final IOException unwritable) {
            throw new SidecarException(
                    "the report can't be written to " + file + " (" + unwritable.getMessage() + ").", unwritable);
        }
    }

    static Map<String, Object> asMap(final RunReport report) {
        final Account account = report.account();
        final Map<String, Object> json = new LinkedHashMap<>();
        json.put("graph", report.graph());
        json.put("logId", report.logId());
        json.put("layout", report.layout());
        json.put("threads", report.threads());
        json.put("seconds", report.elapsedNs() / 1e9);
        json.put("in", account.in());
        json.put("routed", account.routed());
        json.put("dropped", account.dropped());
        json.put("dead", account.dead());
        json.put("ingress", Map.of("dead", account.ingress().dead()));
        json.put("stages", account.stages().stream().map(JsonReport::stage).toList());
        json.put("tables", account.tables().stream().map(JsonReport::table).toList());
        json.put("route", Map.of("dead", account.deadAtRoute()));
        json.put(
                "targets",
                account.targets().stream().map(target -> target(target, report)).toList());
        json.put("deadLetters", target(account.deadLetters(), report));
        json.put("latencyNs", latency(report.latency()));
        json.put("errors", report.errors());
        json.put("accountCloses", report.gaps().isEmpty());
        json.put("gaps", report.gaps());
        json.put("notes", report.notes());
        return json;
    }

    private static Map<String, Object> stage(final Account.StageCount stage) {
        final Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", stage.name());
        json.put("in", stage.in());
        json.put("passed", stage.passed());
        json.put("dropped", stage.dropped());
        json.put("dead", stage.dead());
        json.put("counters", stage.counters());
        return json;
    }

    private static Map<String, Object> table(final Account.TableCount table) {
        final Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", table.name());
        json.put("changes", table.changes());
        json.put("dead", table.dead());
        json.put("swaps", table.swaps());
        return json;
    }

    private static Map<String, Object> target(final Account.TargetCount target, final RunReport report) {
        final Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", target.name());
        json.put("routed", target.routed());
        json.put("delivered", target.delivered());
        json.put("dropped", target.dropped());
        json.put("dead", target.dead());
        json.put("onDisk", target.onDisk());
        json.put("pending", target.pending());
        json.put("retired", target.retired());
        json.put("output", report.outputs().get(target.name()));
        return json;
    }

    private static Map<String, Object> latency(final Map<String, Histogram> hops) {
        final Map<String, Object> json = new LinkedHashMap<>();
        hops.forEach((hop, histogram) -> {
            if (histogram.getTotalCount() > 0) {
                final Map<String, Object> values = new LinkedHashMap<>();
                values.put("events", histogram.getTotalCount());
                values.put("p50", histogram.getValueAtPercentile(50));
                values.put("p90", histogram.getValueAtPercentile(90));
                values.put("p99", histogram.getValueAtPercentile(99));
                values.put("p99.9", histogram.getValueAtPercentile(99.9));
                values.put("p99.99", histogram.getValueAtPercentile(99.99));
                values.put("max", histogram.getMaxValue());
                json.put(hop, values);
            }
        });
        return json;
    }
}
