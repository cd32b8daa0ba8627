package io.pinion.cluster;

/**
 * What a member says of itself at a log's begin.
 *
 * @param revision of the graph.
 * @param graph    its name.
 * @param settings the text, line by line, of all that decides besides the graph.
 */
record Genesis(int revision, String graph, String settings) {}
