package io.pinion.jmh.job;

import io.pinion.engine.Text;

/**
 * The events of the job: the nth is the same wherever it is made. One in 16 repeats one of the last half million, one in
 * ten lacks consent, one in eleven is about an item that nobody knows.
 *
 * <p>One thread.
 */
public final class JobEvents {
    /** How many rows the table has: items 0 to this. */
    public static final int ROWS = 100_000;
    /** How many keys dedupe remembers. */
    public static final int KEYS = 1_000_000;
    /** How many sets of texts the events share. */
    public static final int TEXTS = 16;

    private static final long START_US = 1_700_000_000_000_000L;
    private static final int REPEAT_REACH = KEYS / 2;
    private static final int ITEMS = ROWS + ROWS / 10;

    private final Text[] sessions = new Text[TEXTS];
    private final Text[] models = new Text[4];
    private final Text[] prompts = new Text[TEXTS];
    private final Text[] answers = new Text[TEXTS];

    /** Makes the texts that the events share. */
    public JobEvents() {
        for (int i = 0; i < sessions.length; i++) {
            sessions[i] = Text.of(String.format("session-%08x", (int) mix(i)));
            prompts[i] = Text.of("What does the notice of case " + i + " mean for someone who moved last year?");
            answers[i] =
                    Text.of("It means that case " + i + " was closed, and that nothing more is owed; keep the notice.");
        }
        for (int i = 0; i < models.length; i++) {
            models[i] = Text.of("model-" + i + "-large");
        }
    }

    /**
     * Sets all that arrives of the nth event.
     *
     * @param event its {@code price} is set to 0.
     * @param n     counted from 0.
     */
    public void fill(final JobEvent event, final long n) {
        final long bits = mix(n);
        event.eventId = eventId(n, bits);
        event.at = atUs(n);
        event.itemId = (bits >>> 8 & 0xFFFFFFFFL) * ITEMS >>> 32;
        event.userId = (int) (bits >>> 40) & 0xFFFF;
        event.consent = (bits >>> 56) % 10 != 0;
        event.score = (bits >>> 12 & 0xFFFFF) / (double) 0x100000;
        final int text = (int) bits & TEXTS - 1;
        show(sessions[text], event.session);
        show(models[text & 3], event.model);
        show(prompts[text], event.prompt);
        show(answers[text], event.answer);
        event.price = 0;
    }

    /**
     * Which of the sets of texts the nth event has.
     *
     * @param n counted from 0.
     * @return from 0, below {@link #TEXTS}.
     */
    public int textOf(final long n) {
        return (int) mix(n) & TEXTS - 1;
    }

    private static void show(final Text text, final Text in) {
        in.wrap(text.array(), text.offset(), text.lengthBytes());
    }

    /**
     * When the nth event happened.
     *
     * @param n counted from 0.
     * @return microseconds since 1970: one event each.
     */
    public static long atUs(final long n) {
        return START_US + n;
    }

    /**
     * The key of the nth event.
     *
     * @param n counted from 0.
     * @return what {@link #fill} sets.
     */
    public static long eventId(final long n) {
        return eventId(n, mix(n));
    }

    private static long eventId(final long n, final long bits) {
        if ((bits >>> 4 & 15) == 0 && n > REPEAT_REACH) {
            return mix(n - 1 - (bits >>> 20 & 0xFFFFFFFFL) * REPEAT_REACH / (1L << 32) ^ Long.MIN_VALUE);
        }
        return mix(n ^ Long.MIN_VALUE);
    }

    /**
     * What an item of the table costs.
     *
     * @param itemId below {@link #ROWS}.
     * @return the price.
     */
    public static double priceOf(final long itemId) {
        return (mix(itemId) & 0x3FF) / 8.0;
    }

    /** Mixes 64 bits so that no two become one (the finalizer of SplitMix64, by Steele, Lea and Flood). */
    static long mix(final long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
