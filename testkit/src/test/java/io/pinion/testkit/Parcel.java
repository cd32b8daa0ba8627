package io.pinion.testkit;

import io.pinion.engine.Text;

/** The event of the random graphs. */
public final class Parcel {
    /** Names it. */
    public long id;
    /** Whose it is. */
    public long sender;
    /** 0 to 3. */
    public int kind;
    /** 13 is unlucky: functions that look at it throw. */
    public int weight;
    /** Empty, or one of a few. */
    public final Text label = new Text();
    /** From a table. */
    public int price;
    /** From a table, or from an earlier event. */
    public final Text note = new Text();

    /** The row of all the tables. */
    public static final class Row {
        /** The key of a table by number. */
        public long id;
        /** The key of a table by text. */
        public final Text name = new Text();
        /** What is looked up. */
        public int price;
        /** Whether it deletes. */
        public boolean gone;
    }

    /** The weight, but of an unlucky parcel. */
    int weightOrThrow() {
        if (weight == 13) {
            throw new IllegalStateException("unlucky");
        }
        return weight;
    }

    /** All of it, to be compared. */
    String said() {
        return id + " " + sender + " " + kind + " " + weight + " " + label + " " + price + " " + note;
    }
}
