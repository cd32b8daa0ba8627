package io.pinion.jmh.codec;

import io.pinion.jmh.job.JobEvent;
import io.pinion.jmh.job.JobEvents;

/** The same events for each codec: their numbers differ in width, their texts in length. */
final class CodecEvents {
    private CodecEvents() {}

    /** The first of the job's events. */
    static JobEvent[] of(final int count) {
        final JobEvents job = new JobEvents();
        final JobEvent[] events = new JobEvent[count];
        for (int i = 0; i < count; i++) {
            events[i] = new JobEvent();
            job.fill(events[i], i);
            // So that the widths differ as they do in life: a part of the items and users are the popular, early ones.
            events[i].itemId >>>= i % 3 * 5;
            events[i].userId >>>= i % 4 * 3;
        }
        return events;
    }
}
