package io.pinion.jmh.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.engine.Environment;
import io.pinion.engine.FrameFormat;
import io.pinion.engine.Layout;
import io.pinion.jmh.job.CountedSteps;
import io.pinion.jmh.job.Job;
import io.pinion.jmh.job.JobEvent;
import io.pinion.jmh.job.JobEvents;
import io.pinion.jmh.job.JobSink;
import io.pinion.jmh.job.JobSteps;
import io.pinion.wire.FrameCodec;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is measured side by side does the same: the outputs are equal, in order, until after the window was full. */
class JobOutputsTest {
    private static final int EVENTS = 1_500_000;

    private static final List<JobSink> EXPECTED = List.of(new JobSink(), new JobSink(), new JobSink());

    @BeforeAll
    static void runThePlainLoop() {
        final JobSteps steps = stepsInto(EXPECTED);
        final JobEvents events = new JobEvents();
        final JobEvent event = new JobEvent();
        for (int n = 0; n < EVENTS; n++) {
            events.fill(event, n);
            steps.onEvent(event);
        }
        assertThat(EXPECTED).allMatch(sink -> sink.count() > 0);
        assertThat(EXPECTED.stream().mapToLong(JobSink::count).sum()).isLessThan(EVENTS * 9L / 10);
    }

    private static JobSteps stepsInto(final List<JobSink> sinks) {
        return new JobSteps(sinks.get(0), sinks.get(1), sinks.get(2));
    }

    private static void assertAsExpected(final List<JobSink> sinks) {
        for (int i = 0; i < sinks.size(); i++) {
            assertThat(sinks.get(i).count()).isEqualTo(EXPECTED.get(i).count());
            assertThat(sinks.get(i).hash()).isEqualTo(EXPECTED.get(i).hash());
        }
    }

    @Test
    void shouldBeThoseOfTheProgramByHand() throws Exception {
        final List<JobSink> sinks = List.of(new JobSink(), new JobSink(), new JobSink());
        new HandWrittenJob(stepsInto(sinks)).run(EVENTS);
        assertAsExpected(sinks);
    }

    @Test
    void shouldBeThoseOfTheStepsThatCount() {
        final List<JobSink> sinks = List.of(new JobSink(), new JobSink(), new JobSink());
        final CountedSteps steps = new CountedSteps();
        final JobEvents events = new JobEvents();
        final JobEvent event = new JobEvent();
        for (int n = 0; n < EVENTS; n++) {
            events.fill(event, n);
            final int target = steps.targetOf(event);
            if (target >= 0) {
                sinks.get(target).accept(event.eventId, event.price);
            }
        }
        assertAsExpected(sinks);
        long routed = 0;
        for (int i = 0; i < sinks.size(); i++) {
            assertThat(steps.routedTo(i)).isEqualTo(sinks.get(i).count());
            routed += steps.routedTo(i);
        }
        assertThat(steps.dropped()).isEqualTo(EVENTS - routed);
    }

    @Test
    void shouldBeThoseOfTheTablesByHand() {
        final List<JobSink> sinks = List.of(new JobSink(), new JobSink(), new JobSink());
        new BatchedJob(sinks).run(EVENTS);
        assertAsExpected(sinks);
    }

    @Test
    void shouldBeThoseOfTheGraph() {
        final NumberedEvents events = new NumberedEvents();
        try (PinionJob job = PinionJob.ofNumbers(events, Layout.stepped())) {
            events.add(EVENTS);
            job.runDry();
            assertAsExpected(job.sinks());
        }
    }

    @Test
    void shouldBeThoseOfTheGraphWithFrames() {
        final FrameCodec<JobEvent> codec = FrameCodec.of(JobEvent::new);
        final FramedEvents events = new FramedEvents();
        final SinkPublisher.Reader decoding = (frame, sink) -> {
            final var copy = codec.newFrame(512, 4_096);
            copy.copyFrom(frame.buffer(), 0, frame.lengthBytes(), FrameFormat.WIRE);
            final JobEvent event = codec.newEvent();
            assertThat(codec.decode(copy, event)).as(copy.fault()).isTrue();
            sink.accept(event.eventId, event.price);
        };
        try (PinionJob job = new PinionJob(
                Job.graph(Environment.ofNames()),
                FrameCodec.of(JobEvent::new),
                events,
                Layout.stepped(),
                sink -> new SinkPublisher(sink, decoding))) {
            events.add(EVENTS);
            job.runDry();
            assertAsExpected(job.sinks());
        }
    }
}
