package io.pinion.jmh.rig;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.openhft.affinity.Affinity;
import org.HdrHistogram.Histogram;

/**
 * Sends events when they are due, takes back what returns, and times it, all on one thread. The time an event was due
 * travels with it, so that nothing needs to be found again: what is dropped does not come back.
 */
public final class LoadRig {
    private static final long CONNECT_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long QUIET_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long STUCK_NS = TimeUnit.SECONDS.toNanos(20);
    private static final long HIGHEST_LATENCY_NS = TimeUnit.SECONDS.toNanos(60);
    private static final int LIMIT = 64;
    /** What may leave between two looks at what comes back. */
    private static final int BURST = 16;
    /** Of each piece, the share of the time that is not recorded. */
    private static final double WARM_UP = 0.2;

    private static final int WARM_UP_ROUNDS = 2;
    /** So long that nobody is taken for dead who waits for a turn meanwhile. */
    private static final long FILL_PIECE = 100_000;

    private static final int POOL = 1 << 17;
    static final int USERS = 10_000;

    private final FarEnd link;
    private final FramePool frames;
    private final FarEnd.ReturnHandler onReturn;
    private final Histogram latency = new Histogram(HIGHEST_LATENCY_NS, 3);
    /** Between what {@link System#nanoTime} tells and nanoseconds since 1970, which what travels has to look like. */
    private final long epochOffsetNs = System.currentTimeMillis() * 1_000_000 - System.nanoTime();

    private long next;
    private long returned;
    private long lastReturnNs;
    private long runFromNs;
    private long recordFromNs;

    /**
     * Makes one.
     *
     * @param link   to the other end; not closed by it.
     * @param frames what is sent.
     */
    public LoadRig(final FarEnd link, final FramePool frames) {
        this.link = link;
        this.frames = frames;
        onReturn = dueEpochNs -> {
            final long dueNs = dueEpochNs - epochOffsetNs;
            if (dueNs >= runFromNs) { // those of the run before may be late
                returned++;
            }
            if (dueNs >= recordFromNs) {
                latency.recordValue(Math.min(Math.max(0, System.nanoTime() - dueNs), HIGHEST_LATENCY_NS));
            }
        };
    }

    /**
     * Runs a plan.
     *
     * @param args a file with the {@link RigPlan} as JSON, and one to write the {@link RateRun}s to; {@code in-turn} where
     *             it waits for its {@link Turns}.
     * @throws Exception as Aeron does.
     */
    public static void main(final String[] args) throws Exception {
        final ObjectMapper mapper = new ObjectMapper();
        final RigPlan plan = mapper.readValue(Path.of(args[0]).toFile(), RigPlan.class);
        final FramePool frames =
                plan.events().equals("job") ? FramePool.ofJob(POOL) : FramePool.ofFeedback(POOL, USERS);
        if (plan.core() >= 0) {
            Affinity.setAffinity(plan.core());
        }
        final Turns turns = args.length > 2 ? Turns.ofParent() : Turns.ALONE;
        turns.await(); // a client that is open and not worked at for long is taken for dead
        try (Link link = Link.open(plan.address())) {
            mapper.writeValue(Path.of(args[1]).toFile(), new LoadRig(link, frames).run(plan, turns));
        }
    }

    /**
     * Runs a plan: its rates in turn, and then those of the search.
     *
     * @param plan whose address was used already.
     * @return each rate as it came out.
     * @throws Exception as the other end does.
     */
    public List<RateRun> run(final RigPlan plan) throws Exception {
        return run(plan, Turns.ALONE);
    }

    /** The same, piece by piece, in turn with others. The first turn is begun already. */
    private List<RateRun> run(final RigPlan plan, final Turns turns) throws Exception {
        awaitConnection();
        for (long filled = 0; filled < plan.fillEvents(); filled += FILL_PIECE) {
            turns.await();
            fill(Math.min(FILL_PIECE, plan.fillEvents() - filled));
        }
        warmUp(plan, turns);
        final List<RateRun> runs = new ArrayList<>();
        for (final long rate : plan.rates()) {
            latency.reset();
            RateRun whole = null;
            for (int piece = 0; piece < plan.pieces(); piece++) {
                turns.await();
                final RateRun run = run(rate, plan.seconds() / plan.pieces());
                whole = whole == null ? run : whole.and(run);
            }
            runs.add(whole.with(latency));
        }
        if (plan.findsHighest()) {
            final HighestRate search = new HighestRate();
            for (long rate = search.next(); rate > 0; rate = search.next()) {
                latency.reset();
                turns.await();
                final RateRun run = run(rate, plan.searchSeconds());
                runs.add(run.with(latency));
                search.tried(rate, run.isHeld());
            }
        }
        return runs;
    }

    private void warmUp(final RigPlan plan, final Turns turns) throws Exception {
        if (plan.warmUpSeconds() > 0) {
            for (int round = 0; round < WARM_UP_ROUNDS; round++) {
                for (final long rate : plan.rates()) {
                    turns.await();
                    run(
                            rate,
                            plan.warmUpSeconds() / WARM_UP_ROUNDS / plan.rates().size());
                }
            }
        }
    }

    private void awaitConnection() throws Exception {
        final long fromNs = System.nanoTime();
        while (!link.isConnected()) {
            link.work();
            if (System.nanoTime() - fromNs > CONNECT_NS) {
                throw new IllegalStateException("nobody answers at the other end");
            }
        }
    }

    private void fill(final long events) throws Exception {
        recordFromNs = Long.MAX_VALUE;
        final long end = next + events;
        long progressNs = System.nanoTime();
        while (next < end) {
            final long nowNs = turn();
            final long before = next;
            for (int i = 0; i < BURST && next < end && link.send(frames, next, nowNs + epochOffsetNs); i++) {
                next++;
            }
            if (next > before) {
                progressNs = nowNs;
            } else if (nowNs - progressNs > STUCK_NS) {
                throw new IllegalStateException("the other end takes no more after " + next + " events");
            }
        }
        drain();
    }

    /** One rate, for a time; longer only until what was sent has come back. Its latencies come to those of before. */
    private RateRun run(final long rate, final double seconds) throws Exception {
        final long startNs = System.nanoTime() + QUIET_NS / 100;
        final Schedule schedule = new Schedule(startNs, rate);
        final long durationNs = (long) (seconds * 1e9);
        final long endNs = startNs + durationNs;
        final long intended = Math.max(1, schedule.events(durationNs));
        runFromNs = startNs;
        recordFromNs = startNs + (long) (durationNs * WARM_UP);
        returned = 0;
        lastReturnNs = endNs;
        long sent = 0;
        long nowNs = turn();
        while (nowNs < endNs) {
            for (int i = 0; i < BURST && sent < intended; i++) {
                final long dueNs = schedule.dueNs(sent);
                if (dueNs > nowNs || !link.send(frames, next, dueNs + epochOffsetNs)) {
                    break;
                }
                next++;
                sent++;
            }
            nowNs = turn();
        }
        drain();
        return new RateRun(rate, intended, sent, returned, Math.max(0, lastReturnNs - endNs), "");
    }

    /** Until nothing has come back for a while. */
    private void drain() throws Exception {
        final long fromNs = System.nanoTime();
        long quietFromNs = fromNs;
        for (long nowNs = fromNs; nowNs - quietFromNs < QUIET_NS && nowNs - fromNs < STUCK_NS; nowNs = turn()) {
            quietFromNs = Math.max(quietFromNs, lastReturnNs);
        }
    }

    /** One turn of the duty cycle but for what is sent. */
    private long turn() throws Exception {
        link.work();
        final int taken = link.poll(onReturn, LIMIT);
        final long nowNs = System.nanoTime();
        if (taken > 0) {
            lastReturnNs = nowNs;
        }
        return nowNs;
    }
}
