package io.pinion.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What the compiler can't see of a graph: each rule adds sentences that say what to change. */
final class GraphRules {
    static final int MAX_TARGETS = 64;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
    private static final Set<String> RESERVED = Set.of(Layout.DRIVER, Layout.INGRESS, Layout.ROUTE, Layout.EGRESS);

    private final Graph<?> graph;
    private final List<String> problems = new ArrayList<>();

    GraphRules(final Graph<?> graph) {
        this.graph = graph;
    }

    List<String> problems() {
        checkStageNames();
        checkTableNames();
        checkTargets();
        checkRoutes();
        checkPolicies();
        return problems;
    }

    private void checkStageNames() {
        final Set<String> seen = new HashSet<>();
        for (final Stage<?> stage : graph.stages()) {
            final String name = stage.name();
            checkName("stage", name);
            if (RESERVED.contains(name)) {
                problems.add("A stage can't be named \"" + name + "\", which is a part of every graph: give it another"
                        + " name.");
            } else if (!seen.add(name)) {
                problems.add("Two stages are named \"" + name + "\": give one of them another name.");
            }
        }
    }

    private void checkTableNames() {
        final Set<String> seen = new HashSet<>();
        for (final ReferenceTable<?> table : graph.tables()) {
            checkName("table", table.name());
            if (!seen.add(table.name())) {
                problems.add("Two tables are named \"" + table.name() + "\": give one of them another name, or let both"
                        + " stages read the same one.");
            }
        }
    }

    private void checkTargets() {
        final Set<String> seen = new HashSet<>();
        final Set<String> egresses = new HashSet<>();
        for (final Target target : graph.targets()) {
            checkName("target", target.name());
            if (target.name().equals(Target.DEAD_LETTERS)) {
                problems.add("A target can't be named \"" + Target.DEAD_LETTERS + "\", which is where dead letters go:"
                        + " say .deadLetters(…) for those, or give it another name.");
            } else if (!seen.add(target.name())) {
                problems.add("Two targets are named \"" + target.name() + "\": give one of them another name.");
            } else if (!egresses.add(target.egress().name())) {
                problems.add("Two targets leave by the egress \""
                        + target.egress().name() + "\": give each an egress of its own.");
            }
        }
        if (egresses.contains(graph.deadLetters().egress().name())) {
            problems.add("Dead letters leave by the egress \""
                    + graph.deadLetters().egress().name()
                    + "\", which a target has: give them an egress of their own.");
        }
        if (graph.targets().size() > MAX_TARGETS) {
            problems.add("The graph has " + graph.targets().size() + " targets; at most " + MAX_TARGETS
                    + " are possible: join some, and let their readers divide them.");
        }
    }

    private void checkRoutes() {
        final Set<String> known = new LinkedHashSet<>();
        graph.targets().forEach(target -> known.add(target.name()));
        final Set<String> missing = new LinkedHashSet<>();
        final Set<String> routed = new HashSet<>();
        for (final Routes.Rule<?> rule : graph.rules()) {
            if (rule.targets().isEmpty()) {
                problems.add((rule.when() == null ? "The default route" : "A route")
                        + " goes nowhere: name its targets in .to(…).");
            }
            for (final String name : rule.targets()) {
                if (!known.contains(name)) {
                    missing.add(name);
                }
                routed.add(name);
            }
        }
        for (final String name : missing) {
            problems.add("A route goes to \"" + name + "\", and there is no such target: add .to(\"" + name
                    + "\", env.egress(\"" + name + "\"), block()), or name one of " + quoted(known) + ".");
        }
        for (final String name : known) {
            if (!routed.contains(name)) {
                problems.add("No route goes to the target \"" + name
                        + "\": route something to it, or take its .to(…) away.");
            }
        }
    }

    private void checkPolicies() {
        if (graph.deadLetters().policy().kind() == Policy.Kind.DEAD_LETTER) {
            problems.add(
                    "The dead letters have the policy deadLetter(), which would send them to themselves: use block(),"
                            + " dropNewest() or spill().");
        }
    }

    private void checkName(final String what, final String name) {
        if (name == null || !NAME.matcher(name).matches()) {
            problems.add("A " + what + " is named \"" + name
                    + "\": use 1 to 64 letters, digits, - and _, beginning with a letter or digit.");
        }
    }

    private static String quoted(final Set<String> names) {
        return names.isEmpty() ? "the targets that you declare" : "\"" + String.join("\", \"", names) + "\"";
    }
}
