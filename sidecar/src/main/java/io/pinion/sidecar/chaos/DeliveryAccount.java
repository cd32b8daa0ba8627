package io.pinion.sidecar.chaos;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was acknowledged to producers beside what arrived: each acknowledged event at each of its targets once, none else, in
 * its producer's order; the same at all members that keep a copy; and the state of all members the same. Knows nothing of
 * processes or wires. One thread.
 *
 * <p>An event is known by one number, its producer's in the upper bits: {@link #id}. Such as have none, since they can't be
 * read, have {@link #UNNAMED}: those are only counted.
 */
public final class DeliveryAccount {
    /** Instead of the number of an event that can't be read. */
    public static final long UNNAMED = 0;

    private static final int PRODUCER_SHIFT = 40;

    private final Map<String, RouteAccount> routes = new LinkedHashMap<>();
    private final Map<Long, Map<String, Map<String, String>>> states = new TreeMap<>();
    private final List<String> others = new ArrayList<>();
    private final OverflowAccount overflowing;
    private final Overflow overflow;

    /** One in which all that is due has to come. */
    public DeliveryAccount() {
        this(Overflow.NONE);
    }

    /**
     * One in which some targets may take less.
     *
     * @param overflow which, and what becomes of the rest.
     */
    public DeliveryAccount(final Overflow overflow) {
        this.overflow = overflow;
        overflowing = new OverflowAccount(overflow);
    }

    /**
     * The number of an event.
     *
     * @param producer from 0.
     * @param event    of this producer, below 2 to the 40th.
     * @return never {@link #UNNAMED}.
     */
    public static long id(final long producer, final long event) {
        return producer + 1 << PRODUCER_SHIFT | event;
    }

    /** The producer of an event, as {@link #id} was given it. */
    static long producerOf(final long id) {
        return (id >>> PRODUCER_SHIFT) - 1;
    }

    /** The event as people read it. */
    static String nameOf(final long id) {
        return id == UNNAMED
                ? "one that can't be read"
                : "event " + (id & (1L << PRODUCER_SHIFT) - 1) + " of producer " + producerOf(id);
    }

    /**
     * An event that was acknowledged. Those of one producer are told in the order it sent them.
     *
     * @param route where it has to be found once.
     * @param id    which it is.
     */
    public void due(final String route, final long id) {
        if (overflowing.isAbout(route)) {
            overflowing.due(route, id);
            possible(route, id);
        } else {
            routes.computeIfAbsent(route, RouteAccount::new).due(id, true);
        }
    }

    /**
     * What a target dropped, as members counted it.
     *
     * @param route where.
     * @param count in all.
     */
    public void dropped(final String route, final long count) {
        overflowing.dropped(route, count);
    }

    /**
     * An event that was sent, and of which nobody knows whether it was taken: found once, or not at all.
     *
     * @param route where it may be found.
     * @param id    which it is.
     */
    public void possible(final String route, final long id) {
        routes.computeIfAbsent(route, RouteAccount::new).due(id, false);
        final String instead = overflow.diverting().get(route);
        if (instead != null) {
            routes.computeIfAbsent(instead, RouteAccount::new).due(id, false);
        }
    }

    /**
     * Names somebody who has to have all that is due, even where nothing came.
     *
     * @param route   of what.
     * @param witness who found it: a member that keeps a copy, or a consumer.
     */
    public void witness(final String route, final String witness) {
        routes.computeIfAbsent(route, RouteAccount::new).witness(witness);
    }

    /**
     * An event that was found, in the order of finding.
     *
     * @param route   where.
     * @param witness by whom.
     * @param id      which it is.
     */
    public void delivered(final String route, final String witness, final long id) {
        routes.computeIfAbsent(route, RouteAccount::new).witness(witness).addLong(id);
    }

    /**
     * The state of a member at a position of the log. States of different positions are not compared.
     *
     * @param position of the log.
     * @param member   whose.
     * @param hashes   by section of the state.
     */
    public void state(final long position, final String member, final Map<String, String> hashes) {
        states.computeIfAbsent(position, any -> new LinkedHashMap<>()).put(member, Map.copyOf(hashes));
    }

    /**
     * Something else that should not have been.
     *
     * @param sentence says what.
     */
    public void fault(final String sentence) {
        others.add(sentence);
    }

    /**
     * What does not agree.
     *
     * @return sentences; none when the account closes.
     */
    public List<String> faults() {
        final List<String> faults = new ArrayList<>(others);
        routes.values().forEach(route -> route.check(faults));
        overflowing.check(routes, faults);
        states.forEach((position, byMember) -> checkStates(position, byMember, faults));
        return faults;
    }

    /**
     * Whether all agrees.
     *
     * @return true without {@link #faults}.
     */
    public boolean closes() {
        return faults().isEmpty();
    }

    /**
     * Whether some targets may take less than all that is due.
     *
     * @return true where the rest is dropped or diverted.
     */
    public boolean overflows() {
        return !overflow.equals(Overflow.NONE);
    }

    /**
     * The routes that were told of.
     *
     * @return by name, in the order they were first told of.
     */
    public List<String> routes() {
        return List.copyOf(routes.keySet());
    }

    /**
     * How many events have to be found at a route.
     *
     * @param route which.
     * @return those acknowledged.
     */
    public long due(final String route) {
        return overflowing.isAbout(route)
                ? overflowing.dueCount(route)
                : routes.get(route).dueCount();
    }

    /**
     * How many events each witness found.
     *
     * @param route which.
     * @return by witness.
     */
    public Map<String, Long> found(final String route) {
        return routes.get(route).found();
    }

    /**
     * How many states were compared with another's.
     *
     * @return positions of the log that two members or more told their state of.
     */
    public long comparedStates() {
        return states.values().stream().filter(members -> members.size() > 1).count();
    }

    private static void checkStates(
            final long position, final Map<String, Map<String, String>> byMember, final List<String> faults) {
        final var members = byMember.entrySet().iterator();
        final var first = members.next();
        while (members.hasNext()) {
            final var other = members.next();
            first.getValue().forEach((section, hash) -> {
                final String theirs = other.getValue().get(section);
                if (!hash.equals(theirs)) {
                    faults.add("state \"" + section + "\" at position " + position + ": " + first.getKey() + " has "
                            + hash + ", " + other.getKey() + " has " + theirs + ".");
                }
            });
        }
    }
}
