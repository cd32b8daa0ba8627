package io.pinion.jmh.rig;

import io.pinion.jmh.job.CountedSteps;

/**
 * {@link PlainLoop} with the least that makes it of use to others: what it looks up are rows of a class of the user's, and it counts what comes to each
 * step and what that drops ({@link CountedSteps}). Still no ring and no clock.
 */
public final class CountedLoop {
    private CountedLoop() {}

    /**
     * Runs until SIGTERM.
     *
     * @param args see {@link BareAeron#run}.
     * @throws Exception as Aeron does.
     */
    public static void main(final String[] args) throws Exception {
        final CountedSteps steps = new CountedSteps();
        BareAeron.run("counted", args, (targets, driver) -> new PlainLoop(targets, driver, steps::targetOf));
    }
}
