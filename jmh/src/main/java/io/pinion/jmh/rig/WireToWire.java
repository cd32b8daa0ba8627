package io.pinion.jmh.rig;

import io.pinion.jmh.job.JobEvents;
import io.pinion.jmh.results.Results;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Measures from wire to wire, the sidecar and the echo in turn, each time in new processes. */
public final class WireToWire {
    /** Until the window of a million is full. */
    private static final long FILL_EVENTS = JobEvents.KEYS + JobEvents.KEYS / 4;

    private static final double WARM_UP_SECONDS = 3;
    private static final double QUICK_WARM_UP_SECONDS = 2;

    private static final List<Long> RATES = List.of(1_000L, 10_000L, 50_000L);
    private static final double SECONDS = 2.5;
    private static final double QUICK_SECONDS = 2;
    /** Short and many: what the two are compared in is half a minute, and the machine is another from minute to minute. */
    private static final int FORKS = 6;
    /** The highest rate is looked for in some of them, which takes as long again. */
    private static final int SEARCHES = 4;

    private static final long PATIENCE_S = 300;

    private final Workplace place;
    private final Results results;
    private final Consumer<String> progress;
    private final boolean quick;

    /**
     * Makes one.
     *
     * @param place    where.
     * @param results  to add to.
     * @param progress is told what is going on.
     * @param quick    one short fork, not six, and no search for the highest rate over IPC.
     */
    public WireToWire(
            final Workplace place, final Results results, final Consumer<String> progress, final boolean quick) {
        this.place = place;
        this.results = results;
        this.progress = progress;
        this.quick = quick;
    }

    /** Runs all forks. */
    public void run() {
        final int forks = quick ? 1 : FORKS;
        for (int fork = 0; fork < forks; fork++) {
            // Who goes first takes turns, so that a machine that slows down does not always hit the same one.
            final List<Contender> order = fork % 2 == 0
                    ? List.of(Contender.ECHO, Contender.PINION)
                    : List.of(Contender.PINION, Contender.ECHO);
            for (final Supplier<Wire> wires : List.<Supplier<Wire>>of(Wire::udp, Wire::ipc)) {
                for (final Contender contender : order) {
                    final Wire wire = wires.get();
                    progress.accept("wire to wire over " + wire.label() + ", " + contender.label() + ", fork "
                            + (fork + 1) + " of " + forks);
                    RateFigures.add(
                            results,
                            "wire." + wire.label() + "." + contender.label() + ".",
                            contender.label() + " over " + wire.label(),
                            RATES,
                            measure(wire, contender, fork < SEARCHES));
                }
            }
        }
    }

    private List<RateRun> measure(final Wire wire, final Contender contender, final boolean isSearched) {
        final RigPlan plan = new RigPlan(
                place.rigCore(),
                wire.address(Contender.BACK_STREAMS),
                "job",
                FILL_EVENTS,
                quick ? QUICK_WARM_UP_SECONDS : WARM_UP_SECONDS,
                RATES,
                quick ? QUICK_SECONDS : SECONDS,
                isSearched && (!quick || wire.driver() == null),
                quick ? 0.7 : 2);
        try (Subprocess other = Subprocess.start(contender.label(), place.folder(), contender.command(place, wire))) {
            final List<RateRun> runs = RigProcess.run(place, plan, other, PATIENCE_S);
            final int code = other.stop();
            if (contender == Contender.PINION && code != 0) {
                results.note("The sidecar over " + wire.label() + " ended with " + code
                        + ": not all that came in was delivered, or its account does not close.");
            }
            return runs;
        } finally {
            wire.clean();
        }
    }
}
