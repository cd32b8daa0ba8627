package io.pinion.sidecar;

import io.pinion.cluster.ClusterOperator;
import io.pinion.engine.EdgeException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pinion snapshot}: has all members of a running cluster take a snapshot. */
@Command(
        name = "snapshot",
        description = {
            "Asks the leader of a cluster to have all its members take a snapshot, now. It returns once they have begun;"
                    + " status.json in each member's directory tells when they have ended."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {"  pinion snapshot --profile cluster-0", "  pinion snapshot --profile cluster-0 --then-stop"})
final class SnapshotCommand implements Callable<Integer> {
    @Option(
            names = "--profile",
            paramLabel = "NAME|FILE",
            required = true,
            description = "That of any member: it says where the members are, and the clients' secret.")
    private String profile;

    @Option(
            names = "--then-stop",
            description = "Has all members end once they have taken it, in order; returns when the leader has ended.")
    private boolean thenStop;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        final ClusterSettings cluster = Profiles.load(profile).cluster();
        if (cluster == null) {
            throw new SidecarException("the profile " + profile + " has no cluster: name that of a member.");
        }
        try {
            final ClusterOperator operator =
                    new ClusterOperator(cluster.ingress(), cluster.hosts().get(cluster.member()), cluster.clients());
            if (thenStop) {
                operator.stop();
            } else {
                operator.takeSnapshot();
            }
        } catch (final EdgeException failed) {
            throw new SidecarException(failed.getMessage(), failed);
        }
        final PrintWriter out = spec.commandLine().getOut();
        out.println(thenStop ? "the members have taken a snapshot and ended" : "the members take a snapshot");
        out.flush();
        return 0;
    }
}
