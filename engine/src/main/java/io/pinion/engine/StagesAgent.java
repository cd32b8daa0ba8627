package io.pinion.engine;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.agrona.concurrent.Agent;

/**
 * Steps stages that follow one another on one thread, the route perhaps behind them: a bounded batch a duty cycle, each stage over
 * all of it before the next. What is live is a word, a bit for each slot of the batch, so that nobody looks at what one before it has
 * dropped. What is no event, a tick or a change of a table, comes to all stages after the events before it and before those behind it.
 *
 * <pre>
 *   slots         e0 e1 e2 e3 e4 t5 e6 …
 *   live           1  1  1  1  1
 *   after filter   1  0  1  1  0
 *   after dedupe   1  0  0  1  0           then t5, then those behind it
 * </pre>
 */
final class StagesAgent<E> implements Agent {
    private final String name;
    private final StageStep<E>[] steps;
    private final RingReader<E> reader;
    /** Null where it does not follow them. */
    private final Route<E> route;
    /** The last slot of this batch that is done with. */
    private long done;
    /** The step that ended this thread; null where none has. */
    private Step<E> failed;

    @SuppressWarnings("unchecked")
    StagesAgent(final List<StageStep<E>> steps, final RingReader<E> reader, final Route<E> route) {
        name = Stream.concat(steps.stream(), Stream.ofNullable(route))
                .map(Step::name)
                .collect(Collectors.joining("+"));
        this.steps = (StageStep<E>[]) steps.toArray(new StageStep<?>[0]);
        this.reader = reader;
        this.route = route;
    }

    @Override
    public int doWork() {
        final long first = reader.first();
        final long last = reader.last(first);
        if (last < first) {
            return 0;
        }
        done = first - 1;
        if (route != null) {
            route.beginBatch(first, last);
        }
        try {
            inRuns(first, (int) (last - first) + 1);
        } finally { // an Error ends this thread, and those who follow get what was done before it
            reader.readTo(done);
        }
        return (int) (last - first) + 1;
    }

    /**
     * A run is the events between two slots that are none. Batches are gone through by an {@code int}: where a loop's variable is a {@code
     * long} the compiler asserts before it that there is more than one, and each batch of one leaves the compiled code for the interpreter,
     * some 15 µs, again and again.
     */
    private void inRuns(final long first, final int count) {
        long live = 0;
        long dead = 0;
        for (int i = 0; i < count; i++) {
            final Slot<E> slot = reader.slot(first + i);
            if (slot.isLiveEvent()) {
                live |= 1L << i;
            } else if (slot.kind() != Slot.Kind.EVENT) {
                passRun(first, i, live, dead);
                passControl(first + i, slot);
                live = 0;
                dead = 0;
            } else if (slot.verdict() == Slot.Verdict.DEAD) {
                dead |= 1L << i;
            }
        }
        passRun(first, count, live, dead);
    }

    /** A run that ends before the slot {@code end}, counted from the first: its live events, and those that were dead letters already. */
    private void passRun(final long first, final int end, final long liveEvents, final long deadEvents) {
        long live = liveEvents;
        long dead = deadEvents;
        int to = end;
        for (final StageStep<E> step : steps) {
            if (live == 0) {
                break;
            }
            live = step.pass(reader, first, live);
            dead |= step.died();
            to = endAfter(step, to);
        }
        if (route != null) {
            if (live != 0) {
                route.pass(reader, first, live);
                dead |= route.died();
                to = endAfter(route, to);
            }
            route.markLetters(first, dead & RoutedSlots.below(to));
        }
        done = first + to - 1;
        if (failed != null) {
            failed.rethrow();
        }
    }

    /** Where the run ends after this step. A later one may fail at an earlier slot: then that one is told. */
    private int endAfter(final Step<E> step, final int end) {
        if (!step.hasFailed()) {
            return end;
        }
        failed = step;
        return step.failedAt();
    }

    private void passControl(final long at, final Slot<E> slot) {
        for (final StageStep<E> step : steps) {
            if (slot.isLiveControl()) { // until one of them makes it a dead letter
                try {
                    step.passControl(slot);
                } catch (final Throwable e) {
                    failed = step;
                    throw e;
                }
            }
        }
        if (route != null) {
            route.markControl(at, slot);
        }
        done = at;
    }

    /** Of all its stages; of the one that failed, where one has. */
    @Override
    public String roleName() {
        return failed == null ? name : failed.name();
    }
}
