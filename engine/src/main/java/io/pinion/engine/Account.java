package io.pinion.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Where every event is: events in = routed + dropped + dead; and for each target, copies routed = delivered + dropped + dead +
 * pending. Read while the ring runs it is a moment's picture, and need not close; when the ring has stopped it must.
 *
 * @param in          events that came in, those that could not be decoded among them.
 * @param ingress     what became of them at the ingress, where those die that can't be decoded.
 * @param stages      what became of them at each stage, in order.
 * @param routed      events that the route sent to at least one target.
 * @param deadAtRoute events for which a rule of the route threw.
 * @param targets     the copies for each target.
 * @param deadLetters the dead letters on their way out, changes of tables among them.
 * @param tables      the changes of each table that can change; they are no events, and in none of the other counts.
 */
public record Account(
        long in,
        StageCount ingress,
        List<StageCount> stages,
        long routed,
        long deadAtRoute,
        List<TargetCount> targets,
        TargetCount deadLetters,
        List<TableCount> tables) {

    /**
     * What came in for a table.
     *
     * @param name    the table.
     * @param changes live updates and deletes that came in, those that could not be read among them.
     * @param dead    those that could not be read, now dead letters.
     * @param swaps   how often all its rows were swapped for others.
     */
    public record TableCount(String name, long changes, long dead, long swaps) {}

    /**
     * What became of the events that reached a stage.
     *
     * @param name     the stage.
     * @param in       events that no earlier stage dropped.
     * @param passed   events it passed on.
     * @param dropped  events it dropped, by reason.
     * @param dead     events it made dead letters.
     * @param counters its own counters.
     */
    public record StageCount(
            String name, long in, long passed, Map<String, Long> dropped, long dead, Map<String, Long> counters) {

        /**
         * All it dropped.
         *
         * @return events.
         */
        public long droppedInAll() {
            return dropped.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /**
     * What became of the copies for a target.
     *
     * @param name      the target.
     * @param routed    copies the route made for it, and those that an earlier process had left on disk.
     * @param delivered copies its publisher accepted.
     * @param dropped   copies its policy dropped.
     * @param dead      copies it could not take, now dead letters.
     * @param onDisk    copies that wait on disk, and are delivered also after a restart.
     * @param retired   events that were delivered, in this run or an earlier one, and were removed since because the target
     *                  keeps to a bound; in none of the sums.
     */
    public record TargetCount(
            String name, long routed, long delivered, long dropped, long dead, long onDisk, long retired) {
        /**
         * Copies that are still in the ring.
         *
         * @return copies.
         */
        public long pending() {
            return routed - delivered - dropped - dead - onDisk;
        }
    }

    /**
     * Events dropped by all stages.
     *
     * @return events.
     */
    public long dropped() {
        return stages.stream().mapToLong(StageCount::droppedInAll).sum();
    }

    /**
     * Events that became dead letters on their way to the route.
     *
     * @return events.
     */
    public long dead() {
        return ingress.dead() + stages.stream().mapToLong(StageCount::dead).sum() + deadAtRoute;
    }

    /**
     * What does not add up, once the ring has stopped.
     *
     * @return a sentence for each sum that is wrong; none when every event is accounted for.
     */
    public List<String> gaps() {
        final List<String> gaps = new ArrayList<>();
        if (in != routed + dropped() + dead()) {
            gaps.add("Events in are " + in + ", but routed " + routed + " + dropped " + dropped() + " + dead " + dead()
                    + " = " + (routed + dropped() + dead()) + ".");
        }
        for (final TargetCount target : targets) {
            addPending(target, gaps);
        }
        addPending(deadLetters, gaps);
        return gaps;
    }

    private static void addPending(final TargetCount target, final List<String> gaps) {
        if (target.pending() != 0) {
            gaps.add("The target \"" + target.name() + "\" had " + target.routed() + " copies routed to it, but "
                    + target.delivered() + " delivered + " + target.dropped() + " dropped + " + target.dead()
                    + " dead: "
                    + target.pending() + " are pending.");
        }
    }
}
