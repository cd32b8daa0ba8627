package io.pinion.sidecar;

import io.pinion.cluster.MemberConfig;
import io.pinion.cluster.MemberEndpoints;
import io.pinion.cluster.SharedSecret;
import io.pinion.engine.Idle;
import io.pinion.engine.RouteBounds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A profile's section {@code cluster}: with it, a graph runs replicated.
 *
 * @param member           this member's number, from 0.
 * @param hosts            of all members, in the order of their numbers.
 * @param basePort         the first of all members' ports.
 * @param directory        what this member keeps on disk.
 * @param fileSyncLevel    0, 1 or 2.
 * @param heartbeatTimeout after how long without the leader another is elected.
 * @param snapshotEvery    how often.
 * @param bounds           how far routes may lag.
 * @param memberSecret     a file, or null for the environment's.
 * @param clientSecret     a file, or null for the environment's.
 */
record ClusterSettings(
        int member,
        List<String> hosts,
        int basePort,
        Path directory,
        int fileSyncLevel,
        Duration heartbeatTimeout,
        Duration snapshotEvery,
        RouteBounds bounds,
        Path memberSecret,
        Path clientSecret) {
    static final String MEMBER_SECRET = "PINION_MEMBER_SECRET";
    static final String CLIENT_SECRET = "PINION_CLIENT_SECRET";

    private static final int DEFAULT_BASE_PORT = MemberEndpoints.DEFAULT_BASE_PORT;
    private static final Duration DEFAULT_HEARTBEAT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration LEAST_HEARTBEAT_TIMEOUT = Duration.ofMillis(100);
    private static final Duration DEFAULT_SNAPSHOT_EVERY = Duration.ofMinutes(10);

    /** @return null where the profile has no such section. */
    static ClusterSettings read(final YamlSection profile) {
        if (!profile.has("cluster")) {
            return null;
        }
        final YamlSection section = new YamlSection(
                "cluster",
                profile.node("cluster"),
                "member",
                "hosts",
                "basePort",
                "directory",
                "fileSyncLevel",
                "heartbeatTimeout",
                "snapshotEvery",
                "routeEvents",
                "routeBytes",
                "secrets");
        final List<String> hosts =
                section.list("hosts").stream().map(YamlNode::text).toList();
        if (hosts.isEmpty()) {
            throw section.wrong("\"cluster\" needs \"hosts\": the addresses of all members, such as [127.0.0.1] for one"
                    + " alone, or [10.0.0.1, 10.0.0.2, 10.0.0.3].");
        }
        final int member = section.integer("member", 0);
        if (member >= hosts.size()) {
            throw section.wrong("\"member\" is " + member + ", and there are " + hosts.size()
                    + " hosts: it has to be from 0 to " + (hosts.size() - 1) + ".");
        }
        final String directory = section.text("directory", null);
        if (directory == null) {
            throw section.wrong("\"cluster\" needs a \"directory\" on a disk: for the log, the snapshots, and what"
                    + " targets have yet to take.");
        }
        final Map<String, YamlNode> secrets = section.named("secrets");
        if (!secrets.isEmpty()) {
            new YamlSection("secrets", section.node("secrets"), "members", "clients");
        }
        return new ClusterSettings(
                member,
                hosts,
                section.integer("basePort", DEFAULT_BASE_PORT),
                Path.of(directory),
                section.integer("fileSyncLevel", 0),
                heartbeatTimeout(section),
                section.duration("snapshotEvery", DEFAULT_SNAPSHOT_EVERY),
                new RouteBounds(
                        section.integer("routeEvents", (int) RouteBounds.USUAL.maxEvents()),
                        section.size("routeBytes", RouteBounds.USUAL.maxBytes())),
                fileOf(secrets.get("members")),
                fileOf(secrets.get("clients")));
    }

    private static Path fileOf(final YamlNode node) {
        return node == null ? null : Path.of(node.text());
    }

    private static Duration heartbeatTimeout(final YamlSection section) {
        final Duration timeout = section.duration("heartbeatTimeout", DEFAULT_HEARTBEAT_TIMEOUT);
        if (timeout.compareTo(LEAST_HEARTBEAT_TIMEOUT) < 0) {
            throw section.node("heartbeatTimeout")
                    .wrong("\"heartbeatTimeout\" is " + section.text("heartbeatTimeout", null) + ", and a pause of a"
                            + " machine can be as long: make it 500ms or more, and 100ms at the least.");
        }
        return timeout;
    }

    /** How a member is told this. */
    MemberConfig memberConfig(final Idle idle) {
        final MemberConfig.Builder config = MemberConfig.of(member, hosts, directory)
                .basePort(basePort)
                .fileSyncLevel(fileSyncLevel)
                .heartbeatTimeout(heartbeatTimeout)
                .snapshotEvery(snapshotEvery)
                .bounds(bounds)
                .idle(idle::strategy);
        final SharedSecret members = secret(memberSecret, MEMBER_SECRET);
        final SharedSecret clients = secret(clientSecret, CLIENT_SECRET);
        if (members != null || clients != null) {
            config.secrets(members, clients);
        }
        try {
            return config.build();
        } catch (final IllegalArgumentException wrong) {
            throw new SidecarException("the profile's section cluster: " + wrong.getMessage(), wrong);
        }
    }

    /** Where members take messages: each one's {@code host:port}. */
    List<String> ingress() {
        return new MemberEndpoints(hosts, basePort).ingress();
    }

    /** Where members hear of consumers' positions: each one's {@code host:port}. */
    List<String> routes() {
        return new MemberEndpoints(hosts, basePort).routes();
    }

    /** What clients of this cluster prove themselves by. */
    SharedSecret clients() {
        final SharedSecret secret = secret(clientSecret, CLIENT_SECRET);
        return secret == null ? SharedSecret.none() : secret;
    }

    static SharedSecret secret(final Path file, final String variable) {
        try {
            if (file != null) {
                return SharedSecret.inFile(file);
            }
            final String value = System.getenv(variable);
            return value == null ? null : SharedSecret.of("the environment's " + variable, value);
        } catch (final IllegalArgumentException wrong) {
            throw new SidecarException(wrong.getMessage(), wrong);
        }
    }
}
