package io.pinion.sidecar;

import io.pinion.engine.Graph;
import io.pinion.engine.ReferenceTable;
import io.pinion.engine.Stage;
import io.pinion.engine.Target;
import io.pinion.file.Retention;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What {@code check} prints of a graph that is right: the way of an event, and where and in how much memory it runs. */
final class Outline {
    private final Deployment<?> deployment;
    private final Graph<?> graph;
    private final List<TableLoader.Loaded> tables;
    private final Columns columns = new Columns("lll");

    Outline(final Deployment<?> deployment, final List<TableLoader.Loaded> tables) {
        this.deployment = deployment;
        this.graph = deployment.graph();
        this.tables = tables;
    }

    String text() {
        final StringBuilder text = new StringBuilder();
        text.append(deployment.source().name())
                .append(graph.revision() == 0 ? "" : ", revision " + graph.revision())
                .append("  (")
                .append(deployment.source().className())
                .append(")\n\n");
        addFlow();
        addTargets();
        addDeployment();
        columns.appendTo(text, "  ");
        return text.toString();
    }

    private void addFlow() {
        final EdgeAddress ingress = deployment.profile().ingressOf(graph);
        columns.row(
                "from",
                graph.ingress().name(),
                ingress + ", frames of "
                        + ingress.frames().stream()
                                .map(Object::toString)
                                .map(String::toLowerCase)
                                .collect(Collectors.joining(" or ")));
        final Class<?> event = graph.events().get().getClass();
        columns.row("event", event.getSimpleName(), fields(event));
        columns.row(
                "time",
                graph.hasEventTime() ? "the event's" : "the log's",
                graph.hasEventTime()
                        ? "declared by the graph; replay takes it as the log's"
                        : "the clock's at the ingress; replay, which has none, lets it stand still");
        String label = "then";
        for (final Stage<?> stage : graph.stages()) {
            columns.row(label, stage.name(), stage.describe() + inParentheses(memory(stage.stateBytes())));
            label = "";
        }
        for (final ReferenceTable<?> table : graph.tables()) {
            columns.row("table", table.name(), describe(table));
            if (table.updates() != null) {
                columns.row(
                        "",
                        table.updates().name(),
                        "its updates, " + deployment.profile().updatesOf(graph).get(table.name()));
            }
        }
    }

    private void addTargets() {
        String label = "route";
        for (int i = 0; i < graph.routes().size(); i++) {
            final boolean isDefault = i == graph.routes().size() - 1;
            columns.row(
                    label,
                    isDefault ? "otherwise" : (graph.routesToEveryMatch() ? "every match " : "rule ") + (i + 1),
                    "to " + String.join(" and ", graph.routes().get(i)));
            label = "";
        }
        final Map<String, EdgeAddress> addresses = deployment.profile().egressesOf(graph);
        final List<Target> targets = new ArrayList<>(graph.targets());
        targets.add(graph.deadLetters());
        label = "to";
        for (final Target target : targets) {
            final EdgeAddress address = addresses.get(target.name());
            columns.row(
                    label, target.name(), target.policy() + ", " + address + format(target, address) + kept(address));
            label = "";
        }
    }

    private static String format(final Target target, final EdgeAddress address) {
        if (address.isFile()) {
            return "";
        }
        if (target.name().equals(Target.DEAD_LETTERS)) {
            return ", as json";
        }
        return address.outgoing() == null
                ? ", as received"
                : ", as " + address.outgoing().toString().toLowerCase(Locale.ROOT);
    }

    private static String kept(final EdgeAddress address) {
        final Retention kept = address.kept();
        if (kept == null) {
            return "";
        }
        return (kept.maxBytes() == Long.MAX_VALUE ? "" : ", at most " + Units.sizeOf(kept.maxBytes()))
                + (kept.keepFor() == null ? "" : ", none older than " + Units.durationOf(kept.keepFor()));
    }

    private void addDeployment() {
        columns.row();
        columns.row("profile", "", deployment.profile().name());
        final List<List<String>> threads = deployment.threads();
        final List<Integer> cores = deployment.layout().cores();
        columns.row("layout", "", deployment.layoutChoice() + ", " + idling());
        for (int i = 0; i < threads.size(); i++) {
            columns.row(
                    i == 0 ? "threads" : "",
                    String.valueOf(i + 1),
                    String.join(", ", threads.get(i)) + (i < cores.size() ? ", on core " + cores.get(i) : ""));
        }
        final long slots = deployment.profile().ringSlots();
        columns.row(
                "ring",
                Units.count(slots),
                "slots, of frames up to " + Units.sizeOf(deployment.profile().maxFrameBytes()) + ": at most "
                        + Units.sizeOf(slots * deployment.profile().maxFrameBytes()) + " if all were that long");
        columns.row(
                "memory",
                Units.sizeOf(graph.stateBytes()),
                "of keys and tables, rows aside, in a heap of up to "
                        + Units.sizeOf(Runtime.getRuntime().maxMemory()) + " and as much again outside it");
        final ResidentMemory resident = ResidentMemory.of(deployment);
        columns.row("resident", Units.sizeOf(resident.bytes()), resident.toString());
    }

    private String idling() {
        return deployment.layout().idle() + " when idle"
                + (deployment.layout().cores().isEmpty() ? ", not pinned" : "");
    }

    private String describe(final ReferenceTable<?> table) {
        final String room = "up to " + Units.of(table.capacity(), "row") + inParentheses(memory(table.stateBytes()));
        return tables.stream()
                .filter(loaded -> loaded.table().equals(table.name()))
                .findFirst()
                .map(loaded -> room + "; " + Units.of(loaded.kept(), "row") + " from " + loaded.file()
                        + (loaded.kept() < loaded.rows()
                                ? ", where " + Units.count(loaded.rows() - loaded.kept())
                                        + " had the key of a later one"
                                : ""))
                .orElse(
                        table.updates() != null
                                ? room + "; empty at the start, or from --table " + table.name() + "=FILE"
                                : room + "; its file is to be named: --table " + table.name() + "=FILE");
    }

    private static String fields(final Class<?> event) {
        return Arrays.stream(event.getFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .map(Outline::field)
                .collect(Collectors.joining(", "));
    }

    private static String field(final Field field) {
        return field.getName() + " " + field.getType().getSimpleName();
    }

    private static String memory(final long bytes) {
        return bytes == 0 ? "" : Units.sizeOf(bytes);
    }

    private static String inParentheses(final String text) {
        return text.isEmpty() ? "" : " (" + text + ")";
    }
}
