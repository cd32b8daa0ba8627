package io.pinion.cluster;

import io.pinion.engine.SequencedTarget;
import io.pinion.engine.routelog.RouteLog;

/**
 * Delivers one route: what lies in its route log goes to its target, from where the target says; what the target has
 * settled is confirmed. Used by the delivery thread; {@link #settled()} and {@link #whyWaiting()} may be called on any.
 */
final class Forwarder implements AutoCloseable {
    Forwarder(
            final int route,
            final String name,
            final RouteLog log,
            final SequencedTarget target,
            final ServiceView view,
            final Confirmations confirmations) {
        throw new UnsupportedOperationException();
    }

    /** One round: at most so many records. */
    int doWork() {
        throw new UnsupportedOperationException();
    }

    /** The highest sequence that the target will not ask for again; 0 where there is none. */
    long settled() {
        throw new UnsupportedOperationException();
    }

    /** Whether what is settled there bounds what this member may free: a file that it writes itself. */
    boolean isLocal() {
        throw new UnsupportedOperationException();
    }

    /** What a person should know when nothing leaves for long. */
    String whyWaiting() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
