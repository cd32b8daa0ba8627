package io.pinion.engine;

/** Why a stage drops an event. Made by {@link StageContext#dropReason}. */
public final class DropReason {
    private final String name;
    private final Counter dropped;

    DropReason(final String name, final Counter dropped) {
        this.name = name;
        this.dropped = dropped;
    }

    /**
     * The reason in a word or two.
     *
     * @return for example {@code repeat}.
     */
    public String name() {
        return name;
    }

    /**
     * How many events were dropped for it.
     *
     * @return the count so far.
     */
    public long count() {
        return dropped.get();
    }

    void count(final long events) {
        dropped.add(events);
    }
}
