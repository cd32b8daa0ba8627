package io.pinion.jmh.codec;

import io.pinion.engine.Frame;
import io.pinion.engine.FrameFormat;
import io.pinion.jmh.job.JobEvent;
import io.pinion.wire.FrameCodec;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The job's event to bytes, from the event and, where it came in one, its frame. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class EncodeBenchmark {
    private static final int MAX_BYTES = 4096;

    /** Events, and the frames they came in. */
    @State(Scope.Thread)
    public static class Pinion {
        private final FrameCodec<JobEvent> codec = FrameCodec.of(JobEvent::new);
        private final Frame nothing = codec.newFrame(0, 0);
        private final Frame to = new Frame(512, MAX_BYTES);
        private JobEvent[] events;
        private JobEvent[] enriched;
        private Frame[] frames;
        private Frame[] jsonFrames;
        private JobEvent[] jsonEvents;

        /**
         * Decodes them.
         *
         * @param count how many.
         */
        @Setup
        public void decode(final DecodeBenchmark.Frames count) {
            events = CodecEvents.of(count.frames);
            enriched = CodecEvents.of(count.frames);
            jsonEvents = CodecEvents.of(count.frames);
            frames = new Frame[events.length];
            jsonFrames = new Frame[events.length];
            for (int i = 0; i < events.length; i++) {
                frames[i] = codec.newFrame(512, MAX_BYTES);
                jsonFrames[i] = codec.newFrame(512, MAX_BYTES);
                codec.encode(nothing, events[i], frames[i], FrameFormat.WIRE);
                codec.encode(nothing, events[i], jsonFrames[i], FrameFormat.JSON);
                codec.decode(jsonFrames[i], jsonEvents[i]);
                codec.decode(frames[i], enriched[i]);
                codec.decode(frames[i], events[i]);
                enriched[i].price = i + 0.5;
            }
        }
    }

    /** Events, and memory outside the heap. */
    @State(Scope.Thread)
    public static class Others {
        private final UnsafeBuffer memory = ReusedWire.memory(MAX_BYTES);
        private final byte[] array = new byte[MAX_BYTES];
        private final ReusedWire reused = new ReusedWire(memory);
        private final EventFlyweight flyweight = new EventFlyweight();
        private JobEvent[] events;
        private NamedEvent[] named;
        private PlainEvent[] plain;

        /**
         * Makes them.
         *
         * @param count how many.
         */
        @Setup
        public void make(final DecodeBenchmark.Frames count) {
            events = CodecEvents.of(count.frames);
            named = new NamedEvent[events.length];
            plain = new PlainEvent[events.length];
            for (int i = 0; i < events.length; i++) {
                named[i] = new NamedEvent();
                named[i].set(events[i]);
                plain[i] = new PlainEvent();
                plain[i].set(events[i]);
            }
        }
    }

    /** Nothing changed: passed on as it came. */
    @Benchmark
    public Frame pinionUnchanged(final DecodeBenchmark.Frames frames, final Pinion pinion) {
        final int i = frames.next();
        pinion.codec.encode(pinion.frames[i], pinion.events[i], pinion.to, FrameFormat.WIRE);
        return pinion.to;
    }

    /** One field came to it. */
    @Benchmark
    public Frame pinionEnriched(final DecodeBenchmark.Frames frames, final Pinion pinion) {
        final int i = frames.next();
        pinion.codec.encode(pinion.frames[i], pinion.enriched[i], pinion.to, FrameFormat.WIRE);
        return pinion.to;
    }

    /** A new event. */
    @Benchmark
    public Frame pinionNew(final DecodeBenchmark.Frames frames, final Pinion pinion) {
        pinion.codec.encode(pinion.nothing, pinion.events[frames.next()], pinion.to, FrameFormat.WIRE);
        return pinion.to;
    }

    /** Nothing changed, JSON. */
    @Benchmark
    public Frame pinionJsonUnchanged(final DecodeBenchmark.Frames frames, final Pinion pinion) {
        final int i = frames.next();
        pinion.codec.encode(pinion.jsonFrames[i], pinion.jsonEvents[i], pinion.to, FrameFormat.JSON);
        return pinion.to;
    }

    /** A new event, JSON. */
    @Benchmark
    public Frame pinionJsonNew(final DecodeBenchmark.Frames frames, final Pinion pinion) {
        pinion.codec.encode(pinion.nothing, pinion.events[frames.next()], pinion.to, FrameFormat.JSON);
        return pinion.to;
    }

    /** Chronicle Wire, by name. */
    @Benchmark
    public Object chronicleNamed(final DecodeBenchmark.Frames frames, final Others others) {
        others.named[frames.next()].writeMarshallable(
                others.reused.writing(others.memory).wire());
        return others.memory;
    }

    /** Chronicle's plain marshalling: what the targets are measured by. */
    @Benchmark
    public Object chroniclePlain(final DecodeBenchmark.Frames frames, final Others others) {
        others.plain[frames.next()].writeMarshallable(
                others.reused.writing(others.memory).bytes());
        return others.memory;
    }

    /** By hand. */
    @Benchmark
    public int flyweight(final DecodeBenchmark.Frames frames, final Others others) {
        return others.flyweight.wrap(others.array).write(others.events[frames.next()]);
    }
}
