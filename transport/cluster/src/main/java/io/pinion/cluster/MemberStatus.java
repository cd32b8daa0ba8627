package io.pinion.cluster;

import io.pinion.engine.RouteCount;
import java.util.List;

/**
 * How a member does, at one moment.
 *
 * @param member      its number.
 * @param role        {@code leader} or {@code follower}.
 * @param term        the leadership term; -1 before the first.
 * @param logId       the log's; 0 where its first message has not come yet.
 * @param position    of the log, of the last message that was taken in.
 * @param missing     how many tables have yet to be loaded.
 * @param routes      one for each.
 * @param hashes      a line for each section of the newest snapshot, {@code name hash}; empty while there was none.
 * @param hashedAt    the position that they are of.
 * @param unsent      answers to producers that could not leave.
 * @param refusedPositions those of consumers that did not prove to know the secret of the cluster's clients.
 * @param troubles    sentences for the operator.
 */
public record MemberStatus(
        int member,
        String role,
        long term,
        long logId,
        long position,
        int missing,
        List<RouteStatus> routes,
        List<String> hashes,
        long hashedAt,
        long unsent,
        long refusedPositions,
        List<String> troubles) {

    /**
     * One route.
     *
     * @param name    its target's.
     * @param count   what it has in the state.
     * @param settled up to which this member's own target has settled.
     */
    public record RouteStatus(String name, RouteCount count, long settled) {}
}
