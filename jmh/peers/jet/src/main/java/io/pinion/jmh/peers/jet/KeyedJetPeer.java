package io.pinion.jmh.peers.jet;

import com.hazelcast.jet.accumulator.LongAccumulator;
import com.hazelcast.jet.pipeline.StreamStage;
import io.pinion.jmh.peers.LoopPeer;
import io.pinion.jmh.peers.PeerEvent;
import java.util.concurrent.TimeUnit;

/**
 * Jet the idiomatic way: grouped by the event's id, a state for each that is given up when the window has passed in event
 * time ("Stateful Transforms", {@code filterStateful} with a time to live).
 */
public final class KeyedJetPeer extends JetPeer {
    private static final long TIME_TO_LIVE_MS = TimeUnit.MICROSECONDS.toMillis(LoopPeer.WINDOW_US);

    /** Made by its name. */
    public KeyedJetPeer() {}

    @Override
    StreamStage<PeerEvent> dedupe(final StreamStage<PeerEvent> consented) {
        return consented
                .groupingKey(event -> event.eventId)
                .filterStateful(TIME_TO_LIVE_MS, LongAccumulator::new, (firstAt, event) -> {
                    final boolean isFirst = firstAt.get() == 0 || event.at - firstAt.get() >= LoopPeer.WINDOW_US;
                    if (isFirst) {
                        firstAt.set(event.at);
                    }
                    return isFirst;
                })
                .setLocalParallelism(1);
    }
}
