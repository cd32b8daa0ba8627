package io.pinion.engine;

/**
 * Where events come from, by the name a profile knows it by. Only a name: what opens it is an {@link IngressAdapter}.
 *
 * @param name for example {@code producers}.
 */
public record Ingress(String name) {}
