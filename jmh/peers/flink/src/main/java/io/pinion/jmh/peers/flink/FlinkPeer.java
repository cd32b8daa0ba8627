package io.pinion.jmh.peers.flink;

import io.pinion.jmh.peers.EventFeed;
import io.pinion.jmh.peers.Outputs;
import io.pinion.jmh.peers.Peer;
import io.pinion.jmh.peers.PeerEvent;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The job on Flink, in a MiniCluster. All subtasks are one, so that the order of the outputs is the plain loop's, and no core is spent on
 * more threads than there are cores; checkpoints are off, and the state lies on the heap.
 *
 * <p>For low latency, as its manual has it: the buffer timeout is 0, so that each record is flushed at once ("Controlling
 * Latency" of the DataStream API, which warns that this costs throughput: so the default is measured as well); objects are
 * reused, so that nothing is copied within a chain ("Execution Configuration"); operators are chained; the events are a
 * POJO, which Flink's own serializer knows ("Data Types and Serialization").
 */
abstract class FlinkPeer implements Peer {
    private final Duration bufferTimeout;
    private JobClient job;

    /** With a buffer timeout; null for the default. */
    FlinkPeer(final Duration bufferTimeout) {
        this.bufferTimeout = bufferTimeout;
    }

    /** From the events that have consent to those that are their first. */
    abstract DataStream<PeerEvent> dedupe(SingleOutputStreamOperator<PeerEvent> consented);

    @Override
    public String version() {
        return EnvironmentInformation.getVersion();
    }

    @Override
    public void start(final EventFeed feed, final Outputs outputs) throws Exception {
        Shared.open(feed, outputs);
        final Configuration options = new Configuration();
        options.set(PipelineOptions.OBJECT_REUSE, true);
        options.set(RestartStrategyOptions.RESTART_STRATEGY, "disable");
        if (bufferTimeout != null) {
            options.set(ExecutionOptions.BUFFER_TIMEOUT, bufferTimeout);
        }
        // Each job of a local environment has a MiniCluster of its own.
        final StreamExecutionEnvironment flink = StreamExecutionEnvironment.createLocalEnvironment(1, options);
        addJob(flink);
        job = flink.executeAsync("Job");
    }

    private void addJob(final StreamExecutionEnvironment flink) {
        final DataGeneratorSource<PeerEvent> events =
                new DataGeneratorSource<>(new FeedEvents(), Long.MAX_VALUE, TypeInformation.of(PeerEvent.class));
        final SingleOutputStreamOperator<PeerEvent> analytics = dedupe(
                        flink.fromSource(events, WatermarkStrategy.noWatermarks(), "producers")
                                .filter(event -> event.consent))
                .map(new Enrichment())
                .process(new Routing());
        analytics.getSideOutput(Routing.TRAINING).sinkTo(new OutputSink(0));
        analytics.getSideOutput(Routing.EVALUATION).sinkTo(new OutputSink(1));
        analytics.sinkTo(new OutputSink(2));
    }

    @Override
    public Throwable failure() {
        if (job == null || !job.getJobExecutionResult().isCompletedExceptionally()) {
            return null;
        }
        return job.getJobExecutionResult().handle((result, error) -> error).join();
    }

    @Override
    public void stop() throws Exception {
        job.cancel().get();
    }
}
