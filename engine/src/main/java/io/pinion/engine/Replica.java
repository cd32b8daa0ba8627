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
 * <p>Made by {@link Processor.Builder#replica}. All is one thread's, which steps it; {@link #routeLog}, {@link #account},
 * {@link #latency}, {@link #errors} and {@link #whyWaiting} may be called from any. Whatever it throws means that this
 * member can't go on: exceptions of users' functions have become dead letters before.
 *
 * @param <E> the user's own event class.
 */
public final class Replica<E> implements AutoCloseable {
    Replica(final Processor.Builder<E> options, final Path routesDirectory, final RouteBounds bounds) {
        throw new UnsupportedOperationException();
    }

    /**
     * Begins at the log's start: once, before the first slot, unless {@link #restore} did.
     *
     * @param logId the log's identity.
     */
    public void begin(final long logId) {
        throw new UnsupportedOperationException();
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
        throw new UnsupportedOperationException();
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
        throw new UnsupportedOperationException();
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
        throw new UnsupportedOperationException();
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
        throw new UnsupportedOperationException();
    }

    /**
     * Time goes on.
     *
     * @param position as for {@link #event}.
     * @param timeUs   as for {@link #event}.
     * @return false when the ring is full.
     */
    public boolean tick(final long position, final long timeUs) {
        throw new UnsupportedOperationException();
    }

    /**
     * Runs each part once.
     *
     * @return how much was done; 0 when nothing could be.
     */
    public int step() {
        throw new UnsupportedOperationException();
    }

    /**
     * Whether all that was given has gone through all stages into the route logs.
     *
     * @return true when nothing is left to {@link #step}.
     */
    public boolean isSettled() {
        throw new UnsupportedOperationException();
    }

    /**
     * Whether a route that blocks is at its bound, so that no event may be given; confirmations and all else may. A
     * function of the log, while {@link #isSettled()}.
     *
     * @return true until enough is confirmed.
     */
    public boolean isHoldingBack() {
        throw new UnsupportedOperationException();
    }

    /**
     * What {@link #step} can't go on without.
     *
     * @return a sentence, of a disk that is full or slow; null when nothing is held.
     */
    public String whyWaiting() {
        throw new UnsupportedOperationException();
    }

    /**
     * The log's time: the highest so far.
     *
     * @return microseconds since 1970.
     */
    public long logTimeUs() {
        throw new UnsupportedOperationException();
    }

    /**
     * The tables that can change, in the order in which the graph's stages name them.
     *
     * @return the first is table 1.
     */
    public List<ReferenceTable<?>> tables() {
        throw new UnsupportedOperationException();
    }

    /**
     * How many routes there are: one for each of the graph's targets, then the dead letters.
     *
     * @return 2 or more.
     */
    public int routes() {
        throw new UnsupportedOperationException();
    }

    /**
     * The target of a route.
     *
     * @param route from 0.
     * @return its name; {@link Target#DEAD_LETTERS} for the last.
     */
    public String routeName(final int route) {
        throw new UnsupportedOperationException();
    }

    /**
     * A route's log, for readers of other threads; closed with the replica. Any thread.
     *
     * @param route from 0.
     * @return it.
     */
    public RouteLog routeLog(final int route) {
        throw new UnsupportedOperationException();
    }

    /**
     * Keeps on this member's disk what its own copy of a target still needs, though the log says that it is confirmed. No
     * part of the state. To be set before the first slot.
     *
     * @param route   from 0.
     * @param settled the highest sequence that this member needs no more; never lower than before.
     */
    public void freeUpTo(final int route, final LongSupplier settled) {
        throw new UnsupportedOperationException();
    }

    /**
     * What a route has in the state; while {@link #isSettled()}.
     *
     * @param route from 0.
     * @return the counts of this moment.
     */
    public RouteCount count(final int route) {
        throw new UnsupportedOperationException();
    }

    /**
     * Writes the state: sections {@code engine} and {@code routes}, then each stage by its name, in graph order. Equal logs
     * make equal bytes. Only while {@link #isSettled()}.
     *
     * @param sink where to.
     * @throws IOException from {@code sink}.
     */
    public void save(final SectionSink sink) throws IOException {
        throw new UnsupportedOperationException();
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
        throw new UnsupportedOperationException();
    }

    /**
     * Where every event is, since this process started. Any thread.
     *
     * @return the counts of this moment.
     */
    public Account account() {
        throw new UnsupportedOperationException();
    }

    /**
     * Latency by hop, as {@link Processor#latency()}; what was due at an unknown time is not counted. Any thread.
     *
     * @return copies.
     */
    public Map<String, Histogram> latency() {
        throw new UnsupportedOperationException();
    }

    /**
     * The distinct exceptions of users' functions so far. Any thread.
     *
     * @return a line for each, with its count and the stage it was thrown in.
     */
    public List<String> errors() {
        throw new UnsupportedOperationException();
    }

    /** Forces the route logs to the disk: what was put out until now survives the death of the machine. */
    public void force() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
