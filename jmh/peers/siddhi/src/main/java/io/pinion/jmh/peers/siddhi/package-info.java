/** The job on Siddhi, in memory. */
package io.pinion.jmh.peers.siddhi;
