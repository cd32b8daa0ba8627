package io.pinion.sidecar;

import io.pinion.cluster.MemberEndpoints;
import io.pinion.cluster.SharedSecret;
import io.pinion.cluster.SharedSecretCredentials;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** What {@code send} and {@code listen} have in common: which cluster they speak to. */
final class ClusterOptions {
    @Option(
            names = "--cluster",
            paramLabel = "HOST",
            split = ",",
            description = "The members' hosts, in the order of their profiles: 10.0.0.1,10.0.0.2,10.0.0.3.")
    private List<String> hosts;

    @Option(
            names = "--base-port",
            paramLabel = "PORT",
            defaultValue = "" + MemberEndpoints.DEFAULT_BASE_PORT,
            description = "The first of the members' ports; ${DEFAULT-VALUE} otherwise.")
    private int basePort;

    @Option(
            names = "--secret",
            paramLabel = "FILE",
            description = "What clients prove themselves by; otherwise the environment's "
                    + ClusterSettings.CLIENT_SECRET + ".")
    private Path secret;

    boolean isWanted() {
        return hosts != null;
    }

    /** Where members take events. */
    List<String> ingress() {
        return new MemberEndpoints(hosts, basePort).ingress();
    }

    /** Where members hear of consumers' positions. */
    List<String> routes() {
        return new MemberEndpoints(hosts, basePort).routes();
    }

    SharedSecretCredentials credentials(final String name) {
        return SharedSecretCredentials.ofClient(name, clients());
    }

    /** The secret of clients. */
    SharedSecret clients() {
        final SharedSecret known = ClusterSettings.secret(secret, ClusterSettings.CLIENT_SECRET);
        return known == null ? SharedSecret.none() : known;
    }
}
