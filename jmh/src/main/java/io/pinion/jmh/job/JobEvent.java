package io.pinion.jmh.job;

import io.pinion.engine.Text;

/** Feedback on an answer: ten fields that arrive, four of them text, some 300 bytes as a frame; and one that is added. */
public final class JobEvent {
    /** Unique to the event; a repeat has it again. */
    public long eventId;
    /** When it happened; microseconds since 1970. */
    public long at;
    /** What it is about: the key of the table. */
    public long itemId;
    /** Who. */
    public int userId;
    /** Whether it may be used. */
    public boolean consent;
    /** From 0 to 1. */
    public double score;
    /** Which conversation. */
    public final Text session = new Text();
    /** Which model answered. */
    public final Text model = new Text();
    /** What was asked. */
    public final Text prompt = new Text();
    /** What was answered. */
    public final Text answer = new Text();
    /** From the table. */
    public double price;
}
