package io.pinion.jmh.codec;

import io.pinion.engine.Frame;
import io.pinion.engine.FrameFormat;
import io.pinion.jmh.job.JobEvent;
import io.pinion.wire.FrameCodec;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Bytes to the job's event. Each invocation takes the next of a number of frames, whose numbers differ in width; where names
 * are read, also in layout. What is written by Chronicle's plain marshalling lies outside the heap, as a message that
 * arrives does; Pinion's decoding begins with the frame in its slot, and {@link #copyIn} is what it costs to get it there.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class DecodeBenchmark {
    /** Which frames. */
    @State(Scope.Thread)
    public static class Frames {
        /** How many, a power of two. */
        @Param("64")
        public int frames;

        private int next;

        /** The next one's place. */
        int next() {
            return next++ & frames - 1;
        }
    }

    /** Frames of named fields. */
    @State(Scope.Thread)
    public static class Wire {
        /** Their layouts. */
        @Param
        public Layouts layouts;

        private final FrameCodec<JobEvent> codec = FrameCodec.of(JobEvent::new);
        private UnsafeBuffer[] arriving;
        private Frame[] slots;
        private Frame[] jsonSlots;
        private JobEvent[] events;

        /**
         * Writes the frames.
         *
         * @param frames how many.
         */
        @Setup
        public void write(final Frames frames) {
            events = CodecEvents.of(frames.frames);
            arriving = Arrays.stream(layouts.frames(events))
                    .map(ReusedWire::memory)
                    .toArray(UnsafeBuffer[]::new);
            slots = new Frame[events.length];
            jsonSlots = new Frame[events.length];
            for (int i = 0; i < events.length; i++) {
                slots[i] = codec.newFrame(512, 4096);
                slots[i].copyFrom(arriving[i], 0, arriving[i].capacity(), FrameFormat.WIRE);
                jsonSlots[i] = codec.newFrame(512, 4096);
                codec.decode(slots[i], events[i]);
                codec.encode(slots[i], events[i], jsonSlots[i], FrameFormat.JSON);
            }
        }
    }

    /** Frames of named fields as Chronicle Wire reads them by name: in one order, since it fails on fields in another. */
    @State(Scope.Thread)
    public static class Named {
        private final NamedEvent event = new NamedEvent();
        private UnsafeBuffer[] arriving;
        private ReusedWire reused;

        /**
         * Writes the frames.
         *
         * @param frames how many.
         */
        @Setup
        public void write(final Frames frames) {
            arriving = Arrays.stream(Layouts.ONE.frames(CodecEvents.of(frames.frames)))
                    .map(ReusedWire::memory)
                    .toArray(UnsafeBuffer[]::new);
            reused = new ReusedWire(arriving[0]);
        }
    }

    /** Messages without names. */
    @State(Scope.Thread)
    public static class Plain {
        private PlainEvent[] plainEvents;
        private final EventFlyweight flyweight = new EventFlyweight();
        private UnsafeBuffer[] arriving;
        private byte[][] slots;
        private JobEvent[] events;
        private ReusedWire reused;

        /**
         * Writes the messages.
         *
         * @param frames how many.
         */
        @Setup
        public void write(final Frames frames) {
            events = CodecEvents.of(frames.frames);
            arriving = new UnsafeBuffer[events.length];
            slots = new byte[events.length][];
            plainEvents = new PlainEvent[events.length];
            reused = new ReusedWire(ReusedWire.memory(1));
            for (int i = 0; i < events.length; i++) {
                final UnsafeBuffer memory = ReusedWire.memory(4096);
                final PlainEvent event = new PlainEvent();
                plainEvents[i] = event;
                event.set(events[i]);
                event.writeMarshallable(reused.writing(memory).bytes());
                arriving[i] = new UnsafeBuffer(memory, 0, (int) reused.bytes().writePosition());
                final byte[] array = new byte[4096];
                slots[i] = Arrays.copyOf(array, flyweight.wrap(array).write(events[i]));
            }
        }
    }

    /** Into the slot. */
    @Benchmark
    public Frame copyIn(final Frames frames, final Wire wire) {
        final int i = frames.next();
        final UnsafeBuffer message = wire.arriving[i];
        wire.slots[i].copyFrom(message, 0, message.capacity(), FrameFormat.WIRE);
        return wire.slots[i];
    }

    /** In the slot. */
    @Benchmark
    public JobEvent pinion(final Frames frames, final Wire wire) {
        final int i = frames.next();
        wire.codec.decode(wire.slots[i], wire.events[i]);
        return wire.events[i];
    }

    /** Into the slot, and there. */
    @Benchmark
    public JobEvent pinionWithCopyIn(final Frames frames, final Wire wire) {
        final int i = frames.next();
        final UnsafeBuffer message = wire.arriving[i];
        wire.slots[i].copyFrom(message, 0, message.capacity(), FrameFormat.WIRE);
        wire.codec.decode(wire.slots[i], wire.events[i]);
        return wire.events[i];
    }

    /** In the slot, of JSON. */
    @Benchmark
    public JobEvent pinionJson(final Frames frames, final Wire wire) {
        final int i = frames.next();
        wire.codec.decode(wire.jsonSlots[i], wire.events[i]);
        return wire.events[i];
    }

    /** Chronicle Wire, by name. */
    @Benchmark
    public NamedEvent chronicleNamed(final Frames frames, final Named named) {
        named.event.readMarshallable(
                named.reused.reading(named.arriving[frames.next()]).wire());
        return named.event;
    }

    /** Chronicle's plain marshalling: what the targets are measured by. Into an event for each frame, as all here. */
    @Benchmark
    public PlainEvent chroniclePlain(final Frames frames, final Plain plain) {
        final int i = frames.next();
        plain.plainEvents[i].readMarshallable(
                plain.reused.reading(plain.arriving[i]).bytes());
        return plain.plainEvents[i];
    }

    /** By hand. */
    @Benchmark
    public JobEvent flyweight(final Frames frames, final Plain plain) {
        final int i = frames.next();
        plain.flyweight.wrap(plain.slots[i]).read(plain.events[i]);
        return plain.events[i];
    }
}
