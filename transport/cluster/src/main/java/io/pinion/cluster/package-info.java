/**
 * A graph whose state is replicated over Aeron Cluster: the cluster's log is its ingress, route logs carry what comes out,
 * and clients of producers and consumers see each event once. {@code docs/adr/0010} has the decision.
 */
package io.pinion.cluster;
