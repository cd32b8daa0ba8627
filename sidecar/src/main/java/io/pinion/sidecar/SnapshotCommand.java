package io.pinion.sidecar;

import io.pinion.cluster.ClusterOperator;
import io.pinion.engine.EdgeException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pinion snapshot}: has all members of a running cluster take a snapshot, or compare what one would have. */
@Command(
        name = "snapshot",
        description = {
            "Asks the leader of a cluster to have all its members take a snapshot, now. It returns once they have begun;"
                    + " status.json in each member's directory tells when they have ended.",
            "With --check no snapshot is taken: all members compare their state, and the result is printed. A member whose"
                    + " state is not that of most ends itself."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  pinion snapshot --profile cluster-0",
            "  pinion snapshot --profile cluster-0 --check",
            "  pinion snapshot --profile cluster-0 --then-stop"
        })
final class SnapshotCommand implements Callable<Integer> {
    @Option(
            names = "--profile",
            paramLabel = "NAME|FILE",
            required = true,
            description = "That of any member: it says where the members are, and the clients' secret.")
    private String profile;

    @ArgGroup
    private Instead instead = new Instead();

    /** One of these, or neither. */
    private static final class Instead {
        @Option(
                names = "--then-stop",
                description =
                        "Has all members end once they have taken it, in order; returns when the leader has ended.")
        private boolean thenStop;

        @Option(
                names = "--check",
                description =
                        "Takes none, and has all members compare their state now; exits 1 unless all are the same.")
        private boolean isCheck;
    }

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
            say(ask(operator));
            return 0;
        } catch (final EdgeException failed) {
            throw new SidecarException(failed.getMessage(), failed);
        }
    }

    private String ask(final ClusterOperator operator) {
        if (instead.isCheck) {
            return operator.compareStates();
        }
        if (instead.thenStop) {
            operator.stop();
            return "the members have taken a snapshot and ended";
        }
        operator.takeSnapshot();
        return "the members take a snapshot";
    }

    private void say(final String what) {
        final PrintWriter out = spec.commandLine().getOut();
        out.println(what);
        out.flush();
    }
}
