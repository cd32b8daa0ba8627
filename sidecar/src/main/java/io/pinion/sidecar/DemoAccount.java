package io.pinion.sidecar;

import io.pinion.engine.Account;

/** What the producers sent beside what the sidecar counted and what lies on disk: each line must agree. */
final class DemoAccount {
    private final Columns columns = new Columns("lrrl");
    private boolean closes = true;

    DemoAccount(final FeedbackTally sent, final Account account, final DemoFolder folder) {
        columns.row("as the producers counted", "sent", "found", "");
        row("events", sent.sent, account.in(), "in");
        row("no event at all", sent.malformed, account.ingress().dead(), "dead at ingress");
        row("without consent", sent.withoutConsent, dropped(account, "consented"), "dropped by consented");
        row("sent again", sent.repeats, dropped(account, "once"), "dropped by once");
        row("of unknown users", sent.unknownUsers, stage(account, "user").dead(), "dead at user");
        for (final Account.TargetCount target : account.targets()) {
            row("", target.routed(), folder.linesOf(target.name()), "lines on disk, of " + target.name());
        }
        row(
                "",
                account.dead(),
                folder.linesOf(account.deadLetters().name()),
                "lines on disk, of " + account.deadLetters().name());
    }

    private void row(final String what, final long sent, final long found, final String where) {
        columns.row(what, Units.count(sent), Units.count(found), where + (sent == found ? "" : "  ← DIFFERS"));
        closes &= sent == found;
    }

    private static long dropped(final Account account, final String stage) {
        return stage(account, stage).droppedInAll();
    }

    private static Account.StageCount stage(final Account account, final String name) {
        return account.stages().stream()
                .filter(stage -> stage.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    boolean closes() {
        return closes;
    }

    String text() {
        final StringBuilder text = new StringBuilder();
        columns.appendTo(text, "  ");
        return text + "\n"
                + (closes
                        ? "Every event that was sent is accounted for.\n"
                        : "What was sent and what was found differ: something was lost or repeated.\n");
    }
}
