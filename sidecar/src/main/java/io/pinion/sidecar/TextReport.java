package io.pinion.sidecar;

import io.pinion.engine.Account;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** A {@link RunReport} for people. */
final class TextReport {
    private static final String INDENT = "  ";
    private static final double[] PERCENTILES = {50, 90, 99, 99.9};

    private final RunReport report;
    private final Account account;
    private final StringBuilder text = new StringBuilder();

    private TextReport(final RunReport report) {
        this.report = report;
        account = report.account();
    }

    static String of(final RunReport report) {
        return new TextReport(report).build();
    }

    private String build() {
        text.append(report.graph())
                .append(": ")
                .append(Units.of(account.in(), "event"))
                .append(" in ")
                .append(Units.seconds(report.elapsedNs()))
                .append(", ")
                .append(Units.rate(account.in(), report.elapsedNs()))
                .append(", ")
                .append(report.layout())
                .append("\n\n");
        addStages();
        addTables();
        addTargets();
        addLatency();
        addErrors();
        addAccount();
        report.notes().forEach(note -> text.append("Note: ").append(note).append('\n'));
        return text.toString();
    }

    private void addStages() {
        final Columns columns = new Columns("lrrrrl");
        columns.row("stage", "in", "passed", "dropped", "dead", "");
        final List<Account.StageCount> stages = new ArrayList<>();
        stages.add(account.ingress());
        stages.addAll(account.stages());
        for (final Account.StageCount stage : stages) {
            columns.row(
                    stage.name(),
                    Units.count(stage.in()),
                    Units.count(stage.passed()),
                    Units.count(stage.droppedInAll()),
                    Units.count(stage.dead()),
                    remarks(stage));
        }
        columns.row(
                "route",
                Units.count(account.routed() + account.deadAtRoute()),
                Units.count(account.routed()),
                Units.count(0),
                Units.count(account.deadAtRoute()),
                "");
        columns.appendTo(text, INDENT);
        text.append('\n');
    }

    /** Why it dropped, and what it counted for itself. */
    private static String remarks(final Account.StageCount stage) {
        final List<String> remarks = new ArrayList<>();
        addCounts(stage.dropped(), "dropped: ", remarks);
        addCounts(stage.counters(), "", remarks);
        return String.join("; ", remarks);
    }

    private static void addCounts(final Map<String, Long> counts, final String before, final List<String> remarks) {
        final String joined = counts.entrySet().stream()
                .filter(count -> count.getValue() != 0)
                .map(count -> Units.count(count.getValue()) + " " + count.getKey())
                .collect(Collectors.joining(", "));
        if (!joined.isEmpty()) {
            remarks.add(before + joined);
        }
    }

    private void addTables() {
        final Columns columns = new Columns("lrrr");
        columns.row("table", "changes", "dead", "swaps");
        final List<Account.TableCount> changed = account.tables().stream()
                .filter(table -> table.changes() + table.swaps() > 0)
                .toList();
        if (changed.isEmpty()) {
            return;
        }
        changed.forEach(table -> columns.row(
                table.name(), Units.count(table.changes()), Units.count(table.dead()), Units.count(table.swaps())));
        columns.appendTo(text, INDENT);
        text.append('\n');
    }

    private void addTargets() {
        final Columns columns = new Columns("lrrl");
        final boolean isPending = account.deadLetters().pending() != 0
                || account.targets().stream().anyMatch(target -> target.pending() != 0 || target.dead() != 0);
        columns.row("to", "delivered", isPending ? "pending" : "", "");
        account.targets().forEach(target -> addTarget(target, isPending, columns));
        addTarget(account.deadLetters(), isPending, columns);
        columns.appendTo(text, INDENT);
        text.append('\n');
    }

    private void addTarget(final Account.TargetCount target, final boolean isPending, final Columns columns) {
        columns.row(
                target.name(),
                Units.count(target.delivered()),
                isPending ? Units.count(target.pending()) : "",
                report.outputs().getOrDefault(target.name(), "")
                        + (target.onDisk() == 0
                                ? ""
                                : "; " + Units.count(target.onDisk()) + " wait on disk, also for the next start")
                        + (target.dropped() == 0
                                ? ""
                                : "; " + Units.count(target.dropped()) + " dropped while it was slow or gone")
                        + (target.dead() == 0
                                ? ""
                                : "; " + Units.count(target.dead()) + " it could not take are dead letters")
                        + (target.retired() == 0
                                ? ""
                                : "; " + Units.count(target.retired()) + " of this and earlier runs retired, to keep to"
                                        + " its bound"));
    }

    private void addLatency() {
        if (report.latency().values().stream().allMatch(hop -> hop.getTotalCount() == 0)) {
            return;
        }
        final Columns columns = new Columns("lrrrrrr");
        columns.row("latency, µs", "p50", "p90", "p99", "p99.9", "max", "events");
        report.latency().forEach((hop, histogram) -> {
            if (histogram.getTotalCount() > 0) {
                columns.row(latencyRow(hop, histogram));
            }
        });
        columns.appendTo(text, INDENT);
        text.append('\n');
    }

    private static String[] latencyRow(final String hop, final Histogram histogram) {
        final String[] row = new String[PERCENTILES.length + 3];
        row[0] = hop;
        for (int i = 0; i < PERCENTILES.length; i++) {
            row[i + 1] = Units.micros(histogram.getValueAtPercentile(PERCENTILES[i]));
        }
        row[PERCENTILES.length + 1] = Units.micros(histogram.getMaxValue());
        row[PERCENTILES.length + 2] = Units.count(histogram.getTotalCount());
        return row;
    }

    private void addErrors() {
        if (!report.errors().isEmpty()) {
            text.append("Exceptions, each of which made its event a dead letter:\n");
            report.errors().forEach(error -> text.append(INDENT).append(error).append('\n'));
            text.append('\n');
        }
    }

    private void addAccount() {
        final List<String> gaps = report.gaps();
        if (gaps.isEmpty()) {
            text.append("The account closes: ")
                    .append(Units.count(account.in()))
                    .append(" in = ")
                    .append(Units.count(account.routed()))
                    .append(" routed + ")
                    .append(Units.count(account.dropped()))
                    .append(" dropped + ")
                    .append(Units.count(account.dead()))
                    .append(" dead.\n");
        } else {
            text.append("The account does not close:\n");
            gaps.forEach(gap -> text.append(INDENT).append(gap).append('\n'));
        }
    }
}
