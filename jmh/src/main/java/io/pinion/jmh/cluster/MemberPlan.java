package io.pinion.jmh.cluster;

import io.pinion.aeron.FreePorts;
import io.pinion.cluster.MemberEndpoints;
import io.pinion.jmh.job.Job;
import java.nio.file.Path;
import java.util.List;

/**
 * What the members of one cluster have in common, whoever runs on them.
 *
 * @param folder        below which each has a directory.
 * @param graph         the class of Pinion's graph, among those of the job.
 * @param hosts         of all members.
 * @param basePort      the first of their ports, ten for each.
 * @param outputs       the channel where what comes out goes.
 * @param heartbeatMs   after how long without the leader another is elected.
 * @param fileSyncLevel 0, 1 or 2.
 */
record MemberPlan(
        String folder,
        String graph,
        List<String> hosts,
        int basePort,
        String outputs,
        int heartbeatMs,
        int fileSyncLevel) {
    private static final int PORTS = 10;

    /** Three on this machine. */
    static MemberPlan ofThree(final Path folder, final String outputs, final int heartbeatMs, final int fileSyncLevel) {
        return of(List.of("127.0.0.1", "127.0.0.2", "127.0.0.3"), folder, outputs, heartbeatMs, fileSyncLevel);
    }

    /** One alone. */
    static MemberPlan ofOne(final Path folder, final String outputs, final int heartbeatMs, final int fileSyncLevel) {
        return of(List.of("127.0.0.1"), folder, outputs, heartbeatMs, fileSyncLevel);
    }

    private static MemberPlan of(
            final List<String> hosts,
            final Path folder,
            final String outputs,
            final int heartbeatMs,
            final int fileSyncLevel) {
        return new MemberPlan(
                folder.toString(),
                Job.class.getSimpleName(),
                hosts,
                FreePorts.inARow(PORTS * hosts.size()),
                outputs,
                heartbeatMs,
                fileSyncLevel);
    }

    MemberPlan withGraph(final Class<?> other) {
        return new MemberPlan(folder, other.getSimpleName(), hosts, basePort, outputs, heartbeatMs, fileSyncLevel);
    }

    Path directory(final int member) {
        return Path.of(folder).resolve("member-" + member);
    }

    List<String> ingress() {
        return new MemberEndpoints(hosts, basePort).ingress();
    }

    List<String> routes() {
        return new MemberEndpoints(hosts, basePort).routes();
    }
}
