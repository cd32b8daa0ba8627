package io.pinion.engine;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** A reader may miss what was recorded a moment ago, and takes nothing from it. */
@JCStressTest
@Outcome(id = "0, 2", expect = ACCEPTABLE, desc = "read before both")
@Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "read between them")
@Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "read after both")
@State
public class LatencyCountsStress {
    private static final int MAX_NS = 255;

    private final LatencyCounts counts = new LatencyCounts(MAX_NS);

    /** Records two equal durations. */
    @Actor
    public void record() {
        counts.record(100);
        counts.record(100);
    }

    /**
     * Reads.
     *
     * @param result how many were seen.
     */
    @Actor
    public void read(final JJ_Result result) {
        result.r1 = counts.read().getTotalCount();
    }

    /**
     * Reads when all is done.
     *
     * @param result how many there are.
     */
    @Arbiter
    public void readAtTheEnd(final JJ_Result result) {
        result.r2 = counts.read().getTotalCount();
    }
}
