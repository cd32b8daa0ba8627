package io.pinion.jmh.graph;

import io.pinion.engine.EgressPublisher;
import io.pinion.engine.Frame;
import io.pinion.jmh.job.JobSink;
import java.util.function.ObjLongConsumer;

/** An egress in memory, which always takes what comes. */
final class SinkPublisher implements EgressPublisher {
    private final JobSink sink;
    private final ObjLongConsumer<Frame> reader;

    private SinkPublisher(final JobSink sink, final ObjLongConsumer<Frame> reader) {
        this.sink = sink;
        this.reader = reader;
    }

    /** What {@link NumberCodec} wrote. */
    static SinkPublisher ofNumbers(final JobSink sink) {
        return new SinkPublisher(
                sink,
                (frame, dueNs) ->
                        sink.accept(NumberCodec.eventIdIn(frame.buffer()), NumberCodec.priceIn(frame.buffer())));
    }

    /** Frames of any codec, looked at only so far that they must be there: their first bytes and their length. */
    static SinkPublisher ofFrames(final JobSink sink) {
        return new SinkPublisher(
                sink, (frame, dueNs) -> sink.accept(frame.buffer().getLong(0), frame.lengthBytes()));
    }

    @Override
    public boolean offer(final Frame frame, final long dueNs) {
        reader.accept(frame, dueNs);
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
        return 64 * 1024;
    }

    @Override
    public String whyWaiting() {
        return sink + " takes what comes";
    }

    @Override
    public void close() {}
}
