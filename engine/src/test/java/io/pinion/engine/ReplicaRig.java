package io.pinion.engine;

import io.pinion.engine.routelog.RouteLogReader;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A replica of numbers, and the log it is given, step by step.
 *
 * <pre>
 *   known (table) ─▶ die at 7s ─▶ tally ─▶ route ┬─▶ even
 *                                                └─▶ all      dead letters last
 * </pre>
 */
final class ReplicaRig implements AutoCloseable {
    static final long LOG_ID = 0x5eed;
    static final int EVEN = 0;
    static final int ALL = 1;
    static final int DEAD = 2;

    enum Kind {
        EVENT,
        ROW,
        SWAP_BEGIN,
        SWAP_ROW,
        SWAP_END,
        CONFIRM,
        TICK
    }

    /** One message of the log; its place in the list gives position and time. */
    record Step(Kind kind, int route, String text) {
        static Step event(final long number) {
            return new Step(Kind.EVENT, 0, Long.toString(number));
        }

        static Step confirm(final int route, final long sequence) {
            return new Step(Kind.CONFIRM, route, Long.toString(sequence));
        }

        static Step tick() {
            return new Step(Kind.TICK, 0, "");
        }
    }

    /** One output as it lies in a route log. */
    record Output(long sequence, long position, long timeUs, String text) {}

    /** Keeps the sum of what it saw, the slots that are no events, and the last log time. */
    private static final class Tally implements Stage<Number> {
        private long sum;
        private long controls;
        private long timeUs;

        @Override
        public String name() {
            return "tally";
        }

        @Override
        public void onEvent(final Number event, final Slot<Number> slot) {
            sum += event.value;
            timeUs = slot.logTimeUs();
            event.value += sum * 1_000;
        }

        @Override
        public void onControl(final Slot<Number> slot) {
            controls++;
            timeUs = slot.logTimeUs();
        }

        @Override
        public int stateVersion() {
            return 3;
        }

        @Override
        public void save(final DataOutput out) throws IOException {
            out.writeLong(sum);
            out.writeLong(controls);
            out.writeLong(timeUs);
        }

        @Override
        public void restore(final DataInput in, final int version) throws IOException {
            sum = in.readLong();
            controls = in.readLong();
            timeUs = in.readLong();
        }
    }

    final Replica<Number> replica;

    ReplicaRig(final Path directory, final RouteBounds bounds, final Policy even, final Policy all) {
        this(directory, bounds, even, all, Layout.oneThread());
    }

    ReplicaRig(
            final Path directory, final RouteBounds bounds, final Policy even, final Policy all, final Layout layout) {
        replica = optionsOf(even, all).layout(layout).replica(directory, bounds);
    }

    static Processor.Builder<Number> optionsOf(final Policy even, final Policy all) {
        return Processor.of("Numbers", graph(even, all), new NumberCodec())
                .ringSlots(4)
                .maxFrameBytes(64)
                .rowCodecs(ReplicaRig::rowCodec)
                .format("all", FrameFormat.JSON);
    }

    @SuppressWarnings("unchecked")
    private static <R> Codec<R> rowCodec(final Supplier<R> rows) {
        return (Codec<R>) new NumberCodec();
    }

    static Graph<Number> graph(final Policy even, final Policy all) {
        return Graph.of(Number::new)
                .from(new Ingress("in"))
                .then(new NumberTable())
                .then(new NumberStage("die", (slot, value) -> {
                    if (value % 7 == 0) {
                        throw new IllegalStateException("it is " + value + ", by object " + new Object());
                    }
                }))
                .then(new Tally())
                .route(routes -> routes.when(event -> event.value % 2 == 0)
                        .to("even", "all")
                        .otherwise()
                        .to("all"))
                .to("even", new Egress("even"), even)
                .to("all", new Egress("all"), all)
                .build();
    }

    ReplicaRig begun() {
        replica.begin(LOG_ID);
        return this;
    }

    ReplicaRig restored(final MemorySections sections) throws IOException {
        replica.restore(sections.source());
        return this;
    }

    /** Gives the steps from one on, each settled before the next. */
    ReplicaRig give(final List<Step> log, final int from) {
        for (int i = from; i < log.size(); i++) {
            give(log.get(i), i);
        }
        return this;
    }

    void give(final Step step, final int index) {
        giveUnsettled(step, index);
        settle();
    }

    void settle() {
        until(replica::isSettled);
    }

    /** Gives it to the ring; who else is at it may go on for as long as they like. */
    void giveUnsettled(final Step step, final int index) {
        final long position = 96L * index;
        final long timeUs = 1_000_000 + 10L * (index ^ 1); // goes back at every second step
        final byte[] bytes = step.text().getBytes(StandardCharsets.US_ASCII);
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        until(() -> switch (step.kind()) {
            case EVENT -> replica.event(position, timeUs, buffer, 0, bytes.length, 0);
            case ROW -> replica.update(position, timeUs, 1, buffer, 0, bytes.length, 0);
            case SWAP_BEGIN -> replica.swap(position, timeUs, 1, TableChange.SWAP_BEGIN, null, 0, 0);
            case SWAP_ROW -> replica.swap(position, timeUs, 1, TableChange.SWAP_ROW, buffer, 0, bytes.length);
            case SWAP_END -> replica.swap(position, timeUs, 1, TableChange.SWAP_END, null, 0, 0);
            case CONFIRM -> replica.confirm(position, timeUs, step.route(), Long.parseLong(step.text()));
            case TICK -> replica.tick(position, timeUs);
        });
        until(replica::isPassedOn);
    }

    /** Whether an event would be refused next. */
    boolean isHoldingBack() {
        until(() -> replica.intake() != Intake.NOT_KNOWN_YET);
        return replica.intake() == Intake.HELD_BACK;
    }

    /** A disk may be slow: what matters is that it goes on. */
    private void until(final BooleanSupplier done) {
        while (!done.getAsBoolean()) {
            if (replica.step() == 0) {
                Thread.yield();
            }
        }
    }

    /** All that lies in a route's log. */
    List<Output> outputs(final int route) {
        final List<Output> outputs = new ArrayList<>();
        try (RouteLogReader reader = replica.routeLog(route).newReader()) {
            reader.toStart();
            while (reader.next()) {
                final byte[] bytes = new byte[reader.lengthBytes()];
                reader.buffer().getBytes(reader.offset(), bytes);
                outputs.add(new Output(
                        reader.sequence(),
                        reader.logPosition(),
                        reader.logTimeUs(),
                        new String(bytes, StandardCharsets.US_ASCII)));
            }
        }
        return outputs;
    }

    List<List<Output>> allOutputs() {
        return List.of(outputs(EVEN), outputs(ALL), outputs(DEAD));
    }

    @Override
    public void close() {
        replica.close();
    }
}
