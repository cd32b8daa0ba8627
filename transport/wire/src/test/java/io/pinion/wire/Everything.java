package io.pinion.wire;

import io.pinion.engine.Text;
import java.util.Arrays;
import java.util.List;

/** An event with a field of each kind, some of them inherited, private, final or with a default of their own. */
final class Everything extends EverythingBase {
    enum Colour {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "not its name";
            }
        },
        BLAU_ÄÖ
    }

    boolean flag;
    byte small = -1;
    short medium;
    char letter = 'x';
    int count = 7;
    float ratio;
    double score = 0.5;
    Colour colour;
    final Text comment = new Text();
    Text missing;
    int größe;
    long aNameOfMoreThanThirtyOneCharactersInAll;
    static int notAField = 3;
    transient String neitherAField = "kept";

    /** All fields, to be compared. */
    List<Object> values() {
        return Arrays.asList(
                id,
                key().toString(),
                flag,
                small,
                medium,
                letter,
                count,
                ratio,
                score,
                colour,
                comment.toString(),
                missing == null ? "" : missing.toString(),
                größe,
                aNameOfMoreThanThirtyOneCharactersInAll);
    }
}
