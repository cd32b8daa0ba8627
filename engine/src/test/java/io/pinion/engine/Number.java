package io.pinion.engine;

/** The event of the engine's own tests. */
final class Number {
    long value;
    final Text note = new Text();
}
