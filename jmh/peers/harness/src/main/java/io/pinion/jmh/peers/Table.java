package io.pinion.jmh.peers;

import java.io.PrintWriter;
import java.util.Collection;
import java.util.Locale;

/** The results for people. */
final class Table {
    private static final String ROW = "%-22s %-9s %7s %5s %7s %7s  %-22s %-22s %s%n";

    private Table() {}

    /** One process, as soon as it has ended. */
    static String line(final Contender contender, final int fork, final ForkResult result) {
        final String name = contender.label() + ", fork " + fork + ": ";
        if (result.failure() != null) {
            return name + result.failure();
        }
        return name
                + (result.rates().isEmpty()
                        ? "its outputs are right"
                        : String.format(
                                Locale.ROOT,
                                "%.2f M/s on %.2f cores, p50 at 10k/s %s µs",
                                result.throughput() / 1e6,
                                result.cores(),
                                micros(PeerResult.at(result, PeerRun.RATES[0]).p50())));
    }

    /** All, the medians over the processes. */
    static void print(final Collection<PeerResult> results, final PrintWriter out) {
        out.println(
                "Medians of the forks. Latency in µs from when an event was due: p50/p90/p99; ! where a rate was not held.");
        out.printf(
                ROW,
                "peer",
                "version",
                "M/s",
                "cores",
                "M/core",
                "B/event",
                "at 10k/s",
                "at 100k/s",
                "highest rate held");
        for (final PeerResult result : results) {
            if (result.isRight()) {
                print(result, out);
            } else {
                out.println(result.contender().label() + " failed: " + result.failure());
            }
        }
    }

    private static void print(final PeerResult result, final PrintWriter out) {
        final double highest = result.median(Table::highestRate).orElse(0);
        out.printf(
                ROW,
                result.contender().label(),
                result.version(),
                number(result.median(ForkResult::throughput).orElse(0) / 1e6),
                number(result.median(ForkResult::cores).orElse(0)),
                number(result.median(ForkResult::perCore).orElse(0) / 1e6),
                Math.round(result.median(ForkResult::bytesPerEvent).orElse(0)),
                latency(result, PeerRun.RATES[0]),
                latency(result, PeerRun.RATES[1]),
                highest == 0 ? "none" : number(highest / 1e6) + " M/s: " + latencyAtHighest(result));
    }

    private static double highestRate(final ForkResult fork) {
        final RateResult highest = PeerResult.atHighest(fork);
        return highest == null ? 0 : highest.ratePerSecond();
    }

    private static String latency(final PeerResult result, final long rate) {
        final boolean allHeld = result.all(fork -> PeerResult.at(fork, rate).held());
        return micros(result.median(fork -> PeerResult.at(fork, rate).p50()).orElse(0)) + "/"
                + micros(result.median(fork -> PeerResult.at(fork, rate).p90()).orElse(0)) + "/"
                + micros(result.median(fork -> PeerResult.at(fork, rate).p99()).orElse(0))
                + (allHeld ? "" : "!");
    }

    private static String latencyAtHighest(final PeerResult result) {
        if (!result.all(fork -> PeerResult.atHighest(fork) != null)) {
            return "not by each fork";
        }
        return micros(result.median(fork -> PeerResult.atHighest(fork).p50()).orElse(0)) + "/"
                + micros(result.median(fork -> PeerResult.atHighest(fork).p90()).orElse(0)) + "/"
                + micros(result.median(fork -> PeerResult.atHighest(fork).p99()).orElse(0));
    }

    private static String micros(final double ns) {
        return number(ns / 1e3);
    }

    private static String number(final double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
    }
}
