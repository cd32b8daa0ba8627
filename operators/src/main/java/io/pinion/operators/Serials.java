package io.pinion.operators;

/**
 * The serial numbers of entries in an array that goes round: one for each that comes in, in turn. After 2³² of them they begin
 * again, so a number that is out of date is known as such until then.
 */
final class Serials {
    private final int places;
    private int next;
    private int nextPlace;
    private int span;

    Serials(final int places) {
        this.places = places;
    }

    /** The next has this number, as after so many that have left; there must be none. */
    void startAt(final int serial) {
        next = serial;
    }

    /** The number of what comes in now; there must be a place. */
    int append() {
        nextPlace = nextPlace + 1 == places ? 0 : nextPlace + 1;
        span++;
        return next++;
    }

    /** The same where the oldest goes. */
    int appendInsteadOfOldest() {
        nextPlace = nextPlace + 1 == places ? 0 : nextPlace + 1;
        return next++;
    }

    /** The oldest ones go. */
    void drop(final int count) {
        span -= count;
    }

    void clear() {
        span = 0;
    }

    /** How many there are, from the oldest to the youngest. */
    int span() {
        return span;
    }

    /** Of the oldest there is, or of the next where there is none. */
    int oldest() {
        return next - span;
    }

    /** Of the youngest there is. */
    int youngest() {
        return next - 1;
    }

    /** Whether it is of an entry that is there; and not out of date. */
    boolean isCurrent(final int serial) {
        return Integer.compareUnsigned(next - 1 - serial, span) < 0;
    }

    /** Whether it will be out of date later than another, which may be so now. */
    boolean isYounger(final int serial, final int other) {
        return !isCurrent(other) || serial - other > 0;
    }

    /** One that is out of date, and will be for longest. */
    int outdated() {
        return next - span - 1;
    }

    /** The place of the entry that comes in next. */
    int nextPlace() {
        return nextPlace;
    }

    /** The place of the oldest there is. */
    int oldestPlace() {
        return inside(nextPlace - span);
    }

    /** The place of an entry that is there. */
    int place(final int serial) {
        return inside(nextPlace - (next - serial));
    }

    private int inside(final int place) {
        return place < 0 ? place + places : place;
    }

    /** The number of the entry at a place, where there is one. */
    int at(final int place) {
        final int age = nextPlace - place;
        return next - (age > 0 ? age : age + places);
    }
}
