package io.pinion.engine;

/**
 * Where a route leads.
 *
 * @param name   what the routes call it.
 * @param egress where it leaves.
 * @param policy what happens when it is slow or gone.
 */
public record Target(String name, Egress egress, Policy policy) {
    /** The name of the target that dead letters go to. */
    public static final String DEAD_LETTERS = "dead-letters";
}
