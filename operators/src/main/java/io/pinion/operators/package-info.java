/**
 * Filter, map, dedupe, enrich, sample, rate limit and privacy: the state they keep, and nothing of threads or wires. The doors are
 * {@link io.pinion.operators.Operators} and {@link io.pinion.operators.Privacy}.
 */
package io.pinion.operators;
