package io.pinion.jmh.peers.jet;

import com.hazelcast.jet.pipeline.SourceBuilder;
import com.hazelcast.jet.pipeline.SourceBuilder.TimestampedSourceBuffer;
import com.hazelcast.jet.pipeline.StreamSource;
import io.pinion.jmh.peers.EventFeed;
import io.pinion.jmh.peers.PeerEvent;
import io.pinion.jmh.peers.PeerEvents;

/** The feed as a source. It spins for a while when no event is due, so that the next leaves when it is. */
final class FeedSource {
    /** Large enough that what a call costs is spread. */
    private static final int BATCH = 256;

    private static final long SPIN_NS = 1_000_000;
    private static final long US_PER_MS = 1_000;

    private final EventFeed feed = Shared.feed();
    private final PeerEvents events = new PeerEvents();

    private FeedSource() {}

    static StreamSource<PeerEvent> create() {
        return SourceBuilder.timestampedStream("producers", context -> new FeedSource())
                .<PeerEvent>fillBufferFn(FeedSource::fill)
                .build();
    }

    private void fill(final TimestampedSourceBuffer<PeerEvent> buffer) {
        final long untilNs = System.nanoTime() + SPIN_NS;
        long number = feed.poll();
        while (number == EventFeed.NONE && System.nanoTime() < untilNs) {
            Thread.onSpinWait();
            number = feed.poll();
        }
        for (int i = 1; number != EventFeed.NONE; i++) {
            final PeerEvent event = new PeerEvent();
            events.fill(event, number, feed.dueNs());
            // Milliseconds: for each new one Jet makes a watermark, which passes all vertices.
            buffer.add(event, event.at / US_PER_MS);
            number = i < BATCH ? feed.poll() : EventFeed.NONE;
        }
    }
}
