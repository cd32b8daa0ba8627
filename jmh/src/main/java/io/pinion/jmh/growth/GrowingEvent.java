package io.pinion.jmh.growth;

/** What the graphs of this package take when frames do not matter. */
public final class GrowingEvent {
    /** Well mixed: each event has another. */
    public long key;
    /** From 0 on, in turn. */
    public long number;
    /** From a table. */
    public double price;
}
