package io.pinion.jmh.job;

/** A row of the table. */
public final class Item {
    /** What it is found by. */
    public long itemId;
    /** What it costs. */
    public double price;
}
