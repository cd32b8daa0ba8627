/**
 * The command line and the deployable: {@link io.pinion.sidecar.Main} and one class for each command, which find a graph,
 * read a profile, open the edges and hand it all to {@link io.pinion.engine.Processor}.
 */
package io.pinion.sidecar;
