package io.pinion.engine;

import static io.pinion.engine.Policy.block;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class GraphHarnessTest {
    /** Drops what is negative, dies of 13, and remembers when it saw the last event. */
    private static final class Picky implements Stage<long[]> {
        private DropReason negative;
        private long lastUs;

        @Override
        public String name() {
            return "picky";
        }

        @Override
        public void open(final StageContext context) {
            negative = context.dropReason("negative");
        }

        @Override
        public void onEvent(final long[] event, final Slot<long[]> slot) {
            lastUs = slot.eventTimeUs();
            if (event[0] < 0) {
                slot.drop(negative);
            } else if (event[0] == 13) {
                slot.deadLetter("Unlucky.");
            }
        }
    }

    private final Picky picky = new Picky();
    private final GraphHarness<long[]> harness = GraphHarness.of(graph(picky));

    private static Graph<long[]> graph(final Stage<long[]> stage) {
        final Environment env = Environment.ofNames();
        return Graph.of(() -> new long[1])
                .eventTime(event -> event[0], SECONDS)
                .from(env.ingress("in"))
                .then(stage)
                .route(routes -> routes.when(event -> 10 / event[0] > 1)
                        .to("small", "all")
                        .otherwise()
                        .to("all"))
                .to("small", env.egress("small"), block())
                .to("all", env.egress("all"), block())
                .build();
    }

    @Test
    void shouldTellToWhichTargetsAnEventGoes() {
        assertThat(harness.give(new long[] {3})).containsExactly("small", "all");
        assertThat(harness.give(new long[] {30})).containsExactly("all");
        assertThat(harness.whereItEnded()).isEqualTo("route");
        assertThat(harness.reason()).isNull();
        assertThat(picky.lastUs).isEqualTo(30_000_000);
    }

    @Test
    void shouldTellWhichStageDroppedAnEventAndWhy() {
        assertThat(harness.give(new long[] {-1})).isEmpty();
        assertThat(harness.whereItEnded()).isEqualTo("picky");
        assertThat(harness.reason()).isEqualTo("negative");
        assertThat(harness.stage("picky").dropped("negative")).isEqualTo(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> harness.stage("shy"))
                .withMessage("The graph has no stage \"shy\": it has [picky].");
    }

    @Test
    void shouldSendDeadLettersWhereTheyGo() {
        assertThat(harness.give(new long[] {13})).containsExactly("dead-letters");
        assertThat(harness.whereItEnded()).isEqualTo("picky");
        assertThat(harness.reason()).isEqualTo("Unlucky.");
    }

    @Test
    void shouldMakeADeadLetterOfAnEventForWhichARuleThrows() {
        assertThat(harness.give(new long[] {0})).containsExactly("dead-letters");
        assertThat(harness.whereItEnded()).isEqualTo("route");
        assertThat(harness.reason()).contains("ArithmeticException");
    }
}
