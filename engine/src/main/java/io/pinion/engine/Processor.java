package io.pinion.engine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.EpochNanoClock;

/**
 * Runs one graph under one layout: life cycle, threads, errors, drain.
 *
 * <p>Made by {@link #of}, started once, closed once, by one thread; what says so may be called from any. It owns its
 * adapter and publishers: closing it closes them.
 *
 * @param <E> the user's own event class.
 */
public final class Processor<E> implements AutoCloseable {
    private final String logId;
    private final Assembly<E> assembly;
    private final IngressAgent<E> ingress;
    private final List<List<String>> parts;
    private final LayoutThreads threads;
    private final Failure failure;
    private boolean closed;

    private Processor(final Builder<E> options) {
        failure = new Failure(options.name);
        final long newLogId = ThreadLocalRandom.current().nextLong();
        logId = HexFormat.of().toHexDigits(newLogId);
        parts = LayoutThreads.partsOf(options);
        final ClockStamps stamps = new ClockStamps(options.clock);
        assembly = new Assembly<>(options, stamps, PublishingOutlet.maker(options, newLogId), true);
        ingress = new IngressAgent<>(options, stamps, assembly.slots, assembly.feeds);
        assembly.parts.put(Layout.INGRESS, ingress);
        threads = new LayoutThreads(options.layout, parts, assembly.parts, options.layout.isStepped(), this::fail);
    }

    /**
     * Begins a processor.
     *
     * @param name  of the graph.
     * @param graph what to run; built anew for each processor.
     * @param codec of its events.
     * @param <E>   the event class.
     * @return what to say next.
     */
    public static <E> Builder<E> of(final String name, final Graph<E> graph, final Codec<E> codec) {
        return new Builder<>(name, graph, codec);
    }

    /** Starts the threads of the layout; under {@link Layout#stepped()} there are none. */
    public void start() {
        threads.start();
    }

    /**
     * Runs each part once on the caller's thread. Only under {@link Layout#stepped()}.
     *
     * @return how much was done, 0 when there was nothing to do.
     * @throws EdgeException when the processor has failed.
     */
    public int step() {
        try {
            return threads.step();
        } catch (final AgentTerminationException e) {
            failure.throwIfAny();
            throw e;
        }
    }

    private void fail(final String part, final Throwable error) {
        failure.set(error);
        assembly.end.countDown();
    }

    /** Takes nothing more in; what is in the ring goes on to its targets. Any thread; returns at once. */
    public void drain() {
        ingress.drain();
    }

    /**
     * Swaps a whole table for other rows while events go on: the rows come in between the events, and at one place in the
     * log the stages go over to them. What comes live for the table meanwhile waits. When the rows end with an {@link
     * EdgeException}, the table stays as it was. Any thread; swaps that are asked for run one after the other.
     *
     * @param table its name.
     * @param rows  its rows, checked by {@link ReferenceTable#newFileCheck}; must not block; closed when it has ended.
     * @return how far it is.
     * @throws IllegalArgumentException when no table of that name can change.
     */
    public TableSwap swap(final String table, final IngressAdapter rows) {
        return ingress.tables().swap(table, rows);
    }

    /**
     * Waits until everything has left: after the end of the input, or after {@link #drain}. Any thread.
     *
     * @param timeout how long to wait.
     * @return false when the time ran out first; {@link #account()} then tells what is pending where.
     * @throws EdgeException when the processor has failed, with a sentence that says why.
     */
    public boolean awaitEnd(final Duration timeout) {
        try {
            final boolean ended = assembly.end.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
            failure.throwIfAny();
            return ended;
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** {@return why it stopped by itself; null while it has not} Any thread. */
    public Throwable failure() {
        return failure.get();
    }

    /** {@return where every event is, as of this moment} Any thread. */
    public Account account() {
        return assembly.account();
    }

    /**
     * Latency by hop since the start, in nanoseconds: {@code arrival} (due to in the ring), {@code stages} (in the ring
     * to taken up by a target), {@code egress} (taken up to accepted) and {@code total} (due to accepted). Any thread.
     *
     * @return copies.
     */
    public Map<String, Histogram> latency() {
        return assembly.latency.read();
    }

    /**
     * How many slots of the ring are in use. Any thread.
     *
     * @return slots, of {@link #ringSlots()}.
     */
    public long occupancy() {
        return assembly.occupancy();
    }

    /** {@return how many slots the ring has} */
    public int ringSlots() {
        return assembly.ring.length();
    }

    /**
     * The distinct exceptions of users' functions so far. Any thread.
     *
     * @return a line for each, with its count and the stage it was thrown in.
     */
    public List<String> errors() {
        return assembly.errorLines();
    }

    /**
     * The targets that hold a frame that can't leave, and why. Any thread.
     *
     * @return by name; empty when none waits.
     */
    public Map<String, String> waiting() {
        return assembly.waiting();
    }

    /** {@return the identity of this processor's log, new for each: 16 hexadecimal digits} */
    public String logId() {
        return logId;
    }

    /** {@return the parts that share a thread, as it runs: one list for each thread} */
    public List<List<String>> threads() {
        return parts;
    }

    /**
     * Stops the threads and closes adapter and publishers. What is still in the ring is given up.
     *
     * @throws EdgeException when a publisher could not put out what it had accepted; or when a thread does not end, in a
     *                       user's function that never returns for example: then the edges, which it may use, stay open.
     */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            final List<String> stuck = threads.stop();
            if (!stuck.isEmpty()) {
                throw new EdgeException(failure.processor() + " was left running on " + String.join(", ", stuck)
                        + ": a stage or a target does not return there; see what it waits for.");
            }
            CloseHelper.closeAll(ingress::closeEdges, assembly::closeOutlets);
        }
    }

    /**
     * The options of a processor.
     *
     * @param <E> the user's own event class.
     */
    public static final class Builder<E> {
        final String name;
        final Graph<E> graph;
        final Codec<E> codec;
        final Map<String, EgressPublisher> publishers = new LinkedHashMap<>();
        final Map<String, FrameFormat> egressFormats = new LinkedHashMap<>();
        final Map<String, TableFeed.Updates> updates = new LinkedHashMap<>();
        EpochNanoClock clock = new WallClock();
        Layout layout = Layout.oneThread();
        int ringSlots = 256;
        int maxFrameBytes = 64 * 1_024;
        IngressAdapter adapter;
        Set<FrameFormat> formats = EnumSet.allOf(FrameFormat.class);
        Agent driver;
        Path spillDirectory;
        boolean logTimeFromEvents;
        RowCodecs rowCodecs;

        private Builder(final String name, final Graph<E> graph, final Codec<E> codec) {
            this.name = name;
            this.graph = graph;
            this.codec = codec;
        }

        /**
         * Threads, cores and idling.
         *
         * @param newLayout {@link Layout#oneThread()} unless it is set.
         * @return this.
         */
        public Builder<E> layout(final Layout newLayout) {
            layout = newLayout;
            return this;
        }

        /**
         * The size of the ring.
         *
         * @param slots a power of two; 256 unless it is set.
         * @return this.
         */
        public Builder<E> ringSlots(final int slots) {
            ringSlots = slots;
            return this;
        }

        /**
         * The longest frame that is taken in; a longer one is a dead letter.
         *
         * @param bytes 64 KiB unless it is set.
         * @return this.
         */
        public Builder<E> maxFrameBytes(final int bytes) {
            maxFrameBytes = bytes;
            return this;
        }

        /**
         * Where frames come from.
         *
         * @param newAdapter closed with the processor.
         * @param newFormats what it brings: one format, or both, and then each frame's first byte tells.
         * @return this.
         */
        public Builder<E> ingress(final IngressAdapter newAdapter, final FrameFormat... newFormats) {
            adapter = newAdapter;
            formats = EnumSet.copyOf(List.of(newFormats));
            return this;
        }

        /**
         * Where a target's frames go.
         *
         * @param target    its name; {@link Target#DEAD_LETTERS} for the dead letters, which are always JSON.
         * @param publisher closed with the processor.
         * @param format    what to put out; null for the format in which the event came.
         * @return this.
         */
        public Builder<E> egress(final String target, final EgressPublisher publisher, final FrameFormat format) {
            publishers.put(target, publisher);
            return format(target, format);
        }

        /**
         * What a target is given, where no publisher is set: in a replica.
         *
         * @param target its name.
         * @param format null for the format in which the event came, as where nothing is set.
         * @return this.
         */
        public Builder<E> format(final String target, final FrameFormat format) {
            egressFormats.put(target, format);
            return this;
        }

        /**
         * What reads the rows of tables, {@code FrameCodec::of}: without it no table can change, nor be saved.
         *
         * @param codecs makes them.
         * @return this.
         */
        public Builder<E> rowCodecs(final RowCodecs codecs) {
            rowCodecs = codecs;
            return this;
        }

        /**
         * Where the live updates of a table come from.
         *
         * @param table   its name; one that has {@link ReferenceTable#updates()}.
         * @param adapter closed with the processor.
         * @param brought as for {@link #ingress}.
         * @return this.
         */
        public Builder<E> updates(final String table, final IngressAdapter adapter, final FrameFormat... brought) {
            updates.put(table, new TableFeed.Updates(adapter, EnumSet.copyOf(List.of(brought))));
            return this;
        }

        /**
         * Where targets with the policy {@code spill()} keep what they can't put out.
         *
         * @param directory one of this graph's own, the same at its next start; where none is set such targets block.
         * @return this.
         */
        public Builder<E> spillDirectory(final Path directory) {
            spillDirectory = directory;
            return this;
        }

        /**
         * An embedded media driver, to be stepped on a thread of the layout as its part {@code driver}.
         *
         * @param agent its duty cycle; started and stopped elsewhere.
         * @return this.
         */
        public Builder<E> driver(final Agent agent) {
            driver = agent;
            return this;
        }

        /**
         * The wall clock that the ingress reads for the log's time, once for what it takes in together, and latency is
         * measured by; for tests.
         *
         * @param newClock {@link WallClock} unless it is set.
         * @return this.
         */
        public Builder<E> clock(final EpochNanoClock newClock) {
            clock = newClock;
            return this;
        }

        /**
         * Takes the log's time from the events: the highest event time so far, for replay. Otherwise it is the wall
         * clock's, read once when an event comes in.
         *
         * @return this.
         */
        public Builder<E> logTimeFromEvents() {
            logTimeFromEvents = true;
            return this;
        }

        /**
         * Checks all that can be checked before it runs, and allocates.
         *
         * @return not started yet.
         * @throws GraphException when something is wrong, with all that is.
         */
        public Processor<E> build() {
            new ProcessorRules(this).requireProcessor();
            return new Processor<>(this);
        }

        /**
         * A replica instead of a processor: behind a log that others keep, so that ingress, publishers, live updates, clock
         * and spill directory are not used. Of the layout, the group with the ingress is the thread that gives it the log.
         *
         * @param routesDirectory where each route has its log, in a directory of its name.
         * @param bounds          of routes whose policy brings none.
         * @return not begun yet.
         * @throws GraphException when something is wrong, with all that is.
         */
        public Replica<E> replica(final Path routesDirectory, final RouteBounds bounds) {
            new ProcessorRules(this).requireReplica();
            return new Replica<>(this, routesDirectory, bounds);
        }
    }
}
