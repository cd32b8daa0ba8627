package io.pinion.jmh.graph;

import io.pinion.engine.EgressPublisher;
import io.pinion.engine.Frame;
import io.pinion.jmh.job.JobSink;

/** An egress in memory, which always takes what comes. */
final class SinkPublisher implements EgressPublisher {
    /** Gives what is in a frame to a sink. */
    @FunctionalInterface
    interface Reader {
        void read(Frame frame, JobSink sink);
    }

    private final JobSink sink;
    private final Reader reader;

    SinkPublisher(final JobSink sink, final Reader reader) {
        this.sink = sink;
        this.reader = reader;
    }

    /** For what {@link NumberCodec} wrote. */
    static SinkPublisher ofNumbers(final JobSink sink) {
        return new SinkPublisher(
                sink,
                (frame, to) -> to.accept(NumberCodec.eventIdIn(frame.buffer()), NumberCodec.priceIn(frame.buffer())));
    }

    /** For frames of any codec, looked at only so far that they must be there: their first bytes and their length. */
    static SinkPublisher ofFrames(final JobSink sink) {
        return new SinkPublisher(sink, (frame, to) -> to.accept(frame.buffer().getLong(0), frame.lengthBytes()));
    }

    @Override
    public boolean offer(final Frame frame, final long dueNs) {
        reader.read(frame, sink);
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
