package io.pinion.jmh.rig;

import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.configs.FeedbackEvent;
import io.pinion.engine.Codec;
import io.pinion.engine.Frame;
import io.pinion.engine.FrameFormat;
import io.pinion.jmh.job.JobEvent;
import io.pinion.jmh.job.JobEvents;
import io.pinion.wire.FrameCodec;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class FramePoolTest {
    private static final int SIZE = 64;

    @Test
    void shouldWriteTheNthEventOfTheJob() {
        final FramePool frames = FramePool.ofJob(SIZE);
        final FrameCodec<JobEvent> codec = FrameCodec.of(JobEvent::new);
        final JobEvent expected = new JobEvent();
        new JobEvents().fill(expected, 7);

        final JobEvent event = read(frames, 7, codec);
        assertThat(event.eventId).isEqualTo(expected.eventId);
        assertThat(event.at).isEqualTo(expected.at);
        assertThat(event.itemId).isEqualTo(expected.itemId);
        assertThat(event.prompt).hasToString(expected.prompt.toString());
    }

    @Test
    void shouldMakeAnotherEventOfTheSameFrame() {
        final FramePool frames = FramePool.ofJob(SIZE);
        final FrameCodec<JobEvent> codec = FrameCodec.of(JobEvent::new);

        final JobEvent event = read(frames, 7 + SIZE, codec);
        assertThat(event.eventId).isEqualTo(JobEvents.eventId(7 + SIZE));
        assertThat(event.at).isEqualTo(JobEvents.atUs(7 + SIZE));
        assertThat(event.itemId).isEqualTo(read(frames, 7, codec).itemId);
    }

    @Test
    void shouldKnowAnEventAgainThatCameOutOfAGraph() {
        final FramePool frames = FramePool.ofJob(SIZE);
        final FrameCodec<JobEvent> codec = FrameCodec.of(JobEvent::new);
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1_024]);
        final long n = 7 + 3 * SIZE;
        frames.write(n, buffer, 8);
        assertThat(frames.numberOf(buffer, 8)).isEqualTo(n);

        final Frame in = codec.newFrame(16, 1_024);
        in.copyFrom(buffer, 8, frames.lengthBytes(n), FrameFormat.WIRE);
        final JobEvent event = codec.newEvent();
        assertThat(codec.decode(in, event)).as(in.fault()).isTrue();
        event.price = 12.5; // as enrich does
        final Frame out = codec.newFrame(16, 1_024);
        codec.encode(in, event, out, FrameFormat.WIRE);
        assertThat(frames.numberOf(new UnsafeBuffer(out.array()), 0)).isEqualTo(n);
    }

    @Test
    void shouldWriteFeedbackOfKnownUsers() {
        final FeedbackEvent event = read(FramePool.ofFeedback(SIZE, 10), 12, FrameCodec.of(FeedbackEvent::new));

        assertThat(event.eventId).isEqualTo(13);
        assertThat(event.userId).isEqualTo(3);
        assertThat(event.consent).isTrue();
    }

    private static <E> E read(final FramePool frames, final long n, final Codec<E> codec) {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[1_024]);
        frames.write(n, buffer, 8);
        final Frame frame = codec.newFrame(16, 1_024);
        frame.copyFrom(buffer, 8, frames.lengthBytes(n), FrameFormat.WIRE);
        final E event = codec.newEvent();
        assertThat(codec.decode(frame, event)).as(frame.fault()).isTrue();
        return event;
    }
}
