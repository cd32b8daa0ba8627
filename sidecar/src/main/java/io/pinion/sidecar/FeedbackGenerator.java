package io.pinion.sidecar;

import io.pinion.configs.FeedbackEvent;
import io.pinion.engine.Codec;
import io.pinion.engine.Frame;
import io.pinion.engine.FrameFormat;
import io.pinion.engine.Text;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Makes up the feedback of a chat's users, from a seed: votes, corrections, re-prompts and dwell times, and what goes wrong
 * in real life: events that are sent again, missing consent, users nobody knows, and frames that are no event. Counts what
 * it makes.
 */
final class FeedbackGenerator {
    /** Users with a row in the demo's table; those beyond are unknown. */
    static final int KNOWN_USERS = 10_000;

    private static final int UNKNOWN_USERS = 100;
    private static final double MALFORMED = 0.0005;
    private static final double REPEATED = 0.03;
    private static final double WITHOUT_CONSENT = 0.05;
    private static final double UNKNOWN = 0.002;
    private static final double SPAM = 0.001;

    /** A client sends again what is not older than this many of its frames. */
    private static final int REMEMBERED = 1_000;

    private static final String[] MODELS = {"swift-2", "swift-2-mini", "heron-1"};
    private static final String[] VOTE_TEXTS = {
        "", "", "", "exactly what I needed 👍", "no", "danke, sehr hilfreich", "ok"
    };
    private static final String[] CORRECTIONS = {
        "The capital of Australia is Canberra, not Sydney.",
        "The function must return an Optional, it returned null.",
        "Das Datum ist falsch: es war 1989.",
        "東京の人口は約1400万人です。",
        "Use a map here; the list makes it quadratic."
    };
    private static final String[] REPROMPTS = {
        "shorter, please", "the same, but as a table", "in plain words", "¿puedes repetirlo en español?"
    };

    /** One frame that may be sent again. */
    private static final class Sent {
        private byte[] bytes;
        private boolean consent;
    }

    private final Codec<FeedbackEvent> codec;
    private final FeedbackEvent event;
    private final Frame unsent;
    private final SplittableRandom random;
    private final long firstEventId;
    private final Sent[] sent = new Sent[REMEMBERED];
    private final FeedbackTally tally = new FeedbackTally();
    private long events;

    FeedbackGenerator(final Codec<FeedbackEvent> codec, final long seed, final int producer) {
        this.codec = codec;
        event = codec.newEvent();
        unsent = codec.newFrame(0, 0);
        random = new SplittableRandom(seed * 31 + producer);
        firstEventId = (producer + 1L) << 40;
    }

    FeedbackTally tally() {
        return tally;
    }

    /** Writes the next frame; the time goes into the events that are new. */
    void next(final long nowUs, final Frame to) {
        tally.sent++;
        final double luck = random.nextDouble();
        if (luck < MALFORMED) {
            tally.malformed++;
            makeEvent(nowUs);
            codec.encode(unsent, event, to, FrameFormat.WIRE);
            spoil(to);
        } else if (luck < MALFORMED + REPEATED && events > 0) {
            sendAgain(to);
        } else {
            sendNew(nowUs, to);
        }
    }

    private void sendNew(final long nowUs, final Frame to) {
        makeEvent(nowUs);
        codec.encode(unsent, event, to, FrameFormat.WIRE);
        final Sent memory = new Sent();
        memory.bytes = Arrays.copyOf(to.array(), to.lengthBytes());
        memory.consent = event.consent;
        sent[(int) (events++ % REMEMBERED)] = memory;
        if (!event.consent) {
            tally.withoutConsent++;
        } else if (event.userId > KNOWN_USERS) {
            tally.unknownUsers++;
        }
    }

    private void sendAgain(final Frame to) {
        final Sent memory = sent[random.nextInt((int) Math.min(events, REMEMBERED))];
        to.clear(FrameFormat.WIRE);
        to.ensureCapacity(memory.bytes.length);
        System.arraycopy(memory.bytes, 0, to.array(), 0, memory.bytes.length);
        to.lengthBytes(memory.bytes.length);
        if (memory.consent) {
            tally.repeats++;
        } else {
            tally.withoutConsent++;
        }
    }

    private void makeEvent(final long nowUs) {
        event.eventId = firstEventId + events;
        event.at = nowUs;
        event.userId = 1 + random.nextInt(KNOWN_USERS);
        if (random.nextDouble() < UNKNOWN) {
            event.userId = KNOWN_USERS + 1 + random.nextInt(UNKNOWN_USERS);
        }
        event.conversationId = 1 + random.nextInt(1_000_000);
        event.promptId = 1 + random.nextInt(50);
        event.model.set(one(MODELS));
        event.consent = random.nextDouble() >= WITHOUT_CONSENT;
        event.score = 0;
        event.dwellMs = 0;
        makeKind();
    }

    private void makeKind() {
        final double luck = random.nextDouble();
        if (luck < 0.35) {
            event.kind = FeedbackEvent.Kind.VOTE;
            event.score = random.nextInt(11) / 10.0;
            text(one(VOTE_TEXTS));
        } else if (luck < 0.45) {
            event.kind = FeedbackEvent.Kind.CORRECTION;
            text(one(CORRECTIONS));
        } else if (luck < 0.65) {
            event.kind = FeedbackEvent.Kind.REPROMPT;
            text(one(REPROMPTS));
        } else {
            event.kind = FeedbackEvent.Kind.DWELL;
            event.dwellMs = 200 + random.nextInt(60_000);
            text("");
        }
        if (random.nextDouble() < SPAM) {
            text("!".repeat(200));
        }
    }

    private void text(final String value) {
        event.text.set(value);
    }

    private String one(final String[] choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** Makes a frame one that no reader may take: torn, of a wrong type, or of another world. */
    private void spoil(final Frame frame) {
        switch (random.nextInt(3)) {
            case 0 -> frame.lengthBytes(frame.lengthBytes() - 1);
            case 1 -> replace(frame, "{\"eventId\":\"one\",\"consent\":true}");
            default -> replace(frame, "GET /feedback HTTP/1.1");
        }
    }

    private static void replace(final Frame frame, final String bytes) {
        final Text text = Text.of(bytes);
        frame.ensureCapacity(text.lengthBytes());
        System.arraycopy(text.array(), text.offset(), frame.array(), 0, text.lengthBytes());
        frame.lengthBytes(text.lengthBytes());
    }
}
