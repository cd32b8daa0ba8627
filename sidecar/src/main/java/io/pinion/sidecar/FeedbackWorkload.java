package io.pinion.sidecar;

import io.pinion.configs.Feedback;
import io.pinion.configs.FeedbackEvent;
import io.pinion.engine.Codec;
import io.pinion.engine.Environment;
import io.pinion.engine.Frame;
import io.pinion.engine.FrameFormat;
import io.pinion.engine.Graph;
import io.pinion.engine.GraphHarness;
import io.pinion.engine.ReferenceTable;
import io.pinion.engine.Target;
import io.pinion.sidecar.chaos.DeliveryAccount;
import io.pinion.sidecar.chaos.Workload;
import io.pinion.wire.FrameCodec;
import java.nio.file.Path;
import java.util.List;

/** The demo's feedback, and where the graph {@link Feedback} sends each: known by running that graph alone, beside. One thread. */
final class FeedbackWorkload implements Workload {
    private static final int MAX_FRAME_BYTES = 4_096;

    private final Codec<FeedbackEvent> codec = FrameCodec.of(FeedbackEvent::new);
    private final FeedbackGenerator generator;
    private final GraphHarness<FeedbackEvent> graph;
    private final Frame copy = codec.newFrame(MAX_FRAME_BYTES, MAX_FRAME_BYTES);
    private final FeedbackEvent event = codec.newEvent();
    private long id;
    private List<String> targets = List.of();

    /**
     * One producer's.
     *
     * @param users    the file of the graph's table.
     * @param producer from 0.
     * @param seed     the same seed makes the same.
     */
    FeedbackWorkload(final Path users, final int producer, final long seed) {
        generator = new FeedbackGenerator(codec, seed, producer);
        final Graph<FeedbackEvent> alone = Feedback.graph(Environment.ofNames());
        for (final ReferenceTable<?> table : alone.tables()) {
            TableLoader.load(table, users, MAX_FRAME_BYTES);
        }
        graph = GraphHarness.of(alone);
    }

    @Override
    public void next(final long nowUs, final Frame to) {
        generator.next(nowUs, to);
        final FrameFormat format = FrameFormat.of(to.buffer(), 0, to.lengthBytes()); // as a member takes it
        copy.copyFrom(to.buffer(), 0, to.lengthBytes(), format);
        if (codec.decode(copy, event)) {
            id = event.eventId;
            targets = graph.give(event);
        } else {
            id = DeliveryAccount.UNNAMED;
            targets = List.of(Target.DEAD_LETTERS);
        }
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public List<String> targets() {
        return targets;
    }
}
