package io.pinion.engine;

import io.pinion.engine.routelog.RouteLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;
import org.agrona.DirectBuffer;

/**
 * Runs one graph behind a log that others keep: slots come with position and time from there, and what goes out is
 * appended to one route log for each target. Two replicas that are given the same log hold the same state, and put out the
 * same, to the byte.
 *
 * <p>Made by {@link Processor.Builder#replica}. All calls are one thread's, the ingress of the layout, which steps the parts
 * grouped with it; the layout's other groups run by themselves on threads of their own, from {@link #begin} or {@link
 * #restore} on. {@link #routeLog}, {@link #account}, {@link #latency}, {@link #errors} and {@link #whyWaiting} may be called
 * from any thread, and {@link #close} once no other is called any more. Whatever it throws means that this member can't go on:
 * exceptions of users' functions have become dead letters before.
 *
 * @param <E> the user's own event class.
 */
public final class Replica<E> implements AutoCloseable {
    private final String name;
    private final GivenStamps stamps = new GivenStamps();
    private final Assembly<E> assembly;
    private final RouteOutlets routes;
    private final int maxFrameBytes;
    private final ReplicaState<E> state;
    private final ReplicaThreads<E> threads;

    Replica(final Processor.Builder<E> options, final Path routesDirectory, final RouteBounds bounds) {
        name = options.name;
        maxFrameBytes = options.maxFrameBytes;
        routes = new RouteOutlets(routesDirectory, bounds, options.maxFrameBytes);
        boolean isWhole = false;
        try {
            assembly = new Assembly<>(options, stamps, routes, false);
            isWhole = true;
        } finally {
            if (!isWhole) {
                routes.close();
            }
        }
        state = new ReplicaState<>(assembly.slots, routes, options.graph.stages());
        threads = new ReplicaThreads<>(options, assembly, routes);
    }

    /**
     * Begins at the log's start: once, before the first slot, unless {@link #restore} did.
     *
     * @param logId the log's identity.
     */
    public void begin(final long logId) {
        requireNotBegun();
        state.begin(logId);
        start();
    }

    private void requireNotBegun() {
        if (state.hasBegun()) {
            throw new IllegalStateException("the replica of " + name + " has begun: its log begins once");
        }
    }

    private void start() {
        routes.begin(state.logId());
        threads.start();
    }

    /**
     * One event of the log.
     *
     * @param position its place in the log, higher than the one before.
     * @param timeUs   what the log says of time, in microseconds since 1970; may be lower than before.
     * @param buffer   where the frame lies, valid during the call.
     * @param offset   where it begins there.
     * @param length   how many bytes it has.
     * @param dueNs    when it was due to be sent, in nanoseconds since 1970; 0 where that is not known.
     * @return false when the ring is full: {@link #step} and offer it again. So do the others.
     * @throws PartException when a part has failed, on whichever thread. So do the others.
     */
    public boolean event(
            final long position,
            final long timeUs,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final long dueNs) {
        at(position, timeUs);
        return assembly.slots.eventAlone(buffer, offset, length, dueNs);
    }

    /**
     * One live row of a table.
     *
     * @param position as for {@link #event}.
     * @param timeUs   as for {@link #event}.
     * @param table    which, from 1 in the order of {@link #tables}.
     * @param buffer   where the row lies, valid during the call.
     * @param offset   where it begins there.
     * @param length   how many bytes it has.
     * @param dueNs    as for {@link #event}.
     * @return false when the ring is full.
     */
    public boolean update(
            final long position,
            final long timeUs,
            final int table,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final long dueNs) {
        at(position, timeUs);
        return feed(table).onUpdate(buffer, offset, length, dueNs);
    }

    /**
     * One step of the swap of a table. Its rows are good ones: who gives them has checked them.
     *
     * @param position as for {@link #event}; the rows of one message share its position.
     * @param timeUs   as for {@link #event}.
     * @param table    which, from 1 in the order of {@link #tables}.
     * @param step     begin, row, end or give up.
     * @param buffer   where the row lies; not read at the other steps, and may be null there.
     * @param offset   where it begins there.
     * @param length   how many bytes it has.
     * @return false when the ring is full.
     */
    public boolean swap(
            final long position,
            final long timeUs,
            final int table,
            final TableChange step,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        at(position, timeUs);
        final TableFeed<E, ?> feed = feed(table);
        if (step == TableChange.SWAP_ROW) {
            return feed.onUncheckedSwapRow(buffer, offset, length);
        }
        if (feed.publish(step) < 0) {
            return false;
        }
        if (step == TableChange.SWAP_END) {
            feed.swapped();
        }
        return true;
    }

    /**
     * A target has confirmed what was delivered to it. A lower sequence than before, and one that was not given yet, are
     * ignored.
     *
     * @param position as for {@link #event}.
     * @param timeUs   as for {@link #event}.
     * @param route    which, from 0.
     * @param sequence the highest confirmed.
     * @return false when the ring is full.
     */
    public boolean confirm(final long position, final long timeUs, final int route, final long sequence) {
        at(position, timeUs);
        return assembly.slots.confirmed(route, sequence);
    }

    /**
     * Time goes on.
     *
     * @param position as for {@link #event}.
     * @param timeUs   as for {@link #event}.
     * @return false when the ring is full.
     */
    public boolean tick(final long position, final long timeUs) {
        at(position, timeUs);
        return assembly.slots.tick();
    }

    /**
     * Runs each part once that is this thread's.
     *
     * @return how much was done, by others too; 0 when nothing could be.
     * @throws PartException when a part has failed, on whichever thread.
     */
    public int step() {
        return threads.step();
    }

    /**
     * Whether nothing of what was given is left to {@link #step}; others may be at it still. Until it is so, what was given
     * last may stand still.
     *
     * @return true always where nothing shares a thread with the ingress; the same as {@link #isSettled()} where all does.
     */
    public boolean isPassedOn() {
        return threads.isPassedOn();
    }

    /** {@return whether all that was given is through, on all threads} */
    public boolean isSettled() {
        return threads.isSettled();
    }

    /**
     * Whether an event may be given next: not while a route that blocks is at its bound; confirmations and all else may. That
     * is a function of the log alone: what is under way is taken for the most that it can become, and where that would reach a
     * bound it has to be waited for.
     *
     * @return what holds of the slot that is given next.
     */
    public Intake intake() {
        if (isSettled()) {
            return routes.isHoldingBack() ? Intake.HELD_BACK : Intake.OPEN;
        }
        return routes.mayHoldBack(assembly.occupancy()) ? Intake.NOT_KNOWN_YET : Intake.OPEN;
    }

    /**
     * What {@link #step} can't go on without.
     *
     * @return a sentence, of a disk that is full or slow; null when nothing is held.
     */
    public String whyWaiting() {
        final Map<String, String> waiting = assembly.waiting();
        return waiting.isEmpty() ? null : String.join(" ", waiting.values());
    }

    /** {@return the log's time, the highest so far, in microseconds since 1970} */
    public long logTimeUs() {
        return assembly.slots.logTimeUs();
    }

    /** {@return the tables that can change, in the order in which the graph's stages name them; the first is table 1} */
    public List<ReferenceTable<?>> tables() {
        return assembly.feeds.stream().<ReferenceTable<?>>map(TableFeed::table).toList();
    }

    private void at(final long position, final long timeUs) {
        if (!state.hasBegun()) {
            throw new IllegalStateException("the replica of " + name + " was given position " + position
                    + " before it began: call begin or restore first");
        }
        threads.requireNoFailure();
        stamps.set(position, timeUs);
    }

    private TableFeed<E, ?> feed(final int table) {
        if (table < 1 || table > assembly.feeds.size()) {
            throw new IllegalArgumentException(
                    "The graph " + name + " has no table " + table + ": it has " + assembly.feeds.size() + ", from 1.");
        }
        return assembly.feeds.get(table - 1);
    }

    /** {@return how many routes there are: one for each of the graph's targets, then the dead letters} */
    public int routes() {
        return routes.count();
    }

    /** {@return the longest frame that it takes, in bytes} */
    public int maxFrameBytes() {
        return maxFrameBytes;
    }

    /** {@return the longest output a route ever has, in bytes: what a target must be able to take} */
    public int maxOutputBytes() {
        return routes.maxOutputBytes();
    }

    /**
     * The target of a route.
     *
     * @param route from 0.
     * @return its name; {@link Target#DEAD_LETTERS} for the last.
     */
    public String routeName(final int route) {
        return routes.of(route).name();
    }

    /**
     * A route's log, for readers of other threads, which close before the replica does. Any thread.
     *
     * @param route from 0.
     * @return it.
     */
    public RouteLog routeLog(final int route) {
        return routes.of(route).log();
    }

    /**
     * Keeps on this member's disk what its own copy of a target still needs, though the log says that it is confirmed. No
     * part of the state. To be set before the first slot.
     *
     * @param route   from 0.
     * @param settled the highest sequence that this member needs no more; never lower than before.
     */
    public void freeUpTo(final int route, final LongSupplier settled) {
        routes.of(route).freeUpTo(settled);
    }

    /**
     * Has somebody told that a route's log has grown, who may deliver what was appended. No part of the state. To be set
     * before the first slot.
     *
     * @param route  from 0.
     * @param listen called behind each append, on the thread that puts out; waits for nobody, and throws nothing.
     */
    public void onAppend(final int route, final Runnable listen) {
        routes.of(route).onAppend(listen);
    }

    /**
     * What a route has in the state; while {@link #isSettled()}.
     *
     * @param route from 0.
     * @return the counts of this moment.
     */
    public RouteCount count(final int route) {
        return routes.of(route).backlog().count();
    }

    /**
     * Writes the state: sections {@code engine} and {@code routes}, then each stage by its name, in graph order. Equal logs
     * make equal bytes. Only while {@link #isSettled()}.
     *
     * @param sink where to.
     * @throws IOException from {@code sink}.
     */
    public void save(final SectionSink sink) throws IOException {
        requireSettled();
        state.save(sink);
    }

    /**
     * Reads what {@link #save} wrote, instead of {@link #begin}, and opens the route logs where they were then: what lies
     * in them beyond is compared when it is put out again.
     *
     * @param source where from.
     * @throws IOException   from {@code source}, or when it holds something else.
     * @throws EdgeException when a route log on this member's disk lacks what is not confirmed: it has to be seeded.
     */
    public void restore(final SectionSource source) throws IOException {
        requireNotBegun();
        state.restore(source);
        if (state.hasBegun()) {
            start();
        }
    }

    private void requireSettled() {
        threads.requireNoFailure();
        if (!isSettled()) {
            throw new IllegalStateException("the replica of " + name + " is to be saved while " + assembly.occupancy()
                    + " slots are in its ring; step it until it is settled");
        }
    }

    /** {@return where every event is, since this process started, as of this moment} Any thread. */
    public Account account() {
        return assembly.account();
    }

    /**
     * Latency by hop: only {@code arrival} is known here, from when an event was due to its time in the log. Any thread.
     *
     * @return copies.
     */
    public Map<String, Histogram> latency() {
        return Map.of(Latency.ARRIVAL, assembly.latency.arrival.read());
    }

    /**
     * The distinct exceptions of users' functions so far. Any thread.
     *
     * @return a line for each, with its count and the stage it was thrown in.
     */
    public List<String> errors() {
        return assembly.errorLines();
    }

    /** Forces the route logs to the disk: what was put out until now survives the death of the machine. */
    public void force() {
        routes.force();
    }

    /**
     * Ends its threads, and closes the route logs. What is in the ring is given up.
     *
     * @throws EdgeException when a thread does not end, in a user's function that never returns for example: then the route
     *                       logs, which it may use, stay open.
     */
    @Override
    public void close() {
        threads.stop();
        assembly.closeOutlets();
    }
}
