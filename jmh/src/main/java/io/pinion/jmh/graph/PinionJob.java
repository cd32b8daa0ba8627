package io.pinion.jmh.graph;

import io.pinion.engine.Codec;
import io.pinion.engine.EgressPublisher;
import io.pinion.engine.Environment;
import io.pinion.engine.FrameFormat;
import io.pinion.engine.Graph;
import io.pinion.engine.IngressAdapter;
import io.pinion.engine.Layout;
import io.pinion.engine.Processor;
import io.pinion.engine.ReferenceTable;
import io.pinion.engine.Target;
import io.pinion.jmh.job.Item;
import io.pinion.jmh.job.Job;
import io.pinion.jmh.job.JobEvent;
import io.pinion.jmh.job.JobEvents;
import io.pinion.jmh.job.JobSink;
import io.pinion.wire.FrameCodec;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;

/** A graph of the job's events in a processor, in memory at both ends. Stepped by the caller, or on threads of its own. */
public final class PinionJob implements AutoCloseable {
    private final List<JobSink> sinks;
    private final JobSink deadLetters = new JobSink();
    private final Processor<JobEvent> processor;

    /**
     * Builds and starts it.
     *
     * @param graph      of the job's events.
     * @param codec      of its frames.
     * @param events     what comes in.
     * @param layout     which threads.
     * @param publishers makes the publisher of a sink: of the dead letters first, then of each target.
     */
    public PinionJob(
            final Graph<JobEvent> graph,
            final Codec<JobEvent> codec,
            final IngressAdapter events,
            final Layout layout,
            final Function<JobSink, ? extends EgressPublisher> publishers) {
        graph.tables().forEach(PinionJob::fill);
        sinks = graph.targets().stream().map(target -> new JobSink()).toList();
        final Processor.Builder<JobEvent> builder = Processor.of("Job", graph, codec)
                .ingress(events, FrameFormat.WIRE)
                .layout(layout)
                .egress(Target.DEAD_LETTERS, publishers.apply(deadLetters), null);
        for (int i = 0; i < sinks.size(); i++) {
            builder.egress(graph.targets().get(i).name(), publishers.apply(sinks.get(i)), null);
        }
        processor = builder.build();
        processor.start();
    }

    /** The whole job, without frames. */
    static PinionJob ofNumbers(final NumberedEvents events, final Layout layout) {
        return new PinionJob(
                Job.graph(Environment.ofNames()), new NumberCodec(), events, layout, SinkPublisher::ofNumbers);
    }

    /** The whole job, with frames. */
    static PinionJob ofFrames(final FramedEvents events, final Layout layout) {
        return new PinionJob(
                Job.graph(Environment.ofNames()),
                FrameCodec.of(JobEvent::new),
                events,
                layout,
                SinkPublisher::ofFrames);
    }

    @SuppressWarnings("unchecked")
    private static void fill(final ReferenceTable<?> table) {
        table.open();
        LongStream.range(0, JobEvents.ROWS).forEach(itemId -> {
            final Item item = new Item();
            item.itemId = itemId;
            item.price = JobEvents.priceOf(itemId);
            ((ReferenceTable<Item>) table).put(item);
        });
    }

    /** Steps until nothing is left to do. */
    void runDry() {
        while (processor.step() > 0) {
            Thread.onSpinWait();
        }
    }

    /**
     * What runs it.
     *
     * @return the processor.
     */
    public Processor<JobEvent> processor() {
        return processor;
    }

    List<JobSink> sinks() {
        return sinks;
    }

    @Override
    public void close() {
        processor.close();
    }
}
