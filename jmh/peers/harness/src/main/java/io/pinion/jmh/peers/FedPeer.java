package io.pinion.jmh.peers;

/** A peer that is driven by a {@link FeedThread}, since it has no source of its own. */
public abstract class FedPeer implements Peer {
    private FeedThread thread;

    /** For peers that are made by their names. */
    protected FedPeer() {}

    /**
     * Starts the thread; once, by {@link #start}.
     *
     * @param feed    to take from.
     * @param handler the engine's door, called on the thread.
     */
    protected final void drive(final EventFeed feed, final FeedThread.Handler handler) {
        thread = new FeedThread(feed, handler);
    }

    @Override
    public final Throwable failure() {
        return thread.failure();
    }

    @Override
    public void stop() throws InterruptedException {
        thread.join();
    }
}
