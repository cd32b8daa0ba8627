package io.pinion.jmh.graph;

import io.pinion.jmh.job.JobEvent;
import io.pinion.jmh.job.JobEvents;
import io.pinion.jmh.job.JobSink;
import io.pinion.jmh.job.JobSteps;
import io.pinion.operators.BatchedSteps;
import java.util.Arrays;
import java.util.List;

/** The job by hand on the operators' own tables: events are made in batches, kept or not, and routed. */
final class BatchedJob {
    private final BatchedSteps steps = new BatchedSteps();
    private final JobEvents events = new JobEvents();
    private final JobEvent[] batch = new JobEvent[BatchedSteps.MOST];
    private final List<JobSink> targets;
    private long next;

    /** Into three targets. */
    BatchedJob(final List<JobSink> targets) {
        this.targets = targets;
        Arrays.setAll(batch, i -> new JobEvent());
    }

    void run(final int count) {
        for (int left = count; left > 0; left -= batch.length) {
            runBatch(Math.min(left, batch.length));
        }
    }

    private void runBatch(final int count) {
        for (int i = 0; i < count; i++) {
            events.fill(batch[i], next++);
        }
        final int kept = steps.keep(batch, count);
        for (int i = 0; i < kept; i++) {
            targets.get(JobSteps.targetOfKept(batch[i])).accept(batch[i].eventId, batch[i].price);
        }
    }
}
