package io.pinion.jmh.peers;

import io.pinion.engine.Text;
import io.pinion.jmh.job.JobEvent;
import io.pinion.jmh.job.JobEvents;
import java.util.Arrays;

/** The job's events as {@link PeerEvent}s; their texts are shared. One thread. */
public final class PeerEvents {
    private final JobEvents events = new JobEvents();
    private final JobEvent event = new JobEvent();
    private final byte[][][] texts = new byte[JobEvents.TEXTS][][];

    /** Makes the texts. */
    public PeerEvents() {
        int missing = texts.length;
        for (long n = 0; missing > 0; n++) {
            if (texts[events.textOf(n)] == null) {
                events.fill(event, n);
                texts[events.textOf(n)] = new byte[][] {
                    bytesOf(event.session), bytesOf(event.model), bytesOf(event.prompt), bytesOf(event.answer)
                };
                missing--;
            }
        }
    }

    private static byte[] bytesOf(final Text text) {
        return Arrays.copyOfRange(text.array(), text.offset(), text.offset() + text.lengthBytes());
    }

    /**
     * Sets all that arrives of the nth event.
     *
     * @param to    its {@code price} is set to 0.
     * @param n     counted from 0.
     * @param dueNs when it was due.
     */
    public void fill(final PeerEvent to, final long n, final long dueNs) {
        events.fill(event, n);
        to.eventId = event.eventId;
        to.at = event.at;
        to.itemId = event.itemId;
        to.userId = event.userId;
        to.consent = event.consent;
        to.score = event.score;
        final byte[][] text = texts[events.textOf(n)];
        to.session = text[0];
        to.model = text[1];
        to.prompt = text[2];
        to.answer = text[3];
        to.price = 0;
        to.dueNs = dueNs;
    }
}
