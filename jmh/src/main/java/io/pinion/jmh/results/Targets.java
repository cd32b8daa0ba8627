package io.pinion.jmh.results;

import static io.pinion.jmh.results.Target.Sense.AT_LEAST;
import static io.pinion.jmh.results.Target.Sense.AT_MOST;

import io.pinion.jmh.results.Target.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/** The targets that Pinion is held to. One more is one more line. */
public final class Targets {
    private static final String TIMES = "×";
    /** No object is so small: what is less was made by what measures, and is spread over all events. */
    private static final double NO_BYTES = 1;

    private static final String LOOP = "jmh.WholeGraphBenchmark.plainLoop";

    private Targets() {}

    /**
     * All of them.
     *
     * @return in the order in which they are told.
     */
    public static List<Target> all() {
        final List<Target> targets = new ArrayList<>();
        addWire(targets);
        addGraph(targets);
        addGrowth(targets);
        addCodec(targets);
        addPeers(targets);
        addGarbage(targets);
        addFootprint(targets);
        addCluster(targets);
        return targets;
    }

    /**
     * Holds a run against all.
     *
     * @param results of the run.
     * @return one for each target, in their order.
     */
    public static List<Verdict> judge(final Results results) {
        return all().stream().map(target -> target.judge(results)).toList();
    }

    private static void addWire(final List<Target> to) {
        for (final int rate : new int[] {1_000, 10_000, 50_000}) {
            final String at = "over UDP at " + rate / 1_000 + "k/s, ";
            to.add(atMost(1.25, "wire", at + "p50 beside the echo's", wireRatio("udp", rate + ".p50")));
            to.add(atMost(1.4, "wire", at + "p90 beside the echo's", wireRatio("udp", rate + ".p90")));
        }
        to.add(atLeast(0.6, "wire", "over UDP, highest rate held beside the echo's", wireRatio("udp", "highest")));
        for (final int rate : new int[] {1_000, 10_000, 50_000}) {
            to.add(atMost(
                    4,
                    "wire",
                    "over IPC at " + rate / 1_000 + "k/s, p50 added to the echo's, beside the plain loop's time",
                    results -> added(
                            results,
                            "wire.ipc.pinion." + rate + ".p50",
                            "wire.ipc.echo." + rate + ".p50",
                            LOOP + Results.MEDIAN))); // as what it stands beside is one
        }
    }

    private static Function<Results, OptionalDouble> wireRatio(final String wire, final String figure) {
        return ratio("wire." + wire + ".pinion." + figure, "wire." + wire + ".echo." + figure);
    }

    private static void addGraph(final List<Target> to) {
        final String whole = "jmh.WholeGraphBenchmark.";
        to.add(atMost(
                1,
                "graph",
                "all four operators without decoding, beside the plain loop",
                ratio(whole + "pinion", LOOP)));
        to.add(atMost(
                2,
                "graph",
                "all four operators with decoding, beside the plain loop",
                ratio(whole + "pinionWithFrames", LOOP)));
        to.add(atMost(
                1.1,
                "graph",
                "all four operators, beside the program written by hand on a Disruptor",
                ratio(whole + "pinion", whole + "disruptorByHand")));
        for (final String name : new String[] {"filter", "route"}) {
            to.add(atMost(
                    0.1,
                    "graph",
                    name + ", added to an empty graph, beside the plain loop",
                    results -> added(results, stage(name), stage("nothing"), LOOP)));
        }
        for (final String keys : new String[] {"10k", "100k", "1m"}) {
            to.add(atMost(
                    1.2,
                    "graph",
                    "dedupe at " + keys + " keys, beside a bare probe, insert and evict",
                    results -> addedBoth(results, stage("dedupe-" + keys), bare("probe-" + keys))));
        }
        to.add(atMost(
                1.2,
                "graph",
                "enrich from 100k rows, beside a bare probe",
                results -> addedBoth(results, stage("enrich"), bare("items"))));
    }

    private static String stage(final String operator) {
        return "jmh.StageBenchmark.pinion(operator=" + operator + ")";
    }

    private static String bare(final String table) {
        return "jmh.StageBenchmark.bare(table=" + table + ")";
    }

    /** What an operator adds to a graph without one, beside what a table adds to a loop without one. */
    private static OptionalDouble addedBoth(final Results results, final String operator, final String table) {
        final OptionalDouble bare = results.median(table);
        final OptionalDouble nothing = results.median(bare("nothing"));
        final OptionalDouble with = results.median(operator);
        final OptionalDouble without = results.median(stage("nothing"));
        return bare.isPresent() && nothing.isPresent() && with.isPresent() && without.isPresent()
                ? OptionalDouble.of(
                        (with.getAsDouble() - without.getAsDouble()) / (bare.getAsDouble() - nothing.getAsDouble()))
                : OptionalDouble.empty();
    }

    /** As an exponent: 1 grows as its cause does. */
    private static void addGrowth(final List<Target> to) {
        Growth.ALL.forEach(growth -> to.add(new Target(
                "growth",
                "time an event as the " + growth.title() + " grow, as a power of their number",
                results -> growth.exponent(results),
                AT_MOST,
                1,
                "")));
    }

    private static void addCodec(final List<Target> to) {
        final String decode = "jmh.DecodeBenchmark.";
        final String encode = "jmh.EncodeBenchmark.";
        final String frames = "(frames=64)";
        for (final String layouts : new String[] {"ONE", "MOSTLY_ONE", "TURNS"}) {
            final String ours = decode + "pinion(frames=64,layouts=" + layouts + ")";
            to.add(atMost(
                    2,
                    "codec",
                    "decode frames of layouts " + layouts + ", beside bytes-marshalling",
                    ratio(ours, decode + "chroniclePlain" + frames)));
            to.add(bytes("codec", "decode frames of layouts " + layouts + ", garbage", ours + ".bytes"));
        }
        for (final String way : new String[] {"pinionNew", "pinionUnchanged", "pinionEnriched"}) {
            to.add(atMost(
                    2,
                    "codec",
                    "encode, " + way + ", beside bytes-marshalling",
                    ratio(encode + way + frames, encode + "chroniclePlain" + frames)));
            to.add(bytes("codec", "encode, " + way + ", garbage", encode + way + frames + ".bytes"));
        }
    }

    private static void addPeers(final List<Target> to) {
        final String ours = "peers.pinion.";
        for (final String keyed : new String[] {"jet-keyed", "flink-keyed"}) {
            to.add(atLeast(10, "peers", "events a second and core, beside " + keyed, perCore(keyed)));
        }
        to.add(atLeast(4, "peers", "events a second and core, beside jet", perCore("jet")));
        to.add(atLeast(2, "peers", "events a second and core, beside fluxtion", perCore("fluxtion")));
        to.add(atLeast(2, "peers", "events a second and core, beside flink in one chain", perCore("flink-chain")));
        to.add(atLeast(1, "peers", "events a second and core, beside the plain loop", perCore("loop")));
        for (final String peer : new String[] {"jet", "jet-keyed", "flink-keyed", "siddhi"}) {
            for (final int rate : new int[] {10_000, 100_000}) {
                to.add(atMost(
                        1 / 20.0,
                        "peers",
                        "p50 at " + rate / 1_000 + "k/s, beside " + peer,
                        ratio(ours + rate + ".p50", "peers." + peer + "." + rate + ".p50")));
                to.add(atMost(
                        1 / 100.0,
                        "peers",
                        "p99 on one thread at " + rate / 1_000 + "k/s, beside " + peer,
                        ratio(ours + rate + ".p99", "peers." + peer + "." + rate + ".p99")));
            }
        }
    }

    private static Function<Results, OptionalDouble> perCore(final String peer) {
        return ratio("peers.pinion.perCore", "peers." + peer + ".perCore");
    }

    private static void addGarbage(final List<Target> to) {
        to.add(bytes("garbage", "all four operators, without decoding", "jmh.WholeGraphBenchmark.pinion.bytes"));
        to.add(bytes("garbage", "all four operators, with decoding", "jmh.WholeGraphBenchmark.pinionWithFrames.bytes"));
        for (final String operator : new String[] {"filter", "dedupe-1m", "enrich", "route"}) {
            to.add(bytes("garbage", operator, stage(operator) + ".bytes"));
        }
        for (final String wire : new String[] {"udp", "ipc"}) {
            for (final String layout : new String[] {"one-thread", "thread-per-stage"}) {
                to.add(bytes(
                        "garbage",
                        "a sidecar over " + wire + ", " + layout,
                        "garbage." + wire + "." + layout + ".bytes"));
            }
        }
    }

    private static Target bytes(final String part, final String name, final String figure) {
        return new Target(part, name, results -> results.median(figure), AT_MOST, NO_BYTES, "B an event");
    }

    private static void addFootprint(final List<Target> to) {
        to.add(atMost(
                1.5,
                "footprint",
                "run to the first event through, beside the echo's start",
                ratio("footprint.pinion.firstEvent", "footprint.echo.firstEvent")));
        to.add(new Target(
                "footprint",
                "resident memory of the profile sidecar with Feedback",
                results -> results.median("footprint.residentMib"),
                AT_MOST,
                256,
                "MiB"));
        to.add(atMost(
                1,
                "footprint",
                "resident memory, beside what check tells",
                ratio("footprint.residentMib", "footprint.toldMib")));
        to.add(new Target(
                "footprint",
                "processor time of the profile sidecar while nothing comes",
                results -> results.median("footprint.idleCores"),
                AT_MOST,
                0.05,
                "cores"));
    }

    private static void addCluster(final List<Target> to) {
        for (final int sync : new int[] {0, 1}) {
            final String at = "three members, file sync level " + sync + ", ";
            final String pinion = "cluster.sync" + sync + ".pinion.";
            final String echo = "cluster.sync" + sync + ".echo.";
            for (final int rate : new int[] {1_000, 10_000}) {
                to.add(atMost(
                        1.3,
                        "cluster",
                        at + "p50 at " + rate / 1_000 + "k/s beside the echo's",
                        ratio(pinion + rate + ".p50", echo + rate + ".p50")));
            }
            to.add(atLeast(
                    0.6,
                    "cluster",
                    at + "highest rate held beside the echo's",
                    ratio(pinion + "highest", echo + "highest")));
        }
        // Each is a kill of its own, so medians are compared.
        to.add(atMost(1.1, "cluster", "three members, the leader killed: gap beside the echo's", results -> {
            final OptionalDouble gap = results.median("cluster.pinion.failover");
            final OptionalDouble bare = results.median("cluster.echo.failover");
            return gap.isPresent() && bare.isPresent()
                    ? OptionalDouble.of(gap.getAsDouble() / bare.getAsDouble())
                    : OptionalDouble.empty();
        }));
    }

    private static Target atMost(
            final double bound, final String part, final String name, final Function<Results, OptionalDouble> value) {
        return new Target(part, name, value, AT_MOST, bound, TIMES);
    }

    private static Target atLeast(
            final double bound, final String part, final String name, final Function<Results, OptionalDouble> value) {
        return new Target(part, name, value, AT_LEAST, bound, TIMES);
    }

    private static Function<Results, OptionalDouble> ratio(final String of, final String over) {
        return results -> results.ratio(of, over);
    }

    /**
     * What is added to a baseline, in units of another figure. Where the baseline was much the slower of the two, the
     * machine was measured, and nothing of this: that is no figure.
     */
    private static OptionalDouble added(
            final Results results, final String of, final String baseline, final String unit) {
        final OptionalDouble with = results.median(of);
        final OptionalDouble without = results.median(baseline);
        final OptionalDouble one = results.median(unit);
        if (with.isEmpty() || without.isEmpty() || one.isEmpty()) {
            return OptionalDouble.empty();
        }
        final double added = (with.getAsDouble() - without.getAsDouble()) / one.getAsDouble();
        return added < -1 ? OptionalDouble.empty() : OptionalDouble.of(added);
    }
}
