package io.pinion.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.pinion.engine.Frame;
import io.pinion.engine.FrameFormat;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllocationTest {
    private static final int WARM_UP = 50_000;
    private static final int EVENTS = 250_000;
    private static final long BUDGET_BYTES = 16 * 1024;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final FrameCodec<FeedbackEvent> codec = FrameCodec.of(FeedbackEvent::new);
    private final FeedbackEvent event = codec.newEvent();
    private final Frame from = codec.newFrame(1024, 4096);
    private final Frame to = codec.newFrame(1024, 4096);

    @ParameterizedTest
    @CsvSource({"WIRE, WIRE", "JSON, JSON", "WIRE, JSON", "JSON, WIRE"})
    void shouldAllocateNothingOnceWarm(final FrameFormat in, final FrameFormat out) {
        codec.encode(codec.newFrame(0, 0), FeedbackEvent.sample(), to, in);
        Frames.fill(from, Frames.bytes(to), in);
        run(WARM_UP, out);
        final long before =
                threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        run(EVENTS, out);
        final long allocated =
                threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        assertThat(allocated).isLessThan(BUDGET_BYTES);
    }

    private void run(final int events, final FrameFormat out) {
        for (int i = 0; i < events; i++) {
            assertGood(codec.decode(from, event));
            event.score = 1.0 / (i + 3);
            event.rating = i;
            event.weight = i * 1e-3;
            codec.encode(from, event, to, out);
        }
    }

    @ParameterizedTest
    @CsvSource({"WIRE, JSON", "JSON, WIRE"})
    void shouldAllocateNothingWithUnknownAndEscapedFields(final FrameFormat in, final FrameFormat out) {
        final Transcoder transcoder = new Transcoder();
        Frames.fill(from, MutationTest.sample(in), in);
        for (int i = 0; i < WARM_UP; i++) {
            assertGood(transcoder.transcode(from, to, out));
            assertGood(codec.decode(from, event));
        }
        final long before =
                threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        for (int i = 0; i < EVENTS; i++) {
            assertGood(transcoder.transcode(from, to, out));
            assertGood(codec.decode(from, event));
        }
        final long allocated =
                threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        assertThat(allocated).isLessThan(BUDGET_BYTES);
    }

    private static void assertGood(final boolean isGood) {
        if (!isGood) {
            throw new AssertionError("a good frame was refused");
        }
    }
}
