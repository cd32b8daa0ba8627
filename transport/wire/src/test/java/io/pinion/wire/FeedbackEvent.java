package io.pinion.wire;

import io.pinion.engine.Text;

/** Ten fields, four of them text, some 320 bytes: what the speed of a codec is measured on. */
final class FeedbackEvent {
    final Text eventId = new Text();
    final Text reviewerId = new Text();
    final Text itemId = new Text();
    final Text comment = new Text();
    long at;
    int rating = -1;
    boolean consent;
    double score;
    double weight;
    long sequence;

    static FeedbackEvent sample() {
        final FeedbackEvent event = new FeedbackEvent();
        event.eventId.set("0c9d1a3e-6f0b-4ec5-9a43-3f2f0c8b7a11");
        event.reviewerId.set("reviewer-000000012345");
        event.itemId.set("item-men-0000004711");
        event.comment.set(
                "Fits as described, the colour is a little darker than in the picture; delivery took four days, "
                        + "and the parcel was fine. I would buy it again.");
        event.at = 1_795_330_000_123_456L;
        event.rating = 4;
        event.consent = true;
        event.score = 0.8312345678901234;
        event.weight = -0.6771831139635117;
        event.sequence = 123_456_789;
        return event;
    }
}
