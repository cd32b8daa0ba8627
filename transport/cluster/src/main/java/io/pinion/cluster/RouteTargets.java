package io.pinion.cluster;

import io.pinion.engine.SequencedTarget;

/** Opens what the routes of a member deliver to. */
@FunctionalInterface
public interface RouteTargets {
    /** Consumers over Aeron. */
    @FunctionalInterface
    interface Consumers {
        /**
         * A consumer that keeps its position: {@link RouteConsumer}.
         *
         * @param channel where it listens.
         * @param stream  on that channel.
         * @return the target.
         */
        SequencedTarget at(String channel, int stream);
    }

    /**
     * Opens the target of a route.
     *
     * @param name          the target's, as the graph has it.
     * @param maxFrameBytes the longest frame that it will be given.
     * @param consumers     for targets that are streams.
     * @return closed with the member.
     */
    SequencedTarget open(String name, int maxFrameBytes, Consumers consumers);
}
