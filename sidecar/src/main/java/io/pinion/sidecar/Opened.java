package io.pinion.sidecar;

import java.util.ArrayDeque;
import java.util.Deque;
import org.agrona.CloseHelper;

/** What was opened on the way to a processor, closed again when the rest of the way fails. One thread. */
final class Opened implements AutoCloseable {
    private final Deque<AutoCloseable> resources = new ArrayDeque<>();

    <T extends AutoCloseable> T add(final T resource) {
        resources.push(resource);
        return resource;
    }

    /** Another owns them from now on. */
    void handOver() {
        resources.clear();
    }

    /** The last one first; that something else went wrong is what matters by then. */
    @Override
    public void close() {
        resources.forEach(CloseHelper::quietClose);
        resources.clear();
    }
}
