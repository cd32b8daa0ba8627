package io.pinion.cluster;

import java.util.List;
import java.util.StringJoiner;
import java.util.stream.IntStream;

/**
 * Where the members of a cluster can be reached: member k has ten ports of its host, from base port + 10·k on.
 *
 * @param hosts    the address of each member, in the order of their numbers.
 * @param basePort the first port of member 0.
 */
public record MemberEndpoints(List<String> hosts, int basePort) {
    /** The base port where none is named. */
    public static final int DEFAULT_BASE_PORT = 20_300;

    /** From one member's ports to the next one's. */
    static final int PORTS_PER_MEMBER = 10;

    private static final int INGRESS = 0;
    private static final int CONSENSUS = 1;
    private static final int LOG = 2;
    private static final int CATCHUP = 3;
    private static final int ARCHIVE = 4;
    private static final int ROUTES = 5;

    /** Keeps a copy. */
    public MemberEndpoints {
        hosts = List.copyOf(hosts);
    }

    /**
     * Where members take messages: what producers need.
     *
     * @return each one's {@code host:port}.
     */
    public List<String> ingress() {
        return all(INGRESS);
    }

    /**
     * Where members hear of consumers' positions: what consumers need.
     *
     * @return each one's {@code host:port}.
     */
    public List<String> routes() {
        return all(ROUTES);
    }

    private List<String> all(final int port) {
        return IntStream.range(0, hosts.size())
                .mapToObj(member -> endpoint(member, port))
                .toList();
    }

    private String endpoint(final int member, final int port) {
        return hosts.get(member) + ":" + (basePort + PORTS_PER_MEMBER * member + port);
    }

    /** As Aeron wants them: {@code 0,ingress,consensus,log,catchup,archive|1,…}. */
    String clusterMembers() {
        final StringJoiner members = new StringJoiner("|");
        for (int i = 0; i < hosts.size(); i++) {
            members.add(i + "," + endpoint(i, INGRESS) + "," + endpoint(i, CONSENSUS) + "," + endpoint(i, LOG) + ","
                    + endpoint(i, CATCHUP) + "," + endpoint(i, ARCHIVE));
        }
        return members.toString();
    }

    String archiveOf(final int member) {
        return "aeron:udp?endpoint=" + endpoint(member, ARCHIVE);
    }

    String routesOf(final int member) {
        return "aeron:udp?endpoint=" + endpoint(member, ROUTES);
    }
}
