package io.pinion.jmh.rig;

import io.pinion.jmh.job.JobEvents;
import io.pinion.jmh.results.Results;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.agrona.CloseHelper;

/**
 * Measures from wire to wire: the sidecar, the echo and what does the job by hand piece by piece in turn, in each fork in new processes.
 */
public final class WireToWire {
    /** Until the window of a million is full. */
    private static final long FILL_EVENTS = JobEvents.KEYS + JobEvents.KEYS / 4;

    private static final List<Contender> QUICK = List.of(Contender.ECHO, Contender.PINION);
    private static final List<Contender> OVER_UDP = List.of(Contender.ECHO, Contender.LOOP, Contender.PINION);
    /** Where the sidecar is told in times of the plain loop: what is the sidecar's there, and what is any sidecar's. */
    private static final List<Contender> OVER_IPC = List.of(Contender.values());

    private static final double WARM_UP_SECONDS = 6;
    private static final double QUICK_WARM_UP_SECONDS = 4;

    private static final List<Long> RATES = List.of(1_000L, 10_000L, 50_000L);
    private static final double SECONDS = 3;
    private static final double QUICK_SECONDS = 2;
    private static final double PIECE_SECONDS = 0.5;
    private static final int FORKS = 3;

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
     * @param quick    one short fork, not three, without what is by hand, and no search for the highest rate over IPC.
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
            final String which = ", fork " + (fork + 1) + " of " + forks;
            progress.accept("wire to wire over udp" + which);
            measure(inOrder(fork, OVER_UDP), Wire::udp);
            progress.accept("wire to wire over ipc" + which);
            measure(inOrder(fork, OVER_IPC), Wire::ipc);
        }
    }

    /** Who goes first takes turns. */
    private List<Contender> inOrder(final int fork, final List<Contender> all) {
        final List<Contender> contenders = new ArrayList<>(quick ? QUICK : all);
        Collections.rotate(contenders, fork);
        return contenders;
    }

    /** One fork, all of its contenders piece by piece in turn. */
    private void measure(final List<Contender> contenders, final Supplier<Wire> wires) {
        final List<Running> running = new ArrayList<>();
        try {
            for (final Contender contender : contenders) {
                running.add(start(contender, wires.get()));
            }
            final List<Integer> codes =
                    InTurn.run(running.stream().map(Running::pair).toList(), PATIENCE_S);
            for (int i = 0; i < codes.size(); i++) {
                final Running each = running.get(i);
                final String label = each.contender().label();
                final String over = each.wire().label();
                if (each.contender() == Contender.PINION && codes.get(i) != 0) {
                    results.note("The sidecar over " + over + " ended with " + codes.get(i)
                            + ": not all that came in was delivered, or its account does not close.");
                }
                RateFigures.add(
                        results,
                        "wire." + over + "." + label + ".",
                        label + " over " + over,
                        RATES,
                        RigProcess.read(each.runs()));
            }
        } finally {
            CloseHelper.closeAll(running);
        }
    }

    private Running start(final Contender contender, final Wire wire) {
        final String name = contender.label() + "-rig";
        final Path runs = place.folder().resolve(name + "-runs.json");
        final Subprocess other = Subprocess.start(contender.label(), place.folder(), contender.command(place, wire));
        return new Running(
                contender,
                wire,
                runs,
                new InTurn.Pair(other, RigProcess.startInTurn(place, plan(contender, wire), name, runs)));
    }

    private RigPlan plan(final Contender contender, final Wire wire) {
        final double seconds = quick ? QUICK_SECONDS : SECONDS;
        return new RigPlan(
                place.rigCore(),
                wire.address(Contender.BACK_STREAMS),
                "job",
                FILL_EVENTS,
                quick ? QUICK_WARM_UP_SECONDS : WARM_UP_SECONDS,
                RATES,
                seconds,
                (int) (seconds / PIECE_SECONDS),
                (contender == Contender.ECHO || contender == Contender.PINION) && (!quick || wire.driver() == null),
                quick ? 0.7 : 1);
    }

    /** What is at work for one contender. */
    private record Running(Contender contender, Wire wire, Path runs, InTurn.Pair pair) implements AutoCloseable {
        @Override
        public void close() {
            CloseHelper.closeAll(pair.rig(), pair.other(), wire::clean);
        }
    }
}
