package io.pinion.jmh.peers.fluxtion;

import com.fluxtion.compiler.Fluxtion;
import com.fluxtion.runtime.EventProcessor;
import io.pinion.jmh.job.JobEvent;
import io.pinion.jmh.job.JobEvents;
import io.pinion.jmh.peers.EventFeed;
import io.pinion.jmh.peers.FedPeer;
import io.pinion.jmh.peers.Outputs;

/**
 * The job on Fluxtion, on one thread: a node for each step. As its readme has it ("Performance"), the graph is compiled, not
 * interpreted; it is of the imperative style, whose nodes call each other directly; and the one event is reused.
 */
public final class FluxtionPeer extends FedPeer {
    private static final String ROUTE = "route";

    private final JobEvents events = new JobEvents();
    private final JobEvent event = new JobEvent();

    /** Made by its name. */
    public FluxtionPeer() {}

    @Override
    public String version() {
        final String version = EventProcessor.class.getPackage().getImplementationVersion();
        return version == null ? "9.7" : version;
    }

    @Override
    public void start(final EventFeed feed, final Outputs outputs) throws NoSuchFieldException {
        final EventProcessor<?> processor = Fluxtion.compile(
                config -> config.addNode(new RouteNode(new EnrichNode(new DedupeNode(new FilterNode()))), ROUTE));
        processor.init();
        final RouteNode route = processor.getNodeById(ROUTE);
        route.outputs(outputs);
        drive(feed, (number, dueNs) -> {
            events.fill(event, number);
            route.dueNs(dueNs);
            processor.onEvent(event);
        });
    }
}
