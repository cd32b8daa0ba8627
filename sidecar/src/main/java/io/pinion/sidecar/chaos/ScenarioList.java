package io.pinion.sidecar.chaos;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What is done to a cluster, by name. */
final class ScenarioList {
    /** Longer than the leader's heartbeat may be away, and than a session may be silent. */
    private static final Duration PAST_TIMEOUT = ofSeconds(12);

    private static final String MIXED = "mixed";

    private static final List<Scenario> ALL = List.of(
            plain("leader-killed", "the leader is killed, and started again", ScenarioList::leaderKilled),
            plain("leader-killed-twice", "the next leader is killed too, at once", ScenarioList::leaderKilledTwice),
            plain("follower-killed", "a follower is killed, and catches up", ScenarioList::followerKilled),
            plain(
                    "two-down",
                    "two of three are killed: nothing is acknowledged until they are back",
                    ScenarioList::twoDown),
            plain("all-killed", "all are killed at once, and started again", ScenarioList::allKilled),
            plain(
                    "killed-in-snapshot",
                    "the leader is killed while all take a snapshot",
                    ScenarioList::killedInSnapshot),
            plain(
                    "killed-undelivered",
                    "the leader is killed with outputs that no consumer has",
                    ScenarioList::killedUndelivered),
            plain(
                    "killed-unconfirmed",
                    "the leader is killed right after a consumer took outputs",
                    ScenarioList::killedUnconfirmed),
            plain(
                    "zombie",
                    "the leader stands still past its time-out, and goes on as if it led",
                    ScenarioList::zombie),
            plain("stale-member", "a follower stands still while two leaders come and go", ScenarioList::staleMember),
            plain("slow-follower", "a follower stands still again and again", ScenarioList::slowFollower),
            plain("slow-target", "a consumer takes a millisecond for each output", ScenarioList::slowTarget),
            plain(
                    "dead-target",
                    "a consumer is gone for a while, and the leader is killed meanwhile",
                    ScenarioList::deadTarget),
            plain("lagging-route", "two restarts of all while a consumer is gone", ScenarioList::laggingRoute),
            plain("consumer-killed", "a consumer dies again and again", ScenarioList::consumerKilled),
            plain(
                    "producer-killed",
                    "a producer dies again and again, and the leader once",
                    ScenarioList::producerKilled),
            plain("session-closed", "a producer is silent until its session is closed", ScenarioList::sessionClosed),
            plain(
                    "producers-overlap",
                    "a producer is started again while it still runs",
                    EdgeScripts::producersOverlap),
            plain("disk-wiped", "a member loses its disk, and reads the whole log again", MachineScripts::diskWiped),
            plain(
                    "log-purged",
                    "a member loses its disk when the log's beginning is gone, says so, and is seeded",
                    MachineScripts::logPurged),
            plain("disk-seeded", "a member loses its disk, and is seeded from another", MachineScripts::diskSeeded),
            plain("rolling-upgrade", "one member after the other becomes a new build", MachineScripts::rollingUpgrade),
            plain(MIXED, "one trouble after the other, on one cluster", ScenarioList::mixed),
            new Scenario(
                    "overflow",
                    "targets that drop and divert are left behind, and all members start again",
                    Set.of(Scenario.Need.OVERFLOW),
                    EdgeScripts::overflow),
            new Scenario(
                    "lossy-network",
                    "datagrams of members are lost, and leaders killed meanwhile",
                    Set.of(Scenario.Need.LOSS),
                    MachineScripts::badNetwork),
            new Scenario(
                    "late-network",
                    "datagrams of members are late and swapped, and leaders killed meanwhile",
                    Set.of(Scenario.Need.DELAY),
                    MachineScripts::badNetwork),
            new Scenario(
                    "clock-stepped",
                    "the clock of a member is set by up to a year, twice",
                    Set.of(Scenario.Need.CLOCK),
                    MachineScripts::clockStepped),
            new Scenario(
                    "leader-cut-off",
                    "the leader can send to nobody for a while",
                    Set.of(Scenario.Need.NETWORK),
                    ScenarioList::leaderCutOff),
            new Scenario(
                    "two-cut-apart",
                    "the leader and a follower can't reach each other",
                    Set.of(Scenario.Need.NETWORK),
                    ScenarioList::twoCutApart),
            new Scenario(
                    "disk-full",
                    "the disk of one member is full",
                    Set.of(Scenario.Need.MOUNT),
                    ScenarioList::diskFull));

    private ScenarioList() {}

    private static Scenario plain(final String name, final String what, final Scenario.Script script) {
        return new Scenario(name, what, Set.of(), script);
    }

    static List<Scenario> all() {
        return ALL;
    }

    /** One by its name. */
    static Scenario named(final String name) {
        return ALL.stream()
                .filter(scenario -> scenario.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new ChaosException("there is no scenario " + name + ": there are "
                        + ALL.stream().map(Scenario::name).collect(Collectors.joining(", ")) + "."));
    }

    private static void mixed(final ChaosRound round) {
        final List<Scenario> others = ALL.stream()
                .filter(scenario ->
                        scenario.needs().isEmpty() && !scenario.name().equals(MIXED))
                .toList();
        for (int i = round.dice().number(3, 5); i > 0; i--) {
            final Scenario next = round.dice().one(others);
            round.say(next.name() + ":");
            next.script().run(round);
            round.members().startMissing();
            round.members().all().forEach(round.members()::awaitPart);
            round.awaitProgress();
        }
    }

    private static void leaderKilled(final ChaosRound round) {
        final MemberProcess killed = round.killLeader();
        round.say(round.members().awaitNextLeader().name() + " leads");
        round.awaitProgress();
        round.restart(killed);
    }

    private static void leaderKilledTwice(final ChaosRound round) {
        final MemberProcess first = round.killLeader();
        round.restart(first);
        round.members().awaitNextLeader();
        round.killLeader();
    }

    private static void followerKilled(final ChaosRound round) {
        final MemberProcess follower = round.dice().one(round.members().followers());
        follower.kill();
        round.say(follower.name() + " follows, and is killed");
        round.awaitProgress();
        round.pause();
        round.restart(follower);
    }

    private static void twoDown(final ChaosRound round) {
        final MemberProcess leader = round.members().awaitLeader();
        final MemberProcess follower = round.dice().one(round.members().followers());
        leader.kill();
        follower.kill();
        round.say(leader.name() + " and " + follower.name() + " are killed");
        // What was committed before may still be told by the one that is left, and nothing more.
        Waiting.pause(ofSeconds(3));
        final long accepted = round.load().accepted();
        Waiting.pause(ofSeconds(5));
        if (round.load().accepted() != accepted) {
            throw new ChaosException("one member of three acknowledged events.");
        }
        round.restart(round.dice().one(List.of(leader, follower)));
        round.awaitProgress();
    }

    static void allKilled(final ChaosRound round) {
        for (final MemberProcess member : round.members().all()) {
            member.kill();
        }
        round.say("all are killed");
        round.pause();
        round.members().startMissing();
        round.awaitProgress();
    }

    private static void killedInSnapshot(final ChaosRound round) {
        for (int i = 0; i < 3; i++) {
            final MemberProcess leader = round.members().awaitLeader();
            round.members().startSnapshot();
            Waiting.pause(round.dice().time(ofMillis(600), ofMillis(1_600)));
            leader.kill();
            round.say(leader.name() + " led, and is killed about a snapshot");
            round.members().awaitNextLeader();
            round.restart(leader);
            round.awaitProgress();
        }
    }

    private static void killedUndelivered(final ChaosRound round) {
        round.load().consumers().values().forEach(consumer -> consumer.silence(true));
        round.awaitProgress();
        round.killLeader();
        round.load().consumers().values().forEach(consumer -> consumer.silence(false));
        round.members().awaitNextLeader();
        round.awaitProgress();
    }

    private static void killedUnconfirmed(final ChaosRound round) {
        for (int i = 0; i < 3; i++) {
            final LoadConsumer consumer =
                    round.dice().one(List.copyOf(round.load().consumers().values()));
            final long before = consumer.count();
            Waiting.until(() -> consumer.count() > before, Members.PATIENCE, () -> "a consumer got nothing");
            final MemberProcess killed = round.killLeader();
            round.members().awaitNextLeader();
            round.restart(killed);
            round.awaitProgress();
        }
    }

    private static void zombie(final ChaosRound round) {
        final MemberProcess leader = round.members().awaitLeader();
        leader.stop();
        round.say(leader.name() + " led, and stands still");
        round.members().awaitNextLeader();
        round.awaitProgress();
        leader.resume();
        round.say(leader.name() + " goes on");
        round.awaitProgress();
        round.reviveIfDead(leader);
    }

    private static void staleMember(final ChaosRound round) {
        final MemberProcess stale = round.dice().one(round.members().followers());
        stale.stop();
        round.say(stale.name() + " follows, and stands still");
        final MemberProcess first = round.killLeader();
        round.restart(first);
        round.awaitProgress();
        final MemberProcess second = round.killLeader();
        round.restart(second);
        round.awaitProgress();
        stale.resume();
        round.say(stale.name() + " goes on");
        round.awaitProgress();
        round.reviveIfDead(stale);
    }

    private static void slowFollower(final ChaosRound round) {
        final MemberProcess follower = round.dice().one(round.members().followers());
        for (int i = 0; i < 20; i++) {
            follower.stop();
            Waiting.pause(round.dice().time(ofMillis(50), ofMillis(800)));
            follower.resume();
            Waiting.pause(round.dice().time(ofMillis(10), ofMillis(100)));
        }
        round.say(follower.name() + " stood still twenty times");
        round.awaitProgress();
    }

    private static void slowTarget(final ChaosRound round) {
        round.load().consumers().values().forEach(consumer -> consumer.slowDown(ofMillis(1)));
        Waiting.pause(ofSeconds(5));
        round.say("consumers were slow for a while");
        round.load().consumers().values().forEach(consumer -> consumer.slowDown(Duration.ZERO));
    }

    private static void deadTarget(final ChaosRound round) {
        round.load().consumers().values().forEach(consumer -> consumer.leave(true));
        round.say("the consumers are gone");
        round.awaitProgress();
        final MemberProcess killed = round.killLeader();
        round.members().awaitNextLeader();
        round.pause();
        round.restart(killed);
        round.awaitProgress();
        round.load().consumers().values().forEach(consumer -> consumer.leave(false));
        round.say("the consumers are back");
    }

    private static void laggingRoute(final ChaosRound round) {
        round.load().consumers().values().forEach(consumer -> consumer.leave(true));
        for (int i = 0; i < 2; i++) {
            round.awaitProgress();
            allKilled(round);
        }
        round.load().consumers().values().forEach(consumer -> consumer.leave(false));
        round.say("the consumers are back");
    }

    private static void consumerKilled(final ChaosRound round) {
        for (int i = 0; i < 10; i++) {
            round.dice().one(List.copyOf(round.load().consumers().values())).die();
            Waiting.pause(round.dice().time(ofMillis(50), ofMillis(500)));
        }
        round.say("consumers died ten times");
        round.awaitProgress();
    }

    private static void producerKilled(final ChaosRound round) {
        for (int i = 0; i < 6; i++) {
            round.dice().one(round.load().producers()).die();
            Waiting.pause(round.dice().time(ofMillis(100), ofMillis(600)));
        }
        round.killLeader();
        round.dice().one(round.load().producers()).die();
        round.members().awaitNextLeader();
        round.say("producers died seven times");
        round.awaitProgress();
    }

    private static void sessionClosed(final ChaosRound round) {
        final LoadProducer producer = round.dice().one(round.load().producers());
        producer.silence(true);
        Waiting.pause(PAST_TIMEOUT);
        producer.silence(false);
        round.say("a producer was silent for " + PAST_TIMEOUT.toSeconds() + " s");
        round.awaitProgress();
    }

    private static void leaderCutOff(final ChaosRound round) {
        final MemberProcess leader = round.members().awaitLeader();
        round.network().silence(leader.number());
        round.say(leader.name() + " led, and can send to nobody");
        round.members().awaitNextLeader();
        round.awaitProgress();
        round.network().mend();
        round.say("all reach all");
        round.awaitProgress();
        round.reviveIfDead(leader);
    }

    private static void twoCutApart(final ChaosRound round) {
        final MemberProcess leader = round.members().awaitLeader();
        final MemberProcess follower = round.dice().one(round.members().followers());
        round.network().cut(leader.number(), follower.number());
        round.say(leader.name() + " and " + follower.name() + " can't reach each other");
        Waiting.pause(ofSeconds(5));
        round.network().mend();
        round.say("all reach all");
        round.awaitProgress();
        round.reviveIfDead(leader);
        round.reviveIfDead(follower);
    }

    private static void diskFull(final ChaosRound round) {
        final MemberProcess member = round.onSmallDisk();
        round.disk().fill();
        round.say("the disk of " + member.name() + " is full");
        if (!member.awaitEnd(Members.PATIENCE)) {
            throw new ChaosException(member.name() + " goes on with a full disk.");
        }
        round.say(member.name() + " ended with " + member.exitCode());
        round.awaitProgress();
        round.disk().relieve();
        round.restart(member);
        round.awaitProgress();
    }
}
