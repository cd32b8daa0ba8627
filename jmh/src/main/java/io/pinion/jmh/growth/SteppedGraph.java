package io.pinion.jmh.growth;

import io.pinion.engine.Codec;
import io.pinion.engine.EgressPublisher;
import io.pinion.engine.Frame;
import io.pinion.engine.FrameFormat;
import io.pinion.engine.Graph;
import io.pinion.engine.IngressAdapter;
import io.pinion.engine.Layout;
import io.pinion.engine.Processor;
import io.pinion.engine.Target;
import io.pinion.wire.FrameCodec;
import java.util.List;
import java.util.function.BiConsumer;
import org.agrona.concurrent.UnsafeBuffer;

/** A graph stepped by the caller, which it feeds from memory, and whose outputs it counts. */
final class SteppedGraph implements AutoCloseable {
    private static final int MAX_FRAME_BYTES = 64 * 1024;

    private final Source source;
    private final Sink sink = new Sink();
    private final Processor<?> processor;

    private <E> SteppedGraph(final Graph<E> graph, final Codec<E> codec, final Source source) {
        this.source = source;
        final Processor.Builder<E> builder = Processor.of("Growth", graph, codec)
                .ingress(source, FrameFormat.WIRE)
                .layout(Layout.stepped())
                .maxFrameBytes(MAX_FRAME_BYTES)
                .egress(Target.DEAD_LETTERS, sink, null);
        graph.targets().forEach(target -> builder.egress(target.name(), sink, null));
        processor = builder.build();
        processor.start();
    }

    /** One whose events are made from their numbers. */
    static SteppedGraph ofMade(final Graph<GrowingEvent> graph) {
        return new SteppedGraph(graph, new MadeEvents(), new Source(null));
    }

    /** One whose frames are written by the codec beforehand, and read by it each time. */
    static <E> SteppedGraph ofFrames(final Graph<E> graph, final int frames, final BiConsumer<E, Integer> fill) {
        final FrameCodec<E> codec = FrameCodec.of(graph.events());
        final UnsafeBuffer[] pool = new UnsafeBuffer[frames];
        final E event = codec.newEvent();
        final Frame empty = codec.newFrame(0, 0);
        final Frame frame = codec.newFrame(512, MAX_FRAME_BYTES);
        for (int i = 0; i < frames; i++) {
            fill.accept(event, i);
            codec.encode(empty, event, frame, FrameFormat.WIRE);
            pool[i] = new UnsafeBuffer(java.util.Arrays.copyOf(frame.array(), frame.lengthBytes()));
        }
        return new SteppedGraph(graph, codec, new Source(pool));
    }

    /** Sends so many events through. */
    void run(final long events) {
        source.end += events;
        while (processor.step() > 0) {
            Thread.onSpinWait();
        }
    }

    /** How many came out at any target. */
    long delivered() {
        return sink.frames;
    }

    @Override
    public void close() {
        processor.close();
    }

    /** The frames of the pool in turn, or where there is none, numbers. */
    private static final class Source implements IngressAdapter {
        private final List<UnsafeBuffer> pool;
        private final UnsafeBuffer number = new UnsafeBuffer(new byte[Long.BYTES]);
        private long end;
        private long next;

        Source(final UnsafeBuffer[] pool) {
            this.pool = pool == null ? List.of() : List.of(pool);
        }

        @Override
        public int poll(final FrameHandler handler, final int limit) {
            int taken = 0;
            while (taken < limit && next < end) {
                number.putLong(0, next);
                final UnsafeBuffer frame = pool.isEmpty() ? number : pool.get((int) (next % pool.size()));
                if (!handler.onFrame(frame, 0, frame.capacity(), 0)) {
                    break;
                }
                next++;
                taken++;
            }
            return taken;
        }

        @Override
        public boolean isAtEnd() {
            return false;
        }

        @Override
        public void close() {}
    }

    /** Takes what comes. */
    private static final class Sink implements EgressPublisher {
        private long frames;

        @Override
        public boolean offer(final Frame frame, final long dueNs) {
            frames++;
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
            return "it takes what comes";
        }

        @Override
        public void close() {}
    }
}
