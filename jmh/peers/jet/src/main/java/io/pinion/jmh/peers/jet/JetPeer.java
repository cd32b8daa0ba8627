package io.pinion.jmh.peers.jet;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.BuildInfoProvider;
import com.hazelcast.jet.Job;
import com.hazelcast.jet.config.JobConfig;
import com.hazelcast.jet.core.JobStatus;
import com.hazelcast.jet.pipeline.Pipeline;
import com.hazelcast.jet.pipeline.ServiceFactories;
import com.hazelcast.jet.pipeline.ServiceFactory;
import com.hazelcast.jet.pipeline.StreamStage;
import com.hazelcast.spi.properties.ClusterProperty;
import io.pinion.jmh.job.ItemPrices;
import io.pinion.jmh.peers.EventFeed;
import io.pinion.jmh.peers.LoopPeer;
import io.pinion.jmh.peers.Outputs;
import io.pinion.jmh.peers.Peer;
import io.pinion.jmh.peers.PeerEvent;
import java.util.concurrent.CompletionException;

/**
 * The job on Jet. Each vertex has one processor, so that the order of the outputs is the plain loop's, and snapshots are
 * off.
 *
 * <p>For low latency, as its manual has it: processors are cooperative, the sinks too ("Cooperative Multithreading"); the
 * workers' sleep when there is nothing to do is as short as it may be set ("System Properties", {@code
 * hazelcast.jet.idle.*}), which took a third off the median at 10k/s and cost a quarter of the throughput; G1 is held to
 * short pauses. The source is not cooperative and spins: a worker that sleeps would hand out events late.
 */
abstract class JetPeer implements Peer {
    private static final String SHORTEST_SLEEP_US = "1";

    private HazelcastInstance hazelcast;
    private Job job;

    /** From the events that have consent to those that are their first. */
    abstract StreamStage<PeerEvent> dedupe(StreamStage<PeerEvent> consented);

    @Override
    public String version() {
        return BuildInfoProvider.getBuildInfo().getVersion();
    }

    @Override
    public void start(final EventFeed feed, final Outputs outputs) {
        Shared.open(feed, outputs);
        final Config config = new Config().setProperty("hazelcast.logging.type", "none");
        config.setProperty(ClusterProperty.PHONE_HOME_ENABLED.getName(), "false");
        config.setProperty(ClusterProperty.JET_IDLE_COOPERATIVE_MIN_MICROSECONDS.getName(), SHORTEST_SLEEP_US);
        config.setProperty(ClusterProperty.JET_IDLE_COOPERATIVE_MAX_MICROSECONDS.getName(), SHORTEST_SLEEP_US);
        config.setProperty(ClusterProperty.JET_IDLE_NONCOOPERATIVE_MIN_MICROSECONDS.getName(), SHORTEST_SLEEP_US);
        config.setProperty(ClusterProperty.JET_IDLE_NONCOOPERATIVE_MAX_MICROSECONDS.getName(), SHORTEST_SLEEP_US);
        config.getJetConfig().setEnabled(true).setCooperativeThreadCount(1);
        config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
        config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
        config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        hazelcast = Hazelcast.newHazelcastInstance(config);
        job = hazelcast.getJet().newJob(pipeline(), new JobConfig().setName("Job"));
    }

    private Pipeline pipeline() {
        final ServiceFactory<?, ItemPrices> items = ServiceFactories.sharedService(context -> LoopPeer.prices());
        final Pipeline pipeline = Pipeline.create();
        final StreamStage<PeerEvent> events =
                pipeline.readFrom(FeedSource.create()).withNativeTimestamps(0).setLocalParallelism(1);
        final StreamStage<PeerEvent> enriched = dedupe(events.filter(event -> event.consent))
                .mapUsingService(items, (prices, event) -> {
                    final int row = prices.find(event.itemId);
                    if (row >= 0) {
                        event.price = prices.price(row);
                    }
                    return event;
                })
                .setLocalParallelism(1);
        for (int i = 0; i < Outputs.TARGETS.size(); i++) {
            final int index = i;
            enriched.filter(event -> Outputs.indexFor(event.score, event.price) == index)
                    .setLocalParallelism(1)
                    .writeTo(OutputSink.of(index));
        }
        return pipeline;
    }

    @Override
    public Throwable failure() {
        if (job == null || job.getStatus() != JobStatus.FAILED) {
            return null;
        }
        try {
            job.join();
            return null;
        } catch (final CompletionException e) {
            return e.getCause();
        }
    }

    @Override
    public void stop() {
        job.cancel();
        hazelcast.shutdown();
    }
}
