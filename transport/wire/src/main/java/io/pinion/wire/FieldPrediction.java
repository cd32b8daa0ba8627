package io.pinion.wire;

/**
 * Which field comes next, as the last frames had it: after each known field the one that followed it. Fields that nobody
 * knows are passed over, so a frame that has one more, or lacks one, is off the track for one field only.
 *
 * <pre>
 *   frame                 expected after        then learned
 *   id at score text      (the class's order)
 *   id at text            at: score             at → text
 *   id at x text          at: text              (x is no field of the class)
 *   id at score text      at: text              at → score
 * </pre>
 *
 * <p>A guess only: whoever takes one compares the name. Owned by the thread that decodes.
 */
final class FieldPrediction {
    private final EventField[] fields;
    /** By 1 + the index of a field, and at 0 for the start of a frame: what followed. */
    private final EventField[] following;

    FieldPrediction(final EventField[] fields) {
        this.fields = fields;
        following = new EventField[1 + fields.length];
        System.arraycopy(fields, 0, following, 0, fields.length);
    }

    /** What to expect at the start of a frame, or null. */
    EventField first() {
        return following[0];
    }

    /** What to expect after this field, or null. */
    EventField after(final EventField field) {
        return following[1 + field.index];
    }

    /** Notes that the second followed the first, which is null at the start of a frame. */
    void learn(final EventField before, final EventField field) {
        following[before == null ? 0 : 1 + before.index] = field;
    }
}
