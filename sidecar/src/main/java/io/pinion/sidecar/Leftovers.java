package io.pinion.sidecar;

import io.pinion.engine.Account;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is left when a sidecar ends before it has drained. */
final class Leftovers {
    private Leftovers() {}

    /**
     * A sentence of what has not left.
     *
     * @param account the counts of this moment.
     * @param waiting why targets wait, by name.
     * @return such as {@code 12 events are left in the ring; training: 12 (no consumer …)}.
     */
    static String of(final Account account, final Map<String, String> waiting) {
        final List<String> left = new ArrayList<>();
        final long unrouted = account.in() - account.routed() - account.dropped() - account.dead();
        if (unrouted > 0) {
            left.add(Units.of(unrouted, "event") + " before the route");
        }
        account.targets().forEach(target -> add(target, waiting, left));
        add(account.deadLetters(), waiting, left);
        if (left.isEmpty()) {
            final boolean isNothingOut = account.routed() == 0 && account.dead() == 0;
            return isNothingOut
                    ? "nothing was left"
                    : "nothing was left in the ring, but not all that the targets accepted is known to have left them";
        }
        return "left undelivered: " + String.join("; ", left)
                + "; what a target had accepted, and its consumer or the disk had not got yet, is not counted here";
    }

    private static void add(
            final Account.TargetCount target, final Map<String, String> waiting, final List<String> left) {
        if (target.pending() > 0) {
            final String why = waiting.get(target.name());
            left.add(Units.of(target.pending(), "event") + " for \"" + target.name() + "\""
                    + (why == null ? "" : " (" + why + ")"));
        }
    }
}
