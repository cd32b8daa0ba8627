package io.pinion.sidecar.chaos;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is done to the machines of members: disks that are lost, networks that are bad, clocks that are set, new builds. */
final class MachineScripts {
    /** Of the recording that a member makes of the log when it begins with it. */
    private static final String BEGIN_OF_LOG = "archive/0-0.rec";

    /** Only whole files of it are freed, of which the first has what comes before this position. */
    private static final long FIRST_FILE_OF_LOG_BYTES = 16 << 20;

    private MachineScripts() {}

    static void logPurged(final ChaosRound round) {
        round.load().producers().forEach(producer -> producer.hurry(true));
        Waiting.until(
                () -> round.members().awaitLeader().report().position() > FIRST_FILE_OF_LOG_BYTES,
                Members.PATIENCE,
                () -> "the log did not grow beyond its first file");
        round.load().producers().forEach(producer -> producer.hurry(false));
        // Two snapshots behind that, by the members' schedule.
        round.members()
                .all()
                .forEach(member -> Waiting.until(
                        () -> !hasBeginOfLog(member),
                        Members.PATIENCE,
                        () -> member.name() + " still has the log's beginning"));
        round.say("the log no longer has its beginning");
        diskWiped(round);
    }

    private static boolean hasBeginOfLog(final MemberProcess member) {
        return Files.exists(member.directory().resolve(BEGIN_OF_LOG));
    }

    static void diskWiped(final ChaosRound round) {
        final MemberProcess member = round.dice().one(round.members().all());
        wipe(round, member);
        if (!hasBeginOfLog(round.members().awaitLeader())) {
            requireRefused(round, member);
            seed(round, member, round.dice().one(others(round, member)));
        }
        round.restart(member);
        round.members().awaitPart(member);
        round.say(member.name() + " has what the others have");
        // From now on it counts again: with another one down, the majority needs it.
        final MemberProcess other = round.dice().one(others(round, member));
        other.kill();
        round.say(other.name() + " is killed");
        round.awaitProgress();
    }

    /**
     * An empty member can't read a log that no longer has its beginning, and has to say what is to be done: at its end, where it
     * asks for the log itself, or while it goes on, where in the same term the leader is to send it.
     */
    private static void requireRefused(final ChaosRound round, final MemberProcess member) {
        final int saidBefore = member.said().length();
        round.restart(member);
        Waiting.until(
                () -> !member.isAlive() || namesSeed(member, saidBefore),
                Members.PATIENCE,
                () -> member.name() + " has nothing, and does not say that it is to be seeded");
        if (!namesSeed(member, saidBefore)) {
            throw new ChaosException(member.lastWords() + ", and should have named pinion seed.");
        }
        round.say(member.name() + " tells that it is to be seeded" + (member.isAlive() ? "" : ", and has ended"));
        member.kill();
        member.wipe();
    }

    private static boolean namesSeed(final MemberProcess member, final int saidBefore) {
        return member.said().substring(saidBefore).contains("\"pinion seed\"");
    }

    static void diskSeeded(final ChaosRound round) {
        final MemberProcess member = round.dice().one(round.members().all());
        wipe(round, member);
        final MemberProcess from = round.dice().one(others(round, member));
        seed(round, member, from);
        round.restart(member);
        round.members().awaitPart(member);
        from.kill();
        round.say(from.name() + " is killed");
        round.awaitProgress();
    }

    private static void seed(final ChaosRound round, final MemberProcess member, final MemberProcess from) {
        Waiting.until(
                () -> from.report() != null && from.report().snapshotPosition() > 0,
                Members.PATIENCE,
                () -> from.name() + " took no snapshot");
        round.members().seed(member, from);
        round.say(member.name() + " is seeded from " + from.name());
    }

    /** Only while both others run: what a wiped member had voted and acknowledged is known to them alone. */
    private static void wipe(final ChaosRound round, final MemberProcess member) {
        member.kill();
        round.awaitProgress();
        others(round, member).forEach(other -> round.members().awaitPart(other));
        member.wipe();
        round.say(member.name() + " is killed, and its disk wiped");
    }

    private static List<MemberProcess> others(final ChaosRound round, final MemberProcess member) {
        final List<MemberProcess> others = new ArrayList<>(round.members().all());
        others.remove(member);
        return others;
    }

    /** The network is bad all the time; an election in it is what is hard. */
    static void badNetwork(final ChaosRound round) {
        round.awaitProgress();
        for (int i = 0; i < 2; i++) {
            final MemberProcess killed = round.killLeader();
            round.say(round.members().awaitNextLeader().name() + " leads");
            round.awaitProgress();
            round.restart(killed);
            round.members().awaitPart(killed);
            round.awaitProgress();
        }
    }

    /** Twice, so that it may be the leader's too: the one with the clock is never killed. */
    static void clockStepped(final ChaosRound round) {
        final List<Duration> offsets =
                List.of(ofSeconds(3_600), ofSeconds(-3_600), ofSeconds(20), ofSeconds(-20), ofDays(400), ofDays(-400));
        final MemberProcess member = round.withClock();
        for (int i = 0; i < 2; i++) {
            final long term = round.members().term();
            final Duration offset = round.dice().one(offsets);
            round.clock().set(offset);
            round.say("the clock of " + member.name() + round.members().role(member) + " is set by "
                    + offset.toSeconds() + " s");
            Waiting.pause(ofSeconds(5)); // more than a second until it is seen, and then a few heartbeats
            round.members().requireAlive();
            round.awaitProgress();
            if (round.members().term() != term) {
                throw new ChaosException("a clock was set, and somebody was elected.");
            }
            final MemberProcess leader = round.members().awaitLeader();
            final MemberProcess killed =
                    leader == member ? round.dice().one(others(round, member)) : round.killLeader();
            killed.kill();
            round.say(killed.name() + " is killed; "
                    + round.members().awaitLeader().name() + " leads");
            round.awaitProgress();
            round.restart(killed);
            round.members().awaitPart(killed);
        }
    }

    static void rollingUpgrade(final ChaosRound round) {
        final List<String> next = NextBuild.of(round.setup().pinion(), round.unusedFolder("next"));
        final MemberProcess leader = round.members().awaitLeader();
        final List<MemberProcess> leaderLast = others(round, leader);
        leaderLast.add(leader);
        for (final MemberProcess member : leaderLast) {
            member.terminate();
            if (!member.awaitEnd(Members.PATIENCE)) {
                throw new ChaosException(member.name() + " does not end when it is told to.");
            }
            round.members().upgrade(member, next);
            Waiting.pause(round.dice().time(ofMillis(0), ofMillis(500)));
            round.say(member.name() + " has ended with " + member.exitCode() + ", and starts as the next build");
            member.start();
            round.members().awaitPart(member);
            round.awaitProgress();
        }
    }
}
