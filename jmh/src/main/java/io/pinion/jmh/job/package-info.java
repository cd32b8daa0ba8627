/**
 * The one job that everything is measured by: filter, dedupe over a million keys, enrich from 100,000 rows, route. Its
 * events, its graph, and the same by hand.
 */
package io.pinion.jmh.job;
