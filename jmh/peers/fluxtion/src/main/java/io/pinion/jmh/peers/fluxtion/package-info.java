/** The job on Fluxtion, a graph of nodes that is compiled. */
package io.pinion.jmh.peers.fluxtion;
