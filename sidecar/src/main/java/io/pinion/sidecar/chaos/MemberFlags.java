package io.pinion.sidecar.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What the JVMs of members are told, so that their network loses datagrams, or is late with them. */
final class MemberFlags {
    private static final String LOSSY = "io.aeron.driver.ext.Debug";
    private static final int LATE_MS = 20;

    private MemberFlags() {}

    /** The command with the flags that a scenario needs, which chance has its part in. */
    static List<String> added(final List<String> pinion, final Set<Scenario.Need> needs, final Dice dice) {
        final List<String> command = new ArrayList<>(pinion);
        if (needs.contains(Scenario.Need.LOSS)) {
            command.addAll(
                    1,
                    List.of(
                            "-Daeron.SendChannelEndpoint.supplier=" + LOSSY + "SendChannelEndpointSupplier",
                            "-Daeron.ReceiveChannelEndpoint.supplier=" + LOSSY + "ReceiveChannelEndpointSupplier"));
            for (final String what : List.of("send.data", "send.control", "receive.data", "receive.control")) {
                command.add(1, "-Daeron.debug." + what + ".loss.rate=" + dice.number(1, 5) / 100.0);
                command.add(1, "-Daeron.debug." + what + ".loss.seed=" + dice.nextSeed());
            }
        }
        if (needs.contains(Scenario.Need.DELAY)) {
            command.add(1, "-Daeron.SendChannelEndpoint.supplier=" + LateSending.class.getName());
            command.add(1, "-D" + LateSending.MOST_MS + "=" + LATE_MS);
            command.add(1, "-D" + LateSending.SEED + "=" + dice.nextSeed());
        }
        return command;
    }
}
