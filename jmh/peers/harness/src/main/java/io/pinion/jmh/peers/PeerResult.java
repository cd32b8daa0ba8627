package io.pinion.jmh.peers;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** What came of all processes of one peer. One thread. */
final class PeerResult {
    private final Contender contender;
    private final List<ForkResult> forks = new ArrayList<>();
    private final List<Double> additionsNs = new ArrayList<>();

    PeerResult(final Contender contender) {
        this.contender = contender;
    }

    /** @param additions before or after it, whichever took longer: see {@link io.pinion.jmh.rig.Additions} */
    void add(final ForkResult fork, final double additions) {
        forks.add(fork);
        additionsNs.add(additions);
    }

    Contender contender() {
        return contender;
    }

    String version() {
        return forks.get(0).version();
    }

    /** Whether the outputs of each of its processes were those of the plain loop. One that failed once has no figures. */
    boolean isRight() {
        return failure() == null;
    }

    /** Why not; null where they were. */
    String failure() {
        return forks.stream()
                .map(ForkResult::failure)
                .filter(failure -> failure != null)
                .findFirst()
                .orElse(null);
    }

    /** The median over its processes; empty where it is not right. */
    OptionalDouble median(final ToDoubleFunction<ForkResult> figure) {
        final double[] sorted =
                isRight() ? forks.stream().mapToDouble(figure).sorted().toArray() : new double[0];
        final int middle = sorted.length / 2;
        return sorted.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(
                        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
    }

    /** Whether it is so of each of its processes. */
    boolean all(final Predicate<ForkResult> condition) {
        return forks.stream().allMatch(condition);
    }

    /** At a rate that was given to all. */
    static RateResult at(final ForkResult fork, final long ratePerSecond) {
        return fork.rates().stream()
                .filter(rate -> rate.ratePerSecond() == ratePerSecond)
                .findFirst()
                .orElseThrow();
    }

    /** At the highest that it held; null where it held none. */
    static RateResult atHighest(final ForkResult fork) {
        return fork.rates().stream().filter(RateResult::highest).findFirst().orElse(null);
    }

    /** All of it: {@code peers}, an object for each with its forks; and {@code figures}, see {@link #figures}. */
    static Map<String, Object> toJson(final Collection<PeerResult> results) {
        final List<Map<String, Object>> peers = new ArrayList<>();
        for (final PeerResult result : results) {
            final Map<String, Object> peer = new LinkedHashMap<>();
            peer.put("name", result.contender.label());
            peer.put("engine", result.contender.engine());
            peer.put("mode", result.contender.mode());
            peer.put("version", result.version());
            peer.put("failure", result.failure());
            peer.put("forks", result.forks);
            peers.add(peer);
        }
        final Map<String, Object> json = new LinkedHashMap<>();
        json.put("peers", peers);
        json.put("figures", figures(results));
        return json;
    }

    /**
     * One value a fork for each name such as {@code peers.jet.10000.p50}: times in nanoseconds, rates in events a second. A
     * peer whose outputs differed has none.
     */
    static Map<String, List<Double>> figures(final Collection<PeerResult> results) {
        final Map<String, List<Double>> figures = new TreeMap<>();
        for (final PeerResult result : results) {
            if (result.isRight()) {
                final String prefix = "peers." + result.contender.label() + ".";
                result.forks.forEach(fork -> addFigures(figures, prefix, fork));
                result.additionsNs.forEach(ns -> add(figures, prefix + "additions", ns));
            }
        }
        return figures;
    }

    private static void addFigures(
            final Map<String, List<Double>> figures, final String prefix, final ForkResult fork) {
        add(figures, prefix + "throughput", fork.throughput());
        add(figures, prefix + "cores", fork.cores());
        add(figures, prefix + "perCore", fork.perCore());
        add(figures, prefix + "bytes", fork.bytesPerEvent());
        for (final long rate : PeerRun.RATES) {
            if (!fork.rates().isEmpty()) {
                addLatency(figures, prefix + rate + ".", at(fork, rate));
            }
        }
        final RateResult highest = atHighest(fork);
        if (highest != null) {
            add(figures, prefix + "highest", highest.ratePerSecond());
            addLatency(figures, prefix + "highest.", highest);
        }
    }

    private static void addLatency(
            final Map<String, List<Double>> figures, final String prefix, final RateResult rate) {
        add(figures, prefix + "p50", rate.p50());
        add(figures, prefix + "p90", rate.p90());
        add(figures, prefix + "p99", rate.p99());
        add(figures, prefix + "held", rate.held() ? 1 : 0);
    }

    private static void add(final Map<String, List<Double>> figures, final String name, final double value) {
        figures.computeIfAbsent(name, unused -> new ArrayList<>()).add(value);
    }
}
