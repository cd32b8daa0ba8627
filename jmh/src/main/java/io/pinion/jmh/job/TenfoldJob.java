package io.pinion.jmh.job;

import io.pinion.engine.Environment;
import io.pinion.engine.Graph;

/** The job with a dedupe of ten million keys, ten seconds of its events. */
public final class TenfoldJob {
    /** How much more it remembers than {@link Job}. */
    public static final int TIMES = 10;

    private TenfoldJob() {}

    /**
     * The graph.
     *
     * @param env the world outside.
     * @return a new graph, its table empty.
     */
    public static Graph<JobEvent> graph(final Environment env) {
        return Job.graph(env, TIMES);
    }
}
