package io.pinion.sidecar.chaos;

import java.util.ArrayList;
import java.util.List;

/**
 * A network of its own for each member, so that it can be cut off: a namespace with one interface, all of them on a bridge
 * where producers and consumers are too. Needs root. One thread.
 *
 * <pre>
 *   namespace 0   10.77.0.1 ──┐
 *   namespace 1   10.77.0.2 ──┼── bridge 10.77.0.254: producers, consumers
 *   namespace 2   10.77.0.3 ──┘
 * </pre>
 */
final class ChaosNetwork implements AutoCloseable {
    private static final String SUBNET = "10.77.0.";
    private static final String HERE = SUBNET + "254";

    private final String bridge;
    private final List<String> namespaces = new ArrayList<>();

    /** Sets it up. */
    ChaosNetwork(final int members) {
        final String own = "pn" + ProcessHandle.current().pid() % 100_000;
        bridge = own + "b";
        try {
            SystemCommand.run("ip", "link", "add", bridge, "type", "bridge");
            SystemCommand.run("ip", "addr", "add", HERE + "/24", "dev", bridge);
            SystemCommand.run("ip", "link", "set", bridge, "up");
            for (int i = 0; i < members; i++) {
                add(own + "n" + i, own + "h" + i, own + "g" + i, host(i));
            }
        } catch (final ChaosException failed) {
            close();
            throw failed;
        }
    }

    private void add(final String namespace, final String here, final String there, final String address) {
        SystemCommand.run("ip", "netns", "add", namespace);
        namespaces.add(namespace);
        SystemCommand.run("ip", "link", "add", here, "type", "veth", "peer", "name", there, "netns", namespace);
        SystemCommand.run("ip", "link", "set", here, "master", bridge, "up");
        SystemCommand.run("ip", "-n", namespace, "addr", "add", address + "/24", "dev", there);
        SystemCommand.run("ip", "-n", namespace, "link", "set", there, "up");
        SystemCommand.run("ip", "-n", namespace, "link", "set", "lo", "up");
    }

    private static String host(final int member) {
        return SUBNET + (member + 1);
    }

    /** Whether it can be set up here. */
    static boolean isPossible() {
        final String probe = "pnprobe" + ProcessHandle.current().pid() % 100_000;
        final boolean works = SystemCommand.works("ip", "netns", "add", probe);
        SystemCommand.tryTo("ip", "netns", "del", probe);
        return works;
    }

    List<String> hosts() {
        final List<String> hosts = new ArrayList<>();
        for (int i = 0; i < namespaces.size(); i++) {
            hosts.add(host(i));
        }
        return hosts;
    }

    /** Where producers and consumers are. */
    String clients() {
        return HERE;
    }

    /** What a command is put behind, to run where a member is. */
    List<String> within(final int member) {
        return List.of("ip", "netns", "exec", namespaces.get(member));
    }

    /** Nothing that a member sends arrives at any other, or at clients. */
    void silence(final int member) {
        for (int other = 0; other < namespaces.size(); other++) {
            if (other != member) {
                block(member, host(other));
            }
        }
        block(member, HERE);
    }

    /** A member and another no longer reach each other. */
    void cut(final int member, final int other) {
        block(member, host(other));
        block(other, host(member));
    }

    private void block(final int member, final String address) {
        SystemCommand.run("ip", "-n", namespaces.get(member), "route", "replace", "blackhole", address + "/32");
    }

    /** All reach all. */
    void mend() {
        for (final String namespace : namespaces) {
            SystemCommand.run("ip", "-n", namespace, "route", "flush", "type", "blackhole");
        }
    }

    @Override
    public void close() {
        namespaces.forEach(namespace -> SystemCommand.tryTo("ip", "netns", "del", namespace));
        SystemCommand.tryTo("ip", "link", "del", bridge);
    }
}
