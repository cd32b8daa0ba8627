package io.pinion.wire;

import java.util.Arrays;

/**
 * Which field comes next, as the last frames had it: at each place of a frame the one that came there. A place is the start
 * of a frame, or after a known field, or after that and one or more that nobody knows; within a run of usual fields, which passes
 * over what a frame lacks of it, nothing is asked. So a frame that has one field more is off the track for that one only.
 *
 * <pre>
 *   frame                     expected instead        learned
 *   id at … score text …      (the class's order: the run of id at the start, that of score after its last)
 *   score text … id at …      the run of id           the run of score at the start, that of id after its last
 *   score text … x id at …    the run of id           an unknown one after the last of score's, then the run of id
 *   score text … x id at …    (all as it was learned)
 * </pre>
 *
 * <p>It is a guess: whoever takes it compares the name. Owned by the thread that decodes.
 */
final class FieldPrediction {
    /** The place where a frame starts. */
    static final int START = 0;

    /** By known field. */
    private final UsualField[] fields;
    /** How many places there are without unknown fields. */
    private final int places;
    /** By place: what came there; null for an unknown field or the end of the frame. */
    private final UsualField[] following;

    FieldPrediction(final EventClass eventClass) {
        fields = eventClass.usual;
        places = 1 + fields.length;
        following = Arrays.copyOf(fields, 2 * places);
        System.arraycopy(fields, 0, following, places, fields.length);
    }

    /** The place after the known field of this index. */
    static int after(final int index) {
        return 1 + index;
    }

    /** The place after an unknown field that was at this place. */
    int afterUnknown(final int place) {
        return place < places ? place + places : place;
    }

    /** What to expect at this place; null for what nobody knows. */
    UsualField at(final int place) {
        return following[place];
    }

    /** Notes that this field came at this place. */
    void learn(final int place, final EventField field) {
        following[place] = fields[field.index];
    }

    /** Notes that one came at this place that nobody knows. */
    void learnUnknown(final int place) {
        following[place] = null;
    }
}
