package io.pinion.sidecar.chaos;

import io.pinion.aeron.FreePorts;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the members of a cluster listen: a host each, and a block of ports that nobody has on any of them.
 *
 * @param hosts    in the order of the members' numbers.
 * @param clients  the host of producers and consumers.
 * @param basePort the first port of member 0; each member has the ten from there on, ten times its number further.
 */
record MemberPlaces(List<String> hosts, String clients, int basePort) {
    static final int PORTS = 10;

    /** The port of a member's that takes the positions of consumers. */
    static final int ROUTES = 5;

    /** The first port where members have a network of their own. */
    static final int OWN_NETWORK = 20_000;

    /**
     * Members on this machine, each with an address of the loopback range. Their ports are no matter of the seed: another round
     * of the same one may begin at the same time.
     */
    static MemberPlaces onLoopback(final int members) {
        final List<String> hosts = new ArrayList<>();
        for (int i = 0; i < members; i++) {
            hosts.add("127.0.0." + (i + 1));
        }
        final int alsoClients = members + 1;
        return new MemberPlaces(hosts, "127.0.0.1", FreePorts.inARow(PORTS * alsoClients));
    }

    private int portOf(final int member, final int port) {
        return basePort + PORTS * member + port;
    }

    /** Where producers send to, of each member. */
    List<String> ingress() {
        return endpoints(0);
    }

    /** Where consumers tell their positions to, of each member. */
    List<String> routes() {
        return endpoints(ROUTES);
    }

    private List<String> endpoints(final int port) {
        final List<String> endpoints = new ArrayList<>();
        for (int member = 0; member < hosts.size(); member++) {
            endpoints.add(hosts.get(member) + ":" + portOf(member, port));
        }
        return endpoints;
    }
}
