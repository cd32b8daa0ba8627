package io.pinion.configs;

import static io.pinion.engine.StageHarness.Outcome.DEAD;
import static io.pinion.engine.StageHarness.Outcome.DROPPED;
import static io.pinion.engine.StageHarness.Outcome.PASSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.pinion.engine.GraphException;
import io.pinion.engine.StageHarness;
import io.pinion.engine.StageHarness.Outcome;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** How a stage of one's own is tested: against something plain, on random events, restored after every one. */
class BallotBoxTest {
    private static final int MAX_VOTES = 3;
    private static final int MAX_PROMPTS = 4;

    @Property
    void shouldDoWhatAPlainMapDoesAlsoWhenRestoredAfterEveryEvent(@ForAll("prompts") final List<Long> prompts)
            throws IOException {
        final Map<Long, Integer> model = new LinkedHashMap<>();
        StageHarness<FeedbackEvent> restored = harness();
        final StageHarness<FeedbackEvent> kept = harness();
        for (final long prompt : prompts) {
            if (!model.containsKey(prompt) && model.size() == MAX_PROMPTS) {
                model.remove(model.keySet().iterator().next());
            }
            final int before = model.getOrDefault(prompt, 0);
            model.put(prompt, Math.min(before + 1, MAX_VOTES));
            final Outcome expected = before < MAX_VOTES ? PASSED : DROPPED;

            assertThat(kept.give(vote(prompt, 1))).isEqualTo(expected);
            assertThat(restored.give(vote(prompt, 1))).isEqualTo(expected);
            assertThat(restored.save()).isEqualTo(kept.save());
            restored = harness().restore(kept.save());
        }
    }

    @Provide
    Arbitrary<List<Long>> prompts() {
        return Arbitraries.longs().between(0, 6).list().ofMaxSize(60);
    }

    @Test
    void shouldCountWhatItDropsAndForgets() {
        final StageHarness<FeedbackEvent> harness = harness();
        for (int prompt = 0; prompt <= MAX_PROMPTS; prompt++) {
            for (int vote = 0; vote <= MAX_VOTES; vote++) {
                harness.give(vote(prompt, 0.5));
            }
        }

        assertThat(harness.dropped("too_many")).isEqualTo(MAX_PROMPTS + 1);
        assertThat(harness.counter("forgotten")).isEqualTo(1);
    }

    @Test
    void shouldSendToTheDeadLettersWhatCannotBeAVote() {
        final StageHarness<FeedbackEvent> harness = harness();

        assertThat(harness.give(vote(1, 1.5))).isEqualTo(DEAD);
        assertThat(harness.reason()).isEqualTo("A vote has a score of 0 to 1.");
        assertThat(harness.give(vote(1, Double.NaN))).isEqualTo(DEAD);
    }

    @Test
    void shouldPassWhatIsNoVote() {
        final FeedbackEvent correction = vote(1, 7);
        correction.kind = FeedbackEvent.Kind.CORRECTION;

        assertThat(harness().give(correction)).isEqualTo(PASSED);
    }

    @Test
    void shouldRefuseAStateThatIsNotItsOwn() throws IOException {
        final StageHarness<FeedbackEvent> full = harness();
        for (int prompt = 0; prompt < MAX_PROMPTS; prompt++) {
            full.give(vote(prompt, 1));
        }
        final byte[] state = full.save();
        final BallotBox newer = new BallotBox(MAX_VOTES, MAX_PROMPTS);
        StageHarness.of(newer);

        assertThatIOException()
                .isThrownBy(() -> StageHarness.of(new BallotBox(MAX_VOTES, MAX_PROMPTS - 1))
                        .restore(state))
                .withMessage("The saved ballot box has 4 prompts, and there is room for 3: make it larger.");
        assertThatIOException()
                .isThrownBy(() -> newer.restore(new DataInputStream(new ByteArrayInputStream(state)), 2))
                .withMessage("The stage \"ballot-box\" reads state of version 1, and this is of version 2.");
    }

    @Test
    void shouldRefuseToHoldNothing() {
        assertThatExceptionOfType(GraphException.class)
                .isThrownBy(() -> new BallotBox(0, 5))
                .withMessage("A ballot box of 0 votes on 5 prompts is not possible: use 1 or more of each.");
    }

    private static StageHarness<FeedbackEvent> harness() {
        return StageHarness.of(new BallotBox(MAX_VOTES, MAX_PROMPTS));
    }

    private static FeedbackEvent vote(final long promptId, final double score) {
        final FeedbackEvent event = new FeedbackEvent();
        event.kind = FeedbackEvent.Kind.VOTE;
        event.promptId = promptId;
        event.score = score;
        return event;
    }
}
