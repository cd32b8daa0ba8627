package io.pinion.sidecar.chaos;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a round runs.
 *
 * @param pinion    the command that is {@code pinion}, its JVM first.
 * @param graph     as {@code pinion run} is told it.
 * @param graphName as the graph calls itself.
 * @param streamed  the targets that consumers read over Aeron.
 * @param files     the targets of which each member writes a file, the dead letters among them.
 * @param tables    the graph's tables, and where their files lie.
 * @param workload  what producers send.
 * @param overflow  which targets take less than all that is due, after a while.
 * @param layout    of the graph at each member; null for whatever it picks.
 * @param folder    gets everything: what was there is removed.
 */
public record ClusterSetup(
        List<String> pinion,
        String graph,
        String graphName,
        Set<String> streamed,
        Set<String> files,
        Map<String, Path> tables,
        Workload.Source workload,
        Overflow overflow,
        String layout,
        Path folder) {}
