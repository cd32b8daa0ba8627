package io.pinion.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.pinion.configs.Clicks;
import io.pinion.configs.Feedback;
import io.pinion.configs.Reviews;
import io.pinion.engine.Account;
import io.pinion.engine.Codec;
import io.pinion.engine.Environment;
import io.pinion.engine.Frame;
import io.pinion.engine.FrameFormat;
import io.pinion.engine.Graph;
import io.pinion.engine.Layout;
import io.pinion.engine.Processor;
import io.pinion.engine.ReferenceTable;
import io.pinion.engine.Target;
import io.pinion.engine.Text;
import io.pinion.wire.FrameCodec;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A million events, from their frames to the frames put out, allocate no more than 64 KB in all: on each layout, for each
 * graph, with Wire and JSON frames in, and either format out.
 */
class AllocationTest {
    private static final long WARM_UP = 200_000;
    private static final long MEASURED = 1_000_000;
    private static final long BUDGET_BYTES = 64 * 1024;
    private static final String THREADS = "pinion-";

    private static final String REVIEW =
            "{\"reviewerId\":7000000,\"vendorId\":21,\"rating\":5,\"at\":1144429680000000}";
    private static final String CLICK =
            "{\"id\":\"men-0\",\"at\":1574553793442536,\"campaign\":\"men\",\"itemKey\":\"men-14\","
                    + "\"position\":1,\"click\":false,\"propensity\":0.029411764705882353,\"user\":\"7000000-\\u00e9t\\u00e9\"}";
    private static final String FEEDBACK = "{\"eventId\":7000000,\"at\":1574553793442536,\"userId\":12,"
            + "\"kind\":\"CORRECTION\",\"model\":\"swift-2\",\"consent\":true,\"score\":0.3,\"text\":\"die Zahl ist 42 👍\"}";

    static Stream<Arguments> everyWay() {
        return Stream.of("one-thread", "thread-per-stage", "ingress+*,egress")
                .flatMap(layout ->
                        Stream.of("Reviews", "Clicks", "Feedback").flatMap(graph -> everyFormat(layout, graph)));
    }

    /** The threads make no difference to what a frame is turned into, so the other formats are for one of the layouts. */
    private static Stream<Arguments> everyFormat(final String layout, final String graph) {
        final Stream<Arguments> same = Stream.of(
                Arguments.of(layout, graph, FrameFormat.WIRE, FrameFormat.WIRE),
                Arguments.of(layout, graph, FrameFormat.JSON, FrameFormat.JSON));
        final Stream<Arguments> other = Stream.of(
                Arguments.of(layout, graph, FrameFormat.WIRE, FrameFormat.JSON),
                Arguments.of(layout, graph, FrameFormat.JSON, FrameFormat.WIRE));
        return layout.equals("one-thread") ? Stream.concat(same, other) : same;
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void shouldAllocateNothingForAMillionEvents(
            final String layout, final String graph, final FrameFormat in, final FrameFormat out) throws Exception {
        switch (graph) {
            case "Reviews" -> measure(Reviews.graph(Environment.ofNames()), REVIEW, layout, in, out);
            case "Clicks" -> measure(Clicks.graph(Environment.ofNames()), CLICK, layout, in, out);
            default -> measure(Feedback.graph(Environment.ofNames()), FEEDBACK, layout, in, out);
        }
    }

    private static <E> void measure(
            final Graph<E> graph, final String json, final String layout, final FrameFormat in, final FrameFormat out)
            throws Exception {
        graph.tables().forEach(AllocationTest::fill);
        final Codec<E> codec = FrameCodec.of(graph.events());
        final CountingUpAdapter adapter = new CountingUpAdapter(frameOf(codec, json, in), in);
        final Processor.Builder<E> options = Processor.of("measured", graph, codec)
                .layout(Layout.parse(layout))
                .ingress(adapter, in);
        for (final Target target : graph.targets()) {
            options.egress(target.name(), new SwallowingPublisher(), out);
        }
        try (Processor<E> processor = options.egress(Target.DEAD_LETTERS, new SwallowingPublisher(), null)
                .build()) {
            processor.start();
            run(processor, adapter, WARM_UP);
            final long before = allocatedByTheProcessor();
            run(processor, adapter, WARM_UP + MEASURED);
            final long allocated = allocatedByTheProcessor() - before;

            final Account account = processor.account();
            assertThat(account.routed()).as("events that went all the way").isEqualTo(WARM_UP + MEASURED);
            assertThat(allocated).as("bytes allocated by all threads").isLessThanOrEqualTo(BUDGET_BYTES);
        }
    }

    private static <R> void fill(final ReferenceTable<R> table) {
        table.open();
        final Codec<R> codec = FrameCodec.of(table.rows());
        final byte[] json =
                "{\"itemKey\":\"men-14\",\"weight\":-0.6771831139635117,\"brand\":\"b\",\"userId\":12,\"tier\":\"paid\"}"
                        .getBytes(StandardCharsets.UTF_8);
        final R row = codec.newEvent();
        final Frame frame = codec.newFrame(json.length, json.length);
        System.arraycopy(json, 0, frame.array(), 0, json.length);
        frame.clear(FrameFormat.JSON);
        frame.lengthBytes(json.length);
        assertThat(codec.decode(frame, row)).as(frame.fault()).isTrue();
        assertThat(table.put(row)).isNull();
    }

    private static <E> byte[] frameOf(final Codec<E> codec, final String json, final FrameFormat format) {
        final Frame from = codec.newFrame(1_024, 1_024);
        final Text text = Text.of(json);
        System.arraycopy(text.array(), text.offset(), from.array(), 0, text.lengthBytes());
        from.clear(FrameFormat.JSON);
        from.lengthBytes(text.lengthBytes());
        final E event = codec.newEvent();
        assertThat(codec.decode(from, event)).as(from.fault()).isTrue();
        final Frame to = new Frame(1_024, 1_024);
        codec.encode(from, event, to, format);
        return java.util.Arrays.copyOf(to.array(), to.lengthBytes());
    }

    private static void run(final Processor<?> processor, final CountingUpAdapter adapter, final long upTo)
            throws InterruptedException {
        adapter.allow(upTo);
        while (processor.account().routed() < upTo || processor.occupancy() > 0) {
            assertThat(processor.failure()).isNull();
            assertThat(processor.account().dead())
                    .as("dead letters: %s", processor.errors())
                    .isZero();
            assertThat(processor.account().dropped()).as("dropped").isZero();
            Thread.sleep(5);
        }
    }

    private static long allocatedByTheProcessor() {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final List<Thread> own = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(THREADS))
                .toList();
        assertThat(own).isNotEmpty();
        return own.stream()
                .mapToLong(thread -> threads.getThreadAllocatedBytes(thread.getId()))
                .sum();
    }
}
