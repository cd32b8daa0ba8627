package io.pinion.jmh.codec;

import io.pinion.jmh.job.JobEvent;
import net.openhft.chronicle.wire.SelfDescribingMarshallable;
import net.openhft.chronicle.wire.WireIn;
import net.openhft.chronicle.wire.WireOut;

/** The event as Chronicle Wire advises: self-describing, read and written by name, its texts reused. */
public final class NamedEvent extends SelfDescribingMarshallable {
    private long eventId;
    private long at;
    private long itemId;
    private int userId;
    private boolean consent;
    private double score;
    private final StringBuilder session = new StringBuilder();
    private final StringBuilder model = new StringBuilder();
    private final StringBuilder prompt = new StringBuilder();
    private final StringBuilder answer = new StringBuilder();

    void set(final JobEvent event) {
        eventId = event.eventId;
        at = event.at;
        itemId = event.itemId;
        userId = event.userId;
        consent = event.consent;
        score = event.score;
        set(session, event.session.toString());
        set(model, event.model.toString());
        set(prompt, event.prompt.toString());
        set(answer, event.answer.toString());
    }

    private static void set(final StringBuilder field, final String text) {
        field.setLength(0);
        field.append(text);
    }

    @Override
    public void readMarshallable(final WireIn wire) {
        eventId = wire.read("eventId").int64();
        at = wire.read("at").int64();
        itemId = wire.read("itemId").int64();
        userId = wire.read("userId").int32();
        consent = wire.read("consent").bool();
        score = wire.read("score").float64();
        wire.read("session").textTo(session);
        wire.read("model").textTo(model);
        wire.read("prompt").textTo(prompt);
        wire.read("answer").textTo(answer);
    }

    @Override
    public void writeMarshallable(final WireOut wire) {
        wire.write("eventId").int64(eventId);
        wire.write("at").int64(at);
        wire.write("itemId").int64(itemId);
        wire.write("userId").int32(userId);
        wire.write("consent").bool(consent);
        wire.write("score").float64(score);
        wire.write("session").text(session);
        wire.write("model").text(model);
        wire.write("prompt").text(prompt);
        wire.write("answer").text(answer);
    }
}
