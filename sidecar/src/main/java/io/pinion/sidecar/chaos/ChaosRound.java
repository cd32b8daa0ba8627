package io.pinion.sidecar.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.agrona.CloseHelper;

/**
 * One cluster's life: it is started, put under load, broken, mended, and brought to rest; then the account is taken. One
 * thread.
 */
public final class ChaosRound implements AutoCloseable {
    /** Members of a round's cluster. */
    public static final int MEMBERS = 3;

    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofSeconds(2);

    private final ClusterSetup setup;
    private final Dice dice;
    private final Consumer<String> tell;
    private final long beganNs = System.nanoTime();
    private final Scenario scenario;
    private final ChaosNetwork network;
    private final SmallDisk disk;
    private final Thread atExit = new Thread(this::putAway, "chaos-put-away");
    private final Members members;
    private final ClusterLoad load;

    /**
     * Prepares one; nothing runs yet.
     *
     * @param setup     what it runs.
     * @param name      one of {@link #scenarios}; null for one in which only {@link #failOver} is called.
     * @param producers how many.
     * @param rate      events a second, of all producers together.
     * @param seed      decides all that is left to chance.
     * @param tell      takes what happens, a line each.
     */
    public ChaosRound(
            final ClusterSetup setup,
            final String name,
            final int producers,
            final int rate,
            final long seed,
            final Consumer<String> tell) {
        this.setup = setup;
        dice = new Dice(seed);
        this.tell = tell;
        scenario = name == null ? null : ScenarioList.named(name);
        MemberProcess.deleteTree(setup.folder());
        network = needs(Scenario.Need.NETWORK) ? new ChaosNetwork(MEMBERS) : null;
        final MemberPlaces places = network == null
                ? MemberPlaces.onLoopback(MEMBERS, dice)
                : new MemberPlaces(network.hosts(), network.clients(), MemberPlaces.LOWEST);
        final Map<String, String> channels = channels(places);
        final MemberProfile profile = new MemberProfile(setup, places, channels, dice.number(4, 8));
        profile.writeSecrets();
        members = new Members(setup, places, profile, network);
        disk = needs(Scenario.Need.MOUNT)
                ? new SmallDisk(members.all().get(dice.number(0, MEMBERS - 1)).directory())
                : null;
        // A round that is interrupted leaves no processes, mounts or networks behind.
        Runtime.getRuntime().addShutdownHook(atExit);
        load = new ClusterLoad(setup, places, profile, channels, producers, rate, dice);
    }

    private boolean needs(final Scenario.Need need) {
        return scenario != null && scenario.needs().contains(need);
    }

    /** Consumers listen behind the last member's ports. */
    private Map<String, String> channels(final MemberPlaces places) {
        final Map<String, String> channels = new LinkedHashMap<>();
        for (final String target : setup.streamed()) {
            channels.put(
                    target,
                    "aeron:udp?endpoint=" + places.clients() + ":"
                            + (places.basePort() + MemberPlaces.PORTS * MEMBERS + channels.size()));
        }
        return channels;
    }

    Members members() {
        return members;
    }

    ClusterLoad load() {
        return load;
    }

    ChaosNetwork network() {
        return network;
    }

    SmallDisk disk() {
        return disk;
    }

    /** Whose disk {@link #disk} is. */
    MemberProcess onSmallDisk() {
        return members.all().stream()
                .filter(member -> disk.isOf(member.directory()))
                .findFirst()
                .orElseThrow();
    }

    Dice dice() {
        return dice;
    }

    /** Tells what happens, with the time since the beginning. */
    void say(final String what) {
        tell.accept(String.format("%6.1f s  %s", (System.nanoTime() - beganNs) / 1e9, what));
    }

    /** Lets a time pass that chance decides. */
    void pause() {
        Waiting.pause(dice.time(SHORT, LONG));
    }

    /**
     * The names of all that can be done to a cluster.
     *
     * @return each with what happens, in a few words, and what this machine lacks for it.
     */
    public static Map<String, String> scenarios() {
        final Map<String, String> scenarios = new LinkedHashMap<>();
        ScenarioList.all()
                .forEach(scenario -> scenarios.put(
                        scenario.name(),
                        scenario.what() + (scenario.isPossible() ? "" : " (not here: it needs root)")));
        return scenarios;
    }

    /**
     * The names of what can be done to a cluster on this machine.
     *
     * @return a part of {@link #scenarios}.
     */
    public static List<String> possible() {
        return ScenarioList.all().stream()
                .filter(Scenario::isPossible)
                .map(Scenario::name)
                .toList();
    }

    /** Starts members and load, and waits until events are acknowledged. */
    public void begin() {
        members.startAll();
        say(members.awaitLeader().name() + " leads");
        load.start();
        load.awaitProgress(1);
        say("the first event is acknowledged");
    }

    /** Runs what breaks it, and mends what that left. */
    public void run() {
        load.awaitProgress(dice.number(500, 3_000));
        scenario.script().run(this);
        members.startMissing();
    }

    /** Kills who leads. @return who that was. */
    MemberProcess killLeader() {
        final MemberProcess leader = members.awaitLeader();
        leader.kill();
        say(leader.name() + " led, and is killed");
        return leader;
    }

    /** Starts a member again, with the disk that it has. */
    void restart(final MemberProcess member) {
        member.start();
        say(member.name() + " is started again");
    }

    /** Starts a member again that stood still for so long that it ended itself. */
    void reviveIfDead(final MemberProcess member) {
        if (member.awaitEnd(Duration.ofSeconds(5))) {
            say(member.name() + " ended itself with " + member.exitCode());
            restart(member);
        }
    }

    /** Waits until events are acknowledged again. */
    void awaitProgress() {
        load.awaitProgress(dice.number(200, 1_000));
        say(Long.toString(load.accepted()) + " events are acknowledged");
    }

    /**
     * Brings all to rest: what was made is acknowledged, delivered everywhere, and confirmed; then the members' states are
     * compared at the next snapshot.
     *
     * @return what was acknowledged beside what arrived.
     */
    public DeliveryAccount settle() {
        final DeliveryAccount account = new DeliveryAccount();
        load.awaitProgress(100);
        load.awaitAllAccepted();
        say("all " + load.made() + " events are acknowledged");
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
            }
        }
    }

    private long newestSnapshot() {
        return members.all().stream().mapToLong(ChaosRound::snapshotOf).max().orElse(0);
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

    /**
     * Kills the leader under load, and starts it again once another leads.
     *
     * @return the longest time in which nothing was acknowledged.
     */
    public Duration failOver() {
        load.forgetGap();
        final MemberProcess killed = killLeader();
        final MemberProcess next = members.awaitNextLeader();
        load.awaitProgress(1);
        final Duration gap = load.longestGap();
        say(next.name() + " leads; nothing was acknowledged for " + gap.toMillis() + " ms");
        restart(killed);
        return gap;
    }

    /**
     * How many events are acknowledged.
     *
     * @return of all producers.
     */
    public long accepted() {
        return load.accepted();
    }

    /**
     * What each member is.
     *
     * @return such as {@code member 0 follows, member 1 leads, member 2 is down}.
     */
    public String roles() {
        final List<String> roles = new ArrayList<>();
        for (final MemberProcess member : members.all()) {
            final MemberReport report = member.isAlive() ? member.report() : null;
            roles.add(member.name() + (!member.isAlive() ? " is down" : report == null ? " starts" : report.role()));
        }
        return String.join(", ", roles);
    }

    /**
     * What the members printed.
     *
     * @return a text.
     */
    public String said() {
        final StringBuilder said = new StringBuilder();
        for (final MemberProcess member : members.all()) {
            said.append("--- ").append(member.name()).append('\n').append(member.said());
        }
        return said.toString();
    }

    @Override
    public void close() {
        load.close();
        putAway();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (final IllegalStateException atWork) {
            // the hook is what has come first
        }
    }

    /** What would outlive this process. */
    private void putAway() {
        members.close();
        CloseHelper.closeAll(network, disk);
    }
}
