/**
 * The job of the benchmarks on other engines. Each runs in a process of its own: events from memory, as fast as they are
 * taken or when they are due; what comes out is compared with what the plain loop puts out, and only then does a figure
 * count.
 */
package io.pinion.jmh.peers;
