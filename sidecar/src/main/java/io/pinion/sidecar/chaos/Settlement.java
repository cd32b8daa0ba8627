package io.pinion.sidecar.chaos;

import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The end of a round: everything comes to rest, and the account is taken. One thread. */
final class Settlement {
    private final ClusterSetup setup;
    private final Members members;
    private final ClusterLoad load;

    /** Of a cluster that is mended: all its members have been started. */
    Settlement(final ClusterSetup setup, final Members members, final ClusterLoad load) {
        this.setup = setup;
        this.members = members;
        this.load = load;
    }

    /** Waits until what was made is acknowledged, delivered everywhere, and confirmed; then compares. */
    DeliveryAccount take(final Consumer<String> say) {
        final DeliveryAccount account = new DeliveryAccount(setup.overflow());
        load.awaitProgress(100);
        load.awaitAllAccepted();
        say.accept("all " + load.made() + " events are acknowledged");
        if (!Waiting.isWithin(this::isAtRest, Members.PATIENCE)) {
            account.fault("the members did not come to rest: " + reports() + "; " + load.why());
        }
        compareStates(account);
        load.tell(account);
        for (final MemberProcess member : members.all()) {
            for (final String target : setup.files()) {
                account.witness(target, member.name());
                EventIds.ofLines(
                        MemberProfile.file(member.directory(), target),
                        id -> account.delivered(target, member.name(), id));
            }
        }
        return account;
    }

    /** Whether all members run, have appended the same, and all of it is confirmed, and in their files. */
    private boolean isAtRest() {
        Map<String, String> routes = null;
        for (final MemberProcess member : members.all()) {
            final MemberReport report = member.isAlive() ? member.report() : null;
            if (report == null || report.unconfirmed() > 0 || routes != null && !routes.equals(report.routes())) {
                return false;
            }
            routes = report.routes();
            for (final String target : setup.files()) {
                if (report.unsettled(target) > 0) {
                    return false;
                }
            }
        }
        return true;
    }

    private void compareStates(final DeliveryAccount account) {
        final long before = newestSnapshot();
        final boolean isTaken = Waiting.isWithin(
                () -> newestSnapshot() > before
                        && members.all().stream().allMatch(member -> snapshotOf(member) == newestSnapshot()),
                Members.PATIENCE);
        if (!isTaken) {
            account.fault("no snapshot was taken by all members: " + reports());
        }
        for (final MemberProcess member : members.alive()) {
            final MemberReport report = member.report();
            if (report != null) {
                account.state(report.snapshotPosition(), member.name(), report.hashes());
                setup.overflow().dropping().forEach(route -> account.dropped(route, report.dropped(route)));
            }
        }
    }

    private long newestSnapshot() {
        return members.all().stream().mapToLong(Settlement::snapshotOf).max().orElse(0);
    }

    private static long snapshotOf(final MemberProcess member) {
        final MemberReport report = member.report();
        return report == null ? 0 : report.snapshotPosition();
    }

    private String reports() {
        return members.all().stream()
                .map(member -> member.isAlive() ? member.name() + " " + member.report() : member.lastWords())
                .collect(Collectors.joining("; "));
    }
}
