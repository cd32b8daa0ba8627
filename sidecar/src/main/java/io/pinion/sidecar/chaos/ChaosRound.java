package io.pinion.sidecar.chaos;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
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
    private final int stepped;
    private final SteppedClock clock;
    private final StallWatch stalls = new StallWatch();
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
                ? MemberPlaces.onLoopback(MEMBERS)
                : new MemberPlaces(network.hosts(), network.clients(), MemberPlaces.OWN_NETWORK);
        final Map<String, String> channels = channels(places);
        final MemberProfile profile = new MemberProfile(setup, places, channels, dice.number(4, 8));
        profile.writeSecrets();
        stepped = needs(Scenario.Need.CLOCK) ? dice.number(0, MEMBERS - 1) : -1;
        clock = stepped < 0 ? null : new SteppedClock(setup.folder().resolve("clock"));
        members = new Members(
                setup,
                places,
                profile,
                network,
                number -> number == stepped ? clock.environment() : Map.of(),
                scenario == null ? setup.pinion() : MemberFlags.added(setup.pinion(), scenario.needs(), dice));
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

    /** Of one member, where the scenario needs {@link Scenario.Need#CLOCK}. */
    SteppedClock clock() {
        return clock;
    }

    /** Whose clock {@link #clock} is. */
    MemberProcess withClock() {
        return members.all().get(stepped);
    }

    /**
     * How long this machine as a whole stood still at most, which is no fault of what runs on it.
     *
     * @return in milliseconds, since the round was made.
     */
    public long longestStallMs() {
        return stalls.longestMs();
    }

    ClusterSetup setup() {
        return setup;
    }

    /** A place of its own for each who asks. */
    Path unusedFolder(final String name) {
        int number = 0;
        while (Files.exists(setup.folder().resolve(name + "-" + number))) {
            number++;
        }
        return setup.folder().resolve(name + "-" + number);
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
                        scenario.what()
                                + (scenario.isPossible()
                                        ? ""
                                        : " (not here: it needs " + String.join(" and ", scenario.lacking()) + ")")));
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

    /**
     * Whether a scenario is about targets that drop and divert, and so needs a setup with such.
     *
     * @param name one of {@link #scenarios}.
     * @return true where it does.
     */
    public static boolean overflows(final String name) {
        return ScenarioList.named(name).needs().contains(Scenario.Need.OVERFLOW);
    }

    /** Starts members and load, and waits until events are acknowledged. */
    public void begin() {
        members.startAll();
        say(members.awaitLeader().name() + " leads");
        load.start();
        load.awaitProgress(1);
        say("the first event is acknowledged");
    }

    /**
     * Breaks nothing for a while.
     *
     * @param time how long.
     * @throws ChaosException when another leader is elected, or nothing is acknowledged.
     */
    public void rest(final Duration time) {
        final long endNs = System.nanoTime() + time.toNanos();
        final long term = members.term();
        load.forgetGap();
        for (long told = 0; System.nanoTime() - endNs < 0; ) {
            load.awaitProgress(1);
            Waiting.pause(SHORT);
            members.requireAlive();
            final long now = members.term();
            if (now != term) {
                throw new ChaosException("a leader was elected in term " + now + " and nobody had done anything to the"
                        + " one of term " + term + "; nothing was acknowledged for "
                        + load.longestGap().toMillis() + " ms.");
            }
            final long minutes = (System.nanoTime() - beganNs) / 60_000_000_000L;
            if (minutes > told) {
                told = minutes;
                say(load.accepted() + " events are acknowledged; the longest time without one was "
                        + load.longestGap().toMillis() + " ms");
            }
        }
        say("nobody was elected but in term " + term);
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
        return new Settlement(setup, members, load).take(this::say);
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
        stalls.close();
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
