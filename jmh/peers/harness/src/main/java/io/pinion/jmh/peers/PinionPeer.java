package io.pinion.jmh.peers;

import io.pinion.engine.Environment;
import io.pinion.engine.Idle;
import io.pinion.engine.Layout;
import io.pinion.jmh.graph.NumberCodec;
import io.pinion.jmh.graph.PinionJob;
import io.pinion.jmh.job.Job;

/** Pinion: the whole job on one thread, spinning when idle, as the profile {@code low-latency} has it. */
public final class PinionPeer implements Peer {
    private PinionJob job;
    private int targets;

    /** Makes one. */
    public PinionPeer() {}

    @Override
    public String version() {
        final String version = PinionJob.class.getPackage().getImplementationVersion();
        return version == null ? "this revision" : version;
    }

    @Override
    public void start(final EventFeed feed, final Outputs outputs) {
        job = new PinionJob(
                Job.graph(Environment.ofNames()),
                new NumberCodec(),
                new FeedIngress(feed),
                Layout.oneThread().idle(Idle.BUSY_SPIN),
                sink -> new OutputPublisher(nextTarget(outputs)));
    }

    /** The dead letters come first: there must be none, and in any output they would tell. */
    private TargetOutput nextTarget(final Outputs outputs) {
        return outputs.target(Math.max(0, targets++ - 1));
    }

    @Override
    public Throwable failure() {
        return job.processor().failure();
    }

    @Override
    public void stop() {
        job.close();
    }
}
