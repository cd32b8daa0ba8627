package io.pinion.jmh.peers;

import java.io.Serializable;

/**
 * The job's event for engines that pass objects on, or serialize them: plain public fields, as Flink's rules for a POJO
 * have it. Its texts are bytes, as Pinion's are: text as {@code String} would cost those who serialize it more.
 */
public class PeerEvent implements Serializable {
    private static final long serialVersionUID = 1;

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
    public byte[] session;
    /** Which model answered. */
    public byte[] model;
    /** What was asked. */
    public byte[] prompt;
    /** What was answered. */
    public byte[] answer;
    /** From the table. */
    public double price;
    /** When it was due, for its latency. */
    public long dueNs;

    /** Makes an empty one. */
    public PeerEvent() {}
}
