package io.pinion.jmh.rig;

import io.pinion.jmh.job.JobSink;
import io.pinion.jmh.job.JobSteps;

/**
 * The job as one would write it by hand for just this purpose, on bare Aeron in the sidecar's place: the floor of what the job
 * adds to an echo. The same frames, in and out, by the same codec; the plain loop's tables. No ring, no counters, no clock.
 */
public final class PlainLoop {
    private PlainLoop() {}

    /**
     * Runs until SIGTERM.
     *
     * @param args see {@link BareAeron}.
     * @throws Exception as Aeron does.
     */
    public static void main(final String[] args) throws Exception {
        BareAeron.run("loop", args, (targets, driver) -> {
            final JobSteps steps = new JobSteps(new JobSink(), new JobSink(), new JobSink());
            return new JobOnAeron(targets, driver, steps::targetOf);
        });
    }
}
