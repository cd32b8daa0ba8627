package io.pinion.jmh.rig;

import io.pinion.jmh.job.CountedSteps;

/**
 * {@link PlainLoop} with two things that nobody's sidecar lacks: rows of a class of the user's, and counts that other threads can read of what comes
 * to each step and what it drops ({@link CountedSteps}). No ring and no clock, which {@link SidecarByHand} has besides.
 */
public final class CountedLoop {
    private CountedLoop() {}

    /**
     * Runs until SIGTERM.
     *
     * @param args see {@link BareAeron}.
     * @throws Exception as Aeron does.
     */
    public static void main(final String[] args) throws Exception {
        BareAeron.run("counted", args, (targets, driver) -> {
            final CountedSteps steps = new CountedSteps();
            return new JobOnAeron(targets, driver, steps::targetOf);
        });
    }
}
