package io.pinion.jmh.peers.flink;

import io.pinion.jmh.peers.EventFeed;
import io.pinion.jmh.peers.PeerEvent;
import io.pinion.jmh.peers.PeerEvents;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.datagen.source.GeneratorFunction;

/** The feed as a source: one event, reused, on the thread of the source's task, which spins until it is due. */
final class FeedEvents implements GeneratorFunction<Long, PeerEvent> {
    private static final long serialVersionUID = 1;

    private transient EventFeed feed;
    private transient PeerEvents events;
    private transient PeerEvent event;

    @Override
    public void open(final SourceReaderContext context) {
        feed = Shared.feed();
        events = new PeerEvents();
        event = new PeerEvent();
    }

    @Override
    public PeerEvent map(final Long index) throws InterruptedException {
        long number = feed.poll();
        while (number == EventFeed.NONE) {
            if (Thread.interrupted() || feed.isClosed()) {
                throw new InterruptedException("the feed has ended");
            }
            Thread.onSpinWait();
            number = feed.poll();
        }
        events.fill(event, number, feed.dueNs());
        return event;
    }
}
