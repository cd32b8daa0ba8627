package io.pinion.jmh.peers;

import io.pinion.jmh.job.JobEvent;
import io.pinion.jmh.job.JobEvents;
import io.pinion.jmh.job.JobSink;
import io.pinion.jmh.job.JobSteps;
import java.util.List;

/** What the plain loop puts out: what is right. It runs along, between the bursts. One thread. */
final class Expectation {
    private final List<JobSink> sinks = List.of(new JobSink(), new JobSink(), new JobSink());
    private final JobSteps steps = new JobSteps(sinks.get(0), sinks.get(1), sinks.get(2));
    private final JobEvents events = new JobEvents();
    private final JobEvent event = new JobEvent();
    private long next;

    /** Goes on to an event, which is not done yet. Returns how many outputs there are until then. */
    long advanceTo(final long end) {
        while (next < end) {
            events.fill(event, next++);
            steps.onEvent(event);
        }
        return sinks.stream().mapToLong(JobSink::count).sum();
    }

    /** How the outputs differ, in a sentence; null where they don't. */
    String differenceFrom(final Outputs outputs) {
        for (int i = 0; i < sinks.size(); i++) {
            final JobSink expected = sinks.get(i);
            final TargetOutput actual = outputs.target(i);
            if (expected.count() != actual.count()) {
                return "after " + next + " events, " + Outputs.TARGETS.get(i) + " has " + actual.count()
                        + " events, and the plain loop's has " + expected.count();
            }
            if (expected.hash() != actual.hash()) {
                return "after " + next + " events, " + Outputs.TARGETS.get(i)
                        + " has as many events as the plain loop's," + " and others or in another order";
            }
        }
        return null;
    }
}
