/**
 * Filter, dedupe and enrich: the state they keep, and nothing of threads or wires. The door is {@link
 * io.pinion.operators.Operators}.
 */
package io.pinion.operators;
