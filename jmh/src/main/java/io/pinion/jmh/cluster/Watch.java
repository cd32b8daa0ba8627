package io.pinion.jmh.cluster;

import io.pinion.jmh.rig.FarEnd;
import io.pinion.jmh.rig.FramePool;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Sends a thousand events a second, where they are taken, and notes when nothing comes back. One thread. */
final class Watch {
    private static final long CONNECT_NS = TimeUnit.SECONDS.toNanos(90);
    private static final long PACE_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(100);
    /** Shorter ones are the machine's. */
    private static final long LEAST_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private static final int LIMIT = 64;

    private final FarEnd end;
    private final FramePool frames;
    private final List<Silence> silences = new ArrayList<>();
    private Runnable onStarted;
    private long lastNs;

    Watch(final FarEnd end, final FramePool frames) {
        this.end = end;
        this.frames = frames;
    }

    /**
     * Watches.
     *
     * @param started is told once, when the first event is back.
     * @param isOver  is looked at ten times a second.
     * @return silences, in their order.
     */
    List<Silence> run(final Runnable started, final BooleanSupplier isOver) throws Exception {
        onStarted = started;
        final long fromNs = System.nanoTime();
        long dueNs = fromNs;
        long lookNs = fromNs;
        long n = 0;
        while (true) {
            end.work();
            end.poll(this::onReturn, LIMIT);
            final long nowNs = System.nanoTime();
            if (nowNs - lookNs >= 0) {
                lookNs = nowNs + LOOK_NS;
                if (isOver.getAsBoolean()) {
                    return silences;
                }
                if (onStarted != null && nowNs - fromNs > CONNECT_NS) {
                    throw new IllegalStateException(
                            "nothing came back in the first " + TimeUnit.NANOSECONDS.toSeconds(CONNECT_NS) + " s");
                }
            }
            if (nowNs - dueNs >= 0 && end.isConnected() && end.send(frames, n, nowNs)) {
                n++;
                dueNs = nowNs + PACE_NS;
            }
        }
    }

    private void onReturn(final long dueEpochNs) {
        final long nowNs = System.nanoTime();
        if (onStarted != null) {
            onStarted.run();
            onStarted = null;
        } else if (nowNs - lastNs >= LEAST_NS) {
            silences.add(new Silence(lastNs, nowNs));
        }
        lastNs = nowNs;
    }
}
