/** The replicated mode beside a bare Aeron Cluster echo of the same settings: latency, rate, failover. */
package io.pinion.jmh.cluster;
