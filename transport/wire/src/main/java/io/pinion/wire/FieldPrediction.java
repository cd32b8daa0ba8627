package io.pinion.wire;

import java.util.Arrays;

/**
 * Which field comes next, as the last frames had it: after each known field the one that followed it. Fields that nobody
 * knows are passed over, so a frame that has one more, or lacks one, is off the track for one field only.
 *
 * <pre>
 *   frame                 expected instead      learned
 *   id at score text      (the class's order)
 *   id at text            score after at        text after at
 *   id at x text          text after at         (x is no field of the class)
 *   id at score text      text after at         score after at
 * </pre>
 *
 * <p>It is a guess: whoever takes it compares the name. Owned by the thread that decodes.
 */
final class FieldPrediction {
    /** By known field. */
    private final UsualField[] fields;
    /** By 1 + the index of a known field, and at 0 for the start of a frame: what followed, or null. */
    private final UsualField[] following;

    FieldPrediction(final EventClass eventClass) {
        fields = eventClass.usual;
        following = Arrays.copyOf(fields, fields.length + 1);
    }

    /** What to expect after the known field of this index, {@link FrameNotes#ABSENT} at the start of a frame; or null. */
    UsualField after(final int last) {
        return following[1 + last];
    }

    /** Notes that a field followed the known one of this index. */
    void learn(final int last, final EventField field) {
        following[1 + last] = fields[field.index];
    }
}
