/** The job on Apache Flink: a MiniCluster with one slot, in memory. */
package io.pinion.jmh.peers.flink;
