package io.pinion.sidecar.chaos;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

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

    /** From where ports are taken. */
    static final int LOWEST = 20_000;

    private static final int HIGHEST = 31_000;

    /**
     * Members on this machine, each with an address of the loopback range. Their ports are no matter of the seed: another round
     * of the same one may begin at the same time.
     */
    static MemberPlaces onLoopback(final int members) {
        final List<String> hosts = new ArrayList<>();
        for (int i = 0; i < members; i++) {
            hosts.add("127.0.0." + (i + 1));
        }
        for (int i = 0; i < 100; i++) {
            final MemberPlaces places = new MemberPlaces(
                    hosts, "127.0.0.1", PORTS * ThreadLocalRandom.current().nextInt(LOWEST / PORTS, HIGHEST / PORTS));
            if (places.areFree()) {
                return places;
            }
        }
        throw new ChaosException(
                "no block of " + members * PORTS + " free UDP ports was found from " + LOWEST + " to " + HIGHEST + ".");
    }

    private boolean areFree() {
        for (int member = 0; member < hosts.size(); member++) {
            for (int port = 0; port < PORTS; port++) {
                if (!isFree(hosts.get(member), portOf(member, port))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean isFree(final String host, final int port) {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getByName(host), port))) {
            return socket.isBound();
        } catch (final IOException taken) {
            return false;
        }
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
