package io.pinion.sidecar;

import static io.pinion.engine.Policy.block;
import static io.pinion.operators.Operators.dedupe;
import static io.pinion.operators.Operators.enrich;
import static io.pinion.operators.Operators.orKeep;
import static io.pinion.operators.Operators.table;
import static io.pinion.operators.Operators.upTo;
import static io.pinion.operators.Operators.within;
import static io.pinion.operators.Privacy.emails;
import static io.pinion.operators.Privacy.longerThan;
import static io.pinion.operators.Privacy.numbers;
import static io.pinion.operators.Privacy.redact;
import static io.pinion.operators.Privacy.urls;
import static java.time.Duration.ofHours;
import static java.util.concurrent.TimeUnit.MICROSECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.pinion.configs.Feedback;
import io.pinion.configs.FeedbackEvent;
import io.pinion.configs.RiskScore;
import io.pinion.engine.Account;
import io.pinion.engine.EgressPublisher;
import io.pinion.engine.Environment;
import io.pinion.engine.Frame;
import io.pinion.engine.FrameFormat;
import io.pinion.engine.Graph;
import io.pinion.engine.IngressAdapter;
import io.pinion.engine.Layout;
import io.pinion.engine.Processor;
import io.pinion.engine.Target;
import io.pinion.operators.Table;
import io.pinion.wire.FrameCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.management.ObjectName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A whole graph, with a table, under frames that were good once. Each is accounted for, what leaves is well-formed, no class is
 * loaded, and no buffer is longer than it may be. {@code -Dfuzz.frames} makes it more of them, {@code -Dfuzz.seed} others.
 */
class HostileIngressTest {
    private static final long FRAMES = Long.getLong("fuzz.frames", 1_000_000);
    private static final long SEED = Long.getLong("fuzz.seed", 20_261_122);
    private static final int MAX_FRAME_BYTES = 2_048;
    /** What leaves may be longer than what came: JSON of Wire, or dead letters with base64. */
    private static final int MAX_OUT_BYTES = 4 * MAX_FRAME_BYTES;

    private static final long NOW_US = 1_760_000_000_000_000L;
    private static final long SLACK_BYTES = 24L << 20;
    private static final long PATIENCE_NS = Duration.ofMinutes(10).toNanos();

    private static final List<String> EVENTS = List.of(
            "{\"eventId\":1,\"at\":1760000000000000,\"userId\":12,\"kind\":\"CORRECTION\",\"consent\":true,\"score\":0.25,"
                    + "\"text\":\"write to anna@example.com or 030 1234567, see https://example.com/é\"}",
            "{\"eventId\":2,\"at\":1760000000000001,\"userId\":13,\"kind\":\"VOTE\",\"consent\":true,\"score\":1,"
                    + "\"model\":\"sw\\u00ef\\ud83d\\ude00ft\",\"unknown\":{\"a\":[1.50,-2e3,null,{\"b\":[[]]}],\"c\":\"\\n\"}}",
            " { \"eventId\" : 3 , \"at\":1760000000000002 , \"consent\":true , \"dwellMs\":null, \"kind\":\"DWELL\" } ");
    private static final List<String> ROWS = List.of(
            "{\"userId\":12,\"tier\":\"paid\",\"locale\":\"de-DE\"}",
            "{\"userId\":13,\"tier\":\"é\\u0041\",\"x\":[1]}");

    private final JsonFactory json = new JsonFactory();
    private final Hostile events =
            new Hostile(new FrameMutator(SEED, FrameMutator.samplesOf(EVENTS), 2 * MAX_FRAME_BYTES));
    private final Hostile rows =
            new Hostile(new FrameMutator(-SEED, FrameMutator.samplesOf(ROWS), 2 * MAX_FRAME_BYTES));

    /** Hands over what the mutator makes, some at a time. */
    private static final class Hostile implements IngressAdapter {
        private final FrameMutator frames;
        private boolean isMade;
        private long given;
        private long most;

        Hostile(final FrameMutator frames) {
            this.frames = frames;
        }

        @Override
        public int poll(final FrameHandler handler, final int limit) {
            int work = 0;
            final int some = 1 + frames.nextInt(limit);
            while (work < some && given < most) {
                if (!isMade) {
                    frames.next();
                    isMade = true;
                }
                if (!handler.onFrame(frames.frame(), 0, frames.lengthBytes(), 0)) {
                    break;
                }
                isMade = false;
                given++;
                work++;
            }
            return work;
        }

        @Override
        public boolean isAtEnd() {
            return given >= most;
        }

        @Override
        public void close() {}
    }

    /** Takes what is well-formed. */
    private final class Strict implements EgressPublisher {
        private final FrameCodec<FeedbackEvent> codec = FrameCodec.of(FeedbackEvent::new);
        private final Frame copy = codec.newFrame(MAX_OUT_BYTES, MAX_OUT_BYTES);
        private final FeedbackEvent event = codec.newEvent();
        private long taken;

        @Override
        public boolean offer(final Frame frame, final long dueNs) {
            assertThat(frame.array().length).isLessThanOrEqualTo(MAX_OUT_BYTES);
            if (frame.format() == FrameFormat.JSON) {
                requireOneObject(frame);
            } else {
                copy.copyFrom(frame.buffer(), 0, frame.lengthBytes(), FrameFormat.WIRE);
                assertThat(codec.decode(copy, event)).as(copy.fault()).isTrue();
            }
            taken++;
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
        public String whyWaiting() {
            return "it takes all";
        }

        @Override
        public int maxFrameBytes() {
            return MAX_OUT_BYTES;
        }

        @Override
        public void close() {}
    }

    private void requireOneObject(final Frame frame) {
        try (JsonParser parser = json.createParser(frame.array(), 0, frame.lengthBytes())) {
            assertThat(parser.nextToken().isStructStart()).isTrue();
            parser.skipChildren();
            assertThat(parser.currentToken().isStructEnd()).as("its end").isTrue();
            assertThat(parser.nextToken()).as("after it").isNull();
        } catch (final IOException malformed) {
            throw new UncheckedIOException(new String(frame.array(), 0, frame.lengthBytes()), malformed);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldAccountForEachFrameAndPutOutOnlyWhatIsWellFormed(final boolean isRedacted) throws Exception {
        final Map<String, Strict> outputs = new HashMap<>();
        final long startedNs = System.nanoTime();
        long heapBytes = 0;
        try (Processor<FeedbackEvent> processor = processor(isRedacted, outputs)) {
            for (final long share : new long[] {FRAMES / 4, FRAMES}) {
                events.most = share;
                rows.most = share / 8;
                while (events.given < events.most || rows.given < rows.most) {
                    processor.step();
                    assertThat(System.nanoTime() - startedNs).as("it hangs").isLessThan(PATIENCE_NS);
                }
                heapBytes = usedHeapBytes() - heapBytes;
            }
            assertThat(heapBytes).as("growth of the heap").isLessThan(SLACK_BYTES);
            processor.drain();
            while (!processor.awaitEnd(Duration.ZERO)) {
                processor.step();
            }
            check(processor.account(), outputs);
            assertThat(processor.errors()).as("exceptions").isEmpty();
            assertThat(loadedClasses()).contains(getClass().getName()).doesNotContain("ClassNamedInAFrame");
        } catch (final Throwable failed) {
            throw new AssertionError(
                    "-Dfuzz.seed=" + SEED + ", event " + events.given + ": " + hex(events.frames) + ", row "
                            + rows.given + ": " + hex(rows.frames),
                    failed);
        }
    }

    private static void check(final Account account, final Map<String, Strict> outputs) {
        assertThat(account.gaps()).isEmpty();
        assertThat(account.in()).isEqualTo(FRAMES);
        final Account.TableCount users = account.tables().get(0);
        assertThat(users.changes()).isEqualTo(FRAMES / 8);
        assertThat(outputs.get(Target.DEAD_LETTERS).taken).isEqualTo(account.dead() + users.dead());
        // Not all of one kind, or it would prove little.
        assertThat(account.routed()).isBetween(FRAMES / 10, FRAMES * 9 / 10);
        assertThat(account.dead()).isBetween(FRAMES / 10, FRAMES * 9 / 10);
        assertThat(users.dead()).isBetween(FRAMES / 80, FRAMES / 8 - FRAMES / 80);
        outputs.forEach((target, taken) -> assertThat(taken.taken).as(target).isPositive());
    }

    private Processor<FeedbackEvent> processor(final boolean isRedacted, final Map<String, Strict> outputs) {
        final Graph<FeedbackEvent> graph = graph(isRedacted ? new String[] {"text", "model"} : new String[0]);
        final long[] nowNs = {NOW_US * 1_000};
        final Processor.Builder<FeedbackEvent> options = Processor.of("hostile", graph, FrameCodec.of(graph.events()))
                .layout(Layout.stepped())
                .ringSlots(64)
                .maxFrameBytes(MAX_FRAME_BYTES)
                .rowCodecs(FrameCodec::of)
                .clock(() -> nowNs[0] += 1_000)
                .ingress(events, FrameFormat.values())
                .updates("users", rows, FrameFormat.values());
        final Map<String, FrameFormat> formats = new HashMap<>();
        formats.put("training", FrameFormat.JSON);
        formats.put("evaluation", FrameFormat.WIRE);
        formats.put("analytics", null);
        formats.put(Target.DEAD_LETTERS, null);
        formats.forEach((target, format) -> {
            outputs.put(target, new Strict());
            options.egress(target, outputs.get(target), format);
        });
        return options.build();
    }

    /** The keys are so few that most repeats pass, and meet what stands behind. */
    private static Graph<FeedbackEvent> graph(final String... redacted) {
        final Environment env = Environment.ofNames();
        final Table<Feedback.User> users = table(
                        "users", Feedback.User::new, (Feedback.User user) -> user.userId, upTo(100))
                .updates(env.ingress("user-updates"), user -> user.tier.isEmpty());
        return Graph.of(FeedbackEvent::new)
                .eventTime(event -> event.at, MICROSECONDS)
                .from(env.ingress("producers"))
                .then(dedupe(
                        "once",
                        (event, key) -> key.add(event.eventId).add(event.text),
                        within(ofHours(1)).upTo(2)))
                .then(enrich("user", users, (FeedbackEvent event) -> event.userId, HostileIngressTest::copy, orKeep()))
                .then(redact("clean", event -> event.text, urls(), emails(), numbers(7), longerThan(200)))
                .then(new RiskScore())
                .routeToEveryMatch(routes -> routes.when(event -> event.kind != FeedbackEvent.Kind.DWELL)
                        .to("training", "evaluation")
                        .when(event -> event.score >= 0.5)
                        .to("analytics")
                        .otherwise()
                        .to("analytics"))
                .to("training", env.egress("training"), block())
                .to("evaluation", env.egress("evaluation"), block())
                .to("analytics", env.egress("analytics"), block())
                .deadLetters(env.egress("dead-letters"), block(), redacted)
                .build();
    }

    private static void copy(final FeedbackEvent event, final Feedback.User user) {
        event.userTier.set(user.tier);
        event.locale.set(user.locale);
    }

    private static long usedHeapBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Those that were loaded, whether they were initialised or not. */
    private static String loadedClasses() throws Exception {
        return (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "vmClassHierarchy",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
    }

    private static String hex(final FrameMutator frames) {
        final StringBuilder hex = new StringBuilder();
        for (int i = 0; i < frames.lengthBytes(); i++) {
            hex.append("%02x".formatted(frames.frame().getByte(i)));
        }
        return hex.toString();
    }
}
