package io.pinion.sidecar;

import io.pinion.cluster.ClusterMember;
import io.pinion.cluster.MemberConfig;
import io.pinion.cluster.MemberStatus;
import io.pinion.engine.EdgeException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A graph as a member of a cluster, until it is told to stop. SIGTERM stops this member and no other: nothing is drained, since
 * the log has it all; a member alone takes a snapshot first. SIGHUP has the leader read the files of tables again. One thread,
 * besides the member's own.
 */
final class ClusterSidecar {
    private static final Duration TICK = Duration.ofMillis(100);
    private static final long STATUS_NS = TimeUnit.SECONDS.toNanos(1);

    private final Deployment<?> deployment;
    private final Map<String, EdgeAddress> egresses;
    private final PrintWriter out;
    private final PrintWriter err;
    private final StatusFile statusFile;
    private String lastRole = "";

    /**
     * Makes one.
     *
     * @param deployment checked already; its profile has a cluster.
     * @param egresses   where each target's events go.
     * @param out        for what it is and becomes.
     * @param err        for what a person should know.
     */
    ClusterSidecar(
            final Deployment<?> deployment,
            final Map<String, EdgeAddress> egresses,
            final PrintWriter out,
            final PrintWriter err) {
        this.deployment = deployment;
        this.egresses = egresses;
        this.out = out;
        this.err = err;
        final Path directory = deployment.profile().cluster().directory();
        statusFile = new StatusFile(directory.resolve("status.json"));
    }

    /** Runs until a signal comes, or the cluster ends it. */
    void run() {
        final ClusterSettings cluster = deployment.profile().cluster();
        final ClusterEdges edges = new ClusterEdges(deployment, egresses);
        final StopSignals signals =
                StopSignals.install(() -> Runtime.getRuntime().halt(1));
        final MemberConfig config = cluster.memberConfig(deployment.profile().idle());
        tellOfTheDiskFirst(config);
        try (ClusterMember member = ClusterMember.launch(config, edges.graph())) {
            StopSignals.on("HUP", () -> readTables(member));
            sayReady(cluster);
            long statusAtNs = System.nanoTime();
            final List<String> told = new ArrayList<>();
            while (!signals.isStopWanted()) {
                if (member.awaitEnd(TICK)) {
                    requireRoom(config);
                    out.println("member " + cluster.member() + " was ended by its cluster");
                    out.flush();
                    return;
                }
                final long nowNs = System.nanoTime();
                if (nowNs - statusAtNs >= 0) {
                    statusAtNs = nowNs + STATUS_NS;
                    show(member.status(), told);
                }
            }
            if (cluster.hosts().size() == 1) {
                member.requestStop();
                if (!member.awaitEnd(deployment.profile().drainTimeout())) {
                    err.println("pinion: no snapshot was taken in the end: the next start reads the log from the one"
                            + " before.");
                    err.flush();
                }
            }
        } catch (final EdgeException failed) {
            throw new SidecarException(failed.getMessage(), failed);
        } catch (final InternalError fault) {
            requireRoom(config); // a mapped file that finds no room any more is a fault in memory
            throw fault;
        }
    }

    /** Mapped files that find no room any more end the threads of Aeron's that write them, with errors of another kind. */
    private void tellOfTheDiskFirst(final MemberConfig config) {
        final Thread.UncaughtExceptionHandler usual = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            final String shortage = ClusterMember.diskShortage(config);
            if (shortage != null) {
                err.println("pinion: " + shortage);
                err.flush();
            } else if (usual != null) {
                usual.uncaughtException(thread, failure);
            }
        });
    }

    /** A member whose log could not be written any more is ended by its own archive. */
    private static void requireRoom(final MemberConfig config) {
        final String shortage = ClusterMember.diskShortage(config);
        if (shortage != null) {
            throw new SidecarException(shortage);
        }
    }

    private void readTables(final ClusterMember member) {
        if (deployment.profile().tables().isEmpty()) {
            err.println("pinion: " + TableReloads.NO_FILE);
            err.flush();
        } else {
            member.requestTables();
        }
    }

    private void show(final MemberStatus status, final List<String> told) {
        statusFile.write(status);
        if (status.term() >= 0 && !status.role().equals(lastRole)) {
            lastRole = status.role();
            out.println("member " + status.member() + (lastRole.equals("leader") ? " leads" : " follows") + ", term "
                    + status.term());
            out.flush();
        }
        for (final String trouble : status.troubles()) {
            if (!told.contains(trouble)) {
                told.add(trouble);
                err.println("pinion: " + trouble);
                err.flush();
            }
        }
    }

    private void sayReady(final ClusterSettings cluster) {
        out.println(deployment.source().name() + " is running: member " + cluster.member() + " of "
                + cluster.hosts().size() + " at " + cluster.hosts().get(cluster.member()) + ", ports from "
                + (cluster.basePort() + 10 * cluster.member()) + ", in " + cluster.directory() + "; layout "
                + deployment.layoutChoice() + "; Ctrl-C stops it");
        egresses.forEach((target, address) -> out.println("  " + target + " → " + address));
        out.flush();
    }
}
