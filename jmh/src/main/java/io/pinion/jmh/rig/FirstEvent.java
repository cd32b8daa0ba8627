package io.pinion.jmh.rig;

import java.util.List;
import java.util.concurrent.TimeUnit;

/** Times a start: from when a process is asked for until the first event that was sent to it is back. */
public final class FirstEvent {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long RETRY_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private FirstEvent() {}

    /**
     * Starts it, and sends one event after the other until one comes back.
     *
     * @param name    for sentences.
     * @param place   where.
     * @param address of the rig's ends, opened before.
     * @param command of the process; ended after.
     * @return in nanoseconds.
     */
    public static long time(
            final String name, final Workplace place, final LinkAddress address, final List<String> command) {
        final FramePool frames = FramePool.ofFeedback(1 << 8, LoadRig.USERS);
        try (Link link = Link.open(address)) {
            final long startNs = System.nanoTime();
            try (Subprocess process = Subprocess.start(name, place.folder(), command)) {
                long next = 0;
                long sendAtNs = startNs;
                while (link.poll(dueEpochNs -> {}, 1) == 0) {
                    link.work();
                    final long nowNs = System.nanoTime();
                    if (nowNs >= sendAtNs && link.send(frames, next, System.currentTimeMillis() * 1_000_000)) {
                        next++;
                        sendAtNs = nowNs + RETRY_NS;
                    }
                    if (nowNs - startNs > PATIENCE_NS) {
                        process.requireAlive();
                        throw new IllegalStateException("nothing came back from " + name);
                    }
                }
                return System.nanoTime() - startNs;
            }
        } catch (final IllegalStateException e) {
            throw e;
        } catch (final Exception e) {
            throw new IllegalStateException("the start of " + name + " could not be timed: " + e, e);
        }
    }
}
