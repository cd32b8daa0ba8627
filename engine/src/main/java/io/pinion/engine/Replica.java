package io.pinion.engine;

import io.pinion.engine.routelog.RouteLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;
import org.agrona.DirectBuffer;
import org.agrona.LangUtil;
import org.agrona.concurrent.Agent;

/**
 * Runs one graph behind a log that others keep: slots come with position and time from there, and what goes out is
 * appended to one route log for each target. Two replicas that are given the same log hold the same state, and put out the
 * same, to the byte.
 *
 * <p>Made by {@link Processor.Builder#replica}. All is one thread's, which steps it; {@link #routeLog}, {@link #account},
 * {@link #latency}, {@link #errors} and {@link #whyWaiting} may be called from any. Whatever it throws means that this
 * member can't go on: exceptions of users' functions have become dead letters before.
 *
 * @param <E> the user's own event class.
 */
public final class Replica<E> implements AutoCloseable {
    private static final String ENGINE = "engine";
    private static final int ENGINE_VERSION = 1;
    private static final String ROUTES = "routes";

    private final String name;
    private final GivenStamps stamps = new GivenStamps();
    private final Assembly<E> assembly;
    private final List<Stage<E>> stages;
    private final Agent[] parts;
    private final RouteOutlets routes;
    private final int maxFrameBytes;
    private boolean begun;
    private long logId;

    Replica(final Processor.Builder<E> options, final Path routesDirectory, final RouteBounds bounds) {
        name = options.name;
        maxFrameBytes = options.maxFrameBytes;
        stages = options.graph.stages();
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
        parts = options.graph.parts().stream()
                .filter(part -> !part.equals(Layout.INGRESS))
                .map(assembly.parts::get)
                .toArray(Agent[]::new);
    }

    /**
     * Begins at the log's start: once, before the first slot, unless {@link #restore} did.
     *
     * @param logId the log's identity.
     */
    public void begin(final long logId) {
        if (begun) {
            throw new IllegalStateException("the replica of " + name + " has begun: its log begins once");
        }
        begun = true;
        this.logId = logId;
        routes.begin(logId);
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
     */
    public boolean event(
            final long position,
            final long timeUs,
            final DirectBuffer buffer,
            final int offset,
            final int length,
            final long dueNs) {
        at(position, timeUs);
        return assembly.slots.event(buffer, offset, length, dueNs);
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
     * Runs each part once.
     *
     * @return how much was done; 0 when nothing could be.
     */
    public int step() {
        int work = 0;
        for (final Agent part : parts) {
            try {
                work += part.doWork();
            } catch (final Exception e) { // no part throws a checked one
                LangUtil.rethrowUnchecked(e);
            }
        }
        return work;
    }

    /** {@return whether all that was given is through: nothing is left to {@link #step}} */
    public boolean isSettled() {
        return assembly.occupancy() == 0 && !routes.isHolding();
    }

    /**
     * Whether a route that blocks is at its bound, so that no event may be given; confirmations and all else may. A
     * function of the log, while {@link #isSettled()}.
     *
     * @return true until enough is confirmed.
     */
    public boolean isHoldingBack() {
        return routes.isHoldingBack();
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
        if (!begun) {
            throw new IllegalStateException("the replica of " + name + " was given position " + position
                    + " before it began: call begin or restore first");
        }
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
        sink.section(ENGINE, ENGINE_VERSION, out -> {
            out.writeBoolean(begun);
            out.writeLong(logId);
            out.writeLong(logTimeUs());
        });
        sink.section(ROUTES, RouteBacklog.VERSION, routes::save);
        for (final Stage<E> stage : stages) {
            sink.section(stage.name(), stage.stateVersion(), stage::save);
        }
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
        final boolean[] wasBegun = new boolean[1];
        source.section(ENGINE, (in, version) -> {
            requireVersion(ENGINE, version, ENGINE_VERSION);
            wasBegun[0] = in.readBoolean();
            logId = in.readLong();
            assembly.slots.logTimeUs(in.readLong());
        });
        source.section(ROUTES, (in, version) -> {
            requireVersion(ROUTES, version, RouteBacklog.VERSION);
            routes.restore(in);
        });
        for (final Stage<E> stage : stages) {
            source.section(stage.name(), stage::restore);
        }
        if (wasBegun[0]) {
            begin(logId);
        }
    }

    private void requireSettled() {
        if (!isSettled()) {
            throw new IllegalStateException("the replica of " + name + " is to be saved while " + assembly.occupancy()
                    + " slots are in its ring; step it until it is settled");
        }
    }

    private static void requireVersion(final String section, final int version, final int known) throws IOException {
        if (version != known) {
            throw new IOException("The section \"" + section + "\" is of version " + version + ", and this build reads "
                    + known + "; start the build that wrote it.");
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

    @Override
    public void close() {
        assembly.closeOutlets();
    }
}
