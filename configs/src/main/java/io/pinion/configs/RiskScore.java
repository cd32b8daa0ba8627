package io.pinion.configs;

import io.pinion.engine.Counter;
import io.pinion.engine.DropReason;
import io.pinion.engine.Slot;
import io.pinion.engine.Stage;
import io.pinion.engine.StageContext;
import io.pinion.engine.Text;

/**
 * A stage of one's own, to start from: it rates how likely a text is spam, writes that into the event,
 * and drops what is beyond doubt. Its whole life is in this file: what it counts is registered when it is opened, and then
 * it is given one event after the other, by one thread.
 *
 * <p>The rating looks at nothing but the event, so the same event has the same risk wherever it is read, and there is no
 * state to save. A stage with state adds {@link #save}, {@link #restore} and {@link #stateVersion}.
 */
public final class RiskScore implements Stage<FeedbackEvent> {
    private static final double SUSPICIOUS = 0.5;
    private static final double SPAM = 0.9;

    /** A shorter text says too little to be rated. */
    private static final int SHORTEST_RATED_BYTES = 16;

    private DropReason spam;
    private Counter suspicious;

    @Override
    public String name() {
        return "risk";
    }

    @Override
    public String describe() {
        return "rate how likely a text is spam, drop what surely is";
    }

    @Override
    public Scope scope() {
        return Scope.STATELESS;
    }

    @Override
    public void open(final StageContext context) {
        spam = context.dropReason("spam");
        suspicious = context.counter("suspicious");
    }

    @Override
    public void onEvent(final FeedbackEvent event, final Slot<FeedbackEvent> slot) {
        event.risk = repetition(event.text);
        if (event.risk >= SPAM) {
            slot.drop(spam);
        } else if (event.risk >= SUSPICIOUS) {
            suspicious.increment();
        }
    }

    /** The share of bytes that are the same as the one before: in ordinary prose a few in a hundred. */
    private static double repetition(final Text text) {
        final int length = text.lengthBytes();
        if (length < SHORTEST_RATED_BYTES) {
            return 0;
        }
        int same = 0;
        for (int i = 1; i < length; i++) {
            if (text.byteAt(i) == text.byteAt(i - 1)) {
                same++;
            }
        }
        return same / (length - 1.0);
    }
}
