package io.pinion.jmh.peers;

/** The thread that drives an engine which has none of its own: takes each event from the feed and hands it over. */
public final class FeedThread {
    /** The engine's door. */
    @FunctionalInterface
    public interface Handler {
        /**
         * An event that is due.
         *
         * @param number of the event.
         * @param dueNs  when it was due; 0 where it had no time.
         * @throws Exception as the engine does; it ends the thread.
         */
        void onEvent(long number, long dueNs) throws Exception;
    }

    private static final long PATIENCE_MS = 5_000;

    private final Thread thread;
    private volatile Throwable failure;

    /**
     * Starts it.
     *
     * @param feed    to take from, until it has ended.
     * @param handler called on the thread.
     */
    public FeedThread(final EventFeed feed, final Handler handler) {
        thread = new Thread(() -> run(feed, handler), "feed");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(final EventFeed feed, final Handler handler) {
        try {
            for (long number = feed.take(); number != EventFeed.NONE; number = feed.take()) {
                handler.onEvent(number, feed.dueNs());
            }
        } catch (final Exception e) {
            failure = e;
        }
    }

    /**
     * Why it ended before the feed did. Any thread.
     *
     * @return null while it has not.
     */
    public Throwable failure() {
        return failure;
    }

    /**
     * Waits for the end of the feed, but not for long: an engine that broke may never take what it was given.
     *
     * @throws InterruptedException when this thread is interrupted meanwhile.
     */
    public void join() throws InterruptedException {
        thread.join(PATIENCE_MS);
    }
}
