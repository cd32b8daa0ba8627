package io.pinion.engine;

/**
 * Where events go, by the name a profile knows it by. Only a name: what opens it is an {@link EgressPublisher}.
 *
 * @param name for example {@code training}.
 */
public record Egress(String name) {}
