/** The job on Hazelcast Jet: one embedded member, in memory. */
package io.pinion.jmh.peers.jet;
