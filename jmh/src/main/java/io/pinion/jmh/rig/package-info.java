/**
 * Wire to wire: a load rig on one core, and on the other a sidecar or a bare Aeron echo in its place, each a process of
 * its own; and the gaps that a spinning thread sees on this machine without any of them.
 */
package io.pinion.jmh.rig;
