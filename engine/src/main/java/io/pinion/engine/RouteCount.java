package io.pinion.engine;

/**
 * What a route of a {@link Replica} has in its state: a function of the log alone, so equal on all members.
 *
 * @param next        the sequence its next output gets; they count from 1.
 * @param confirmed   up to which its target has confirmed; 0 for none.
 * @param dropped     copies its policy dropped.
 * @param dead        copies its policy made dead letters.
 * @param contentHash rolls over sequence, length and payload of each output.
 */
public record RouteCount(long next, long confirmed, long dropped, long dead, long contentHash) {}
