package io.pinion.engine;

import static io.pinion.engine.Policy.block;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** While nothing comes, the last event is taken in and encoded again, for the caches' sake: of no consequence but that. */
class RehearsalTest {
    private static final int EVENTS = 5;

    private final List<Long> decoded = new ArrayList<>();
    private final List<Long> encoded = new ArrayList<>();
    private boolean decodesOnce;
    private boolean encodesOnce;
    private int offers;
    /** Refuses as often as {@code refusals} says before it takes one. */
    private int refusals;

    private final ListPublisher out = new ListPublisher(() -> ++offers % (refusals + 1) == 0, 64);
    private final ListPublisher dead = new ListPublisher();

    private final class CountingCodec extends NumberCodec {
        @Override
        public boolean decode(final Frame frame, final Number event) {
            final boolean isNumber = super.decode(frame, event);
            final boolean isKnown = decoded.contains(event.value);
            decoded.add(event.value);
            if (isKnown && decodesOnce) {
                throw new IllegalStateException("asked twice");
            }
            return isNumber;
        }

        @Override
        public void encode(final Frame from, final Number event, final Frame to, final FrameFormat format) {
            super.encode(from, event, to, format);
            final boolean isKnown = encoded.contains(event.value);
            encoded.add(event.value);
            if (isKnown && encodesOnce) {
                throw new IllegalStateException("asked twice");
            }
        }
    }

    private Account run(final FrameFormat format) {
        final Graph<Number> graph = Graph.of(Number::new)
                .from(new Ingress("in"))
                .route(routes -> routes.otherwise().to("out"))
                .to("out", new Egress("out"), block())
                .build();
        try (Processor<Number> processor = Processor.of("Numbers", graph, new CountingCodec())
                .layout(Layout.stepped())
                .ringSlots(4)
                .ingress(new PausingAdapter(ListAdapter.upTo(EVENTS), 1), format)
                .egress("out", out, null)
                .egress(Target.DEAD_LETTERS, dead, null)
                .build()) {
            for (int i = 0; i < 8 * EVENTS; i++) {
                processor.step();
            }
            return processor.account();
        }
    }

    private void shouldHaveDeliveredAll(final Account account) {
        assertThat(account.gaps()).isEmpty();
        assertThat(account.in()).isEqualTo(EVENTS);
        assertThat(out.frames()).containsExactly("0", "1", "2", "3", "4");
        assertThat(dead.frames()).isEmpty();
    }

    @Test
    void shouldTakeTheLastEventInAgainAndNeitherCountNorPublishIt() {
        shouldHaveDeliveredAll(run(FrameFormat.WIRE));
        assertThat(decoded).hasSizeGreaterThan(EVENTS).containsSubsequence(0L, 0L, 1L, 1L, 2L, 2L);
        assertThat(encoded).hasSizeGreaterThan(EVENTS);
    }

    @Test
    void shouldLeaveAloneWhatATargetHolds() {
        refusals = 3;
        shouldHaveDeliveredAll(run(FrameFormat.WIRE));
    }

    @Test
    void shouldNotMindACodecThatThrowsWhenItDecodes() {
        decodesOnce = true;
        shouldHaveDeliveredAll(run(FrameFormat.WIRE));
        assertThat(decoded).hasSizeGreaterThan(EVENTS);
    }

    @Test
    void shouldNotMindACodecThatThrowsWhenItEncodesNorAskItAgain() {
        encodesOnce = true;
        shouldHaveDeliveredAll(run(FrameFormat.WIRE));
        assertThat(encoded).hasSizeBetween(EVENTS + 1, 2 * EVENTS);
    }

    /** Some numerals leave garbage. */
    @Test
    void shouldNotRehearseJson() {
        shouldHaveDeliveredAll(run(FrameFormat.JSON));
        assertThat(decoded).hasSize(EVENTS);
        assertThat(encoded).hasSize(EVENTS);
    }
}
