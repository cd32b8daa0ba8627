package io.pinion.jmh.peers.jet;

import com.hazelcast.jet.pipeline.ServiceFactories;
import com.hazelcast.jet.pipeline.StreamStage;
import io.pinion.jmh.job.JobEvents;
import io.pinion.jmh.job.SeenKeys;
import io.pinion.jmh.peers.LoopPeer;
import io.pinion.jmh.peers.PeerEvent;

/** Jet without keys: the plain loop's table of keys as a service of a filter. */
public final class UnkeyedJetPeer extends JetPeer {
    /** Made by its name. */
    public UnkeyedJetPeer() {}

    @Override
    StreamStage<PeerEvent> dedupe(final StreamStage<PeerEvent> consented) {
        return consented
                .filterUsingService(
                        ServiceFactories.nonSharedService(context -> new SeenKeys(JobEvents.KEYS)),
                        (seen, event) -> seen.isFirst(event.eventId, event.at, LoopPeer.WINDOW_US))
                .setLocalParallelism(1);
    }
}
