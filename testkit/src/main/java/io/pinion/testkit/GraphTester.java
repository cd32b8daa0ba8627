package io.pinion.testkit;

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
import io.pinion.wire.FrameCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.AssertionFailedError;

/**
 * Runs a graph in a test, on the real ring, codec and operators, step by step on the test's thread, at the time that the
 * test says. A JUnit 5 extension, which builds the graph anew for each test:
 *
 * <pre>{@code
 * @RegisterExtension
 * final GraphTester<Rating> ratings = GraphTester.of(Ratings::graph);
 *
 * @Test
 * void shouldTrainOnGoodRatingsOnce() {
 *     ratings.at("2026-11-22T10:00:00Z")
 *         .given("{\"userId\":7,\"stars\":5}", "{\"userId\":7,\"stars\":5}")
 *         .expect("training", "{\"userId\":7,\"stars\":5}")
 *         .expectDropped("once", "repeat", 1)
 *         .expectNothingElse();
 * }
 * }</pre>
 *
 * <p>Events and rows are JSON, as they would arrive; what comes out is compared as text. Not thread-safe.
 *
 * @param <E> the user's own event class.
 */
public final class GraphTester<E> implements BeforeEachCallback, AfterEachCallback {
    private final Function<Environment, Graph<E>> graphs;
    private final Map<String, String[]> rows = new LinkedHashMap<>();
    private final Map<String, KeptFrames> outputs = new LinkedHashMap<>();
    private final Map<String, Long> droppedBefore = new LinkedHashMap<>();
    private QueuedAdapter input;
    private Processor<E> processor;
    private long nowNs;

    private GraphTester(final Function<Environment, Graph<E>> graphs) {
        this.graphs = graphs;
    }

    /**
     * A tester of one graph.
     *
     * @param graph the method that builds it.
     * @param <E>   its event class.
     * @return the extension.
     */
    public static <E> GraphTester<E> of(final Function<Environment, Graph<E>> graph) {
        return new GraphTester<>(graph);
    }

    /**
     * Fills a table before the first event of each test.
     *
     * @param table    its name.
     * @param jsonRows each a JSON object.
     * @return this.
     */
    public GraphTester<E> withTable(final String table, final String... jsonRows) {
        rows.put(table, jsonRows);
        return this;
    }

    @Override
    public void beforeEach(final ExtensionContext context) {
        start();
    }

    @Override
    public void afterEach(final ExtensionContext context) {
        stop();
    }

    /** Builds the graph and starts it at 1970, where no extension does. */
    public void start() {
        final Graph<E> graph = graphs.apply(Environment.ofNames());
        graph.tables().forEach(this::fill);
        input = new QueuedAdapter();
        outputs.clear();
        droppedBefore.clear();
        nowNs = 0;
        final Processor.Builder<E> options = Processor.of("tested", graph, FrameCodec.of(graph.events()))
                .layout(Layout.stepped())
                .rowCodecs(FrameCodec::of)
                .clock(() -> nowNs)
                .ingress(input, FrameFormat.JSON);
        graph.targets().forEach(target -> outputs.put(target.name(), new KeptFrames()));
        outputs.put(Target.DEAD_LETTERS, new KeptFrames());
        outputs.forEach((target, kept) -> options.egress(target, kept, FrameFormat.JSON));
        processor = options.build();
    }

    /** Ends what {@link #start()} began. */
    public void stop() {
        processor.close();
    }

    private <R> void fill(final ReferenceTable<R> table) {
        table.open();
        final Codec<R> codec = FrameCodec.of(table.rows());
        for (final String json : rows.getOrDefault(table.name(), new String[0])) {
            final byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            final Frame frame = codec.newFrame(bytes.length, Math.max(1, bytes.length));
            frame.clear(FrameFormat.JSON);
            System.arraycopy(bytes, 0, frame.array(), 0, bytes.length);
            frame.lengthBytes(bytes.length);
            final R row = codec.newEvent();
            final String refusal = codec.decode(frame, row) ? table.put(row) : frame.fault();
            if (refusal != null) {
                throw new IllegalArgumentException(
                        "the row " + json + " of the table \"" + table.name() + "\": " + refusal);
            }
        }
    }

    /**
     * Sets the time: the log's, until it is set again.
     *
     * @param time such as {@code 2026-11-22T10:00:00Z}; the log's time never goes back.
     * @return this.
     */
    public GraphTester<E> at(final String time) {
        final Instant instant = Instant.parse(time);
        nowNs = TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
        return this;
    }

    /**
     * Gives events, and runs the graph until it has dealt with them.
     *
     * @param jsonEvents each a JSON object; or what is none, for a dead letter.
     * @return this.
     */
    public GraphTester<E> given(final String... jsonEvents) {
        Arrays.stream(jsonEvents).forEach(event -> input.add(event.getBytes(StandardCharsets.UTF_8)));
        int idle = 0;
        while (idle < 2) {
            idle = processor.step() == 0 ? idle + 1 : 0;
        }
        return this;
    }

    /**
     * What came to a target since it was last asked for.
     *
     * @param target     its name.
     * @param jsonEvents all of them, in order.
     * @return this.
     */
    public GraphTester<E> expect(final String target, final String... jsonEvents) {
        final String expected = lines(Arrays.asList(jsonEvents));
        final String found = lines(outputOf(target).take());
        if (!expected.equals(found)) {
            throw new AssertionFailedError(
                    "What came to \"" + target + "\" is not what was expected.\nexpected:" + expected + "\nfound:"
                            + found + "\nwhere all events are: " + whereaboutsOfAll(),
                    expected,
                    found);
        }
        return this;
    }

    /**
     * How many events a stage has dropped for a reason since that was last asked for.
     *
     * @param stage  its name.
     * @param reason the name of the reason.
     * @param events how many.
     * @return this.
     */
    public GraphTester<E> expectDropped(final String stage, final String reason, final long events) {
        final long now = stageOf(stage).dropped().getOrDefault(reason, 0L);
        final long before = droppedBefore.getOrDefault(stage + "/" + reason, 0L);
        droppedBefore.put(stage + "/" + reason, now);
        if (now - before != events) {
            throw new AssertionFailedError(
                    "The stage \"" + stage + "\" dropped " + (now - before) + " events for \"" + reason + "\", and "
                            + events + " were expected.\nwhere all events are: " + whereaboutsOfAll(),
                    events,
                    now - before);
        }
        return this;
    }

    /**
     * One dead letter, the next that was not asked for yet.
     *
     * @param stage      where it died.
     * @param reasonPart what its reason contains.
     * @return this.
     */
    public GraphTester<E> expectDeadLetter(final String stage, final String reasonPart) {
        final KeptFrames letters = outputOf(Target.DEAD_LETTERS);
        final List<String> all = letters.take();
        final String next = all.isEmpty() ? "none" : all.get(0);
        all.stream().skip(1).forEach(letters::keep);
        if (!next.startsWith("{\"stage\":\"" + stage + "\",") || !next.contains(reasonPart)) {
            throw new AssertionFailedError("A dead letter was expected at \"" + stage + "\" with \"" + reasonPart
                    + "\" in its reason; found: " + next);
        }
        return this;
    }

    /** That no target has anything that was not asked for. */
    public void expectNothingElse() {
        outputs.keySet().forEach(this::expect);
    }

    private KeptFrames outputOf(final String target) {
        final KeptFrames kept = outputs.get(target);
        if (kept == null) {
            throw new IllegalArgumentException(
                    "the graph has no target \"" + target + "\": it has " + String.join(", ", outputs.keySet()));
        }
        return kept;
    }

    private Account.StageCount stageOf(final String name) {
        return processor.account().stages().stream()
                .filter(stage -> stage.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the graph has no stage \"" + name + "\""));
    }

    private String whereaboutsOfAll() {
        final Account account = processor.account();
        final StringBuilder text = new StringBuilder(account.in() + " in");
        account.stages().forEach(stage -> text.append(", ")
                .append(stage.name())
                .append(" dropped ")
                .append(stage.dropped())
                .append(" dead ")
                .append(stage.dead()));
        account.targets()
                .forEach(target ->
                        text.append(", ").append(target.routed()).append(" to ").append(target.name()));
        return text.toString();
    }

    private static String lines(final List<String> events) {
        return events.isEmpty() ? " nothing" : "\n  " + String.join("\n  ", events);
    }
}
