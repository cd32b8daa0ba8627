package io.pinion.cluster;

/** Where a forwarder says how far its target is settled. Used by the delivery thread. */
interface Confirmations {
    /**
     * Says that a sequence and all before it are settled; cumulative.
     *
     * @param route    its number.
     * @param sequence the highest that is settled.
     * @return false when it can't be said now: it is said again with the next call.
     */
    boolean confirm(int route, long sequence);
}
