package io.pinion.jmh.graph;

import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.YieldingWaitStrategy;
import io.pinion.jmh.job.JobEvent;
import io.pinion.jmh.job.JobEvents;
import io.pinion.jmh.job.JobSteps;

/** The job by hand on a Disruptor: events are made into its ring, and all steps done by one handler. */
final class HandWrittenJob implements EventPoller.Handler<JobEvent> {
    private static final int BATCH = 64;

    private final RingBuffer<JobEvent> ring =
            RingBuffer.createSingleProducer(JobEvent::new, 1_024, new YieldingWaitStrategy());
    private final EventPoller<JobEvent> poller = ring.newPoller();
    private final JobEvents events = new JobEvents();
    private final JobSteps steps;
    private long next;
    private int done;

    HandWrittenJob(final JobSteps steps) {
        this.steps = steps;
        ring.addGatingSequences(poller.getSequence());
    }

    /** The producer's side: makes so many events. */
    void produce(final int count) {
        for (int i = 0; i < count; i++) {
            final long sequence = ring.next();
            events.fill(ring.get(sequence), next++);
            ring.publish(sequence);
        }
    }

    /** The consumer's side: takes a batch. */
    int poll() throws Exception {
        done = 0;
        poller.poll(this);
        return done;
    }

    @Override
    public boolean onEvent(final JobEvent event, final long sequence, final boolean endOfBatch) {
        steps.onEvent(event);
        return ++done < BATCH;
    }

    /** Both sides on this thread, a batch in turn. */
    void run(final int count) throws Exception {
        for (int left = count; left > 0; left -= BATCH) {
            produce(Math.min(BATCH, left));
            while (poll() > 0) {
                Thread.onSpinWait();
            }
        }
    }

    /** Where the consumer is. Any thread. */
    long consumed() {
        return poller.getSequence().get() + 1;
    }
}
