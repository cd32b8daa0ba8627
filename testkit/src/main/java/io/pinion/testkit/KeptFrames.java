package io.pinion.testkit;

import io.pinion.engine.EgressPublisher;
import io.pinion.engine.Frame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Keeps what came out for one target until the test asks. */
final class KeptFrames implements EgressPublisher {
    private static final int MAX_FRAME_BYTES = 16 << 20;

    private final List<String> frames = new ArrayList<>();

    /** All since the last call. */
    List<String> take() {
        final List<String> taken = List.copyOf(frames);
        frames.clear();
        return taken;
    }

    /** Puts one back that was taken too early. */
    void keep(final String frame) {
        frames.add(frame);
    }

    @Override
    public boolean offer(final Frame frame, final long dueNs) {
        frames.add(new String(frame.array(), 0, frame.lengthBytes(), StandardCharsets.UTF_8));
        return true;
    }

    @Override
    public int doWork() {
        return 0;
    }

    @Override
    public boolean isDrained() {
        return true;
    }

    @Override
    public int maxFrameBytes() {
        return MAX_FRAME_BYTES;
    }

    @Override
    public String whyWaiting() {
        return "a test keeps what comes";
    }

    @Override
    public void close() {}
}
