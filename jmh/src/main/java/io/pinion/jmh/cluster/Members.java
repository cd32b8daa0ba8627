package io.pinion.jmh.cluster;

import io.pinion.jmh.rig.Subprocess;
import io.pinion.jmh.rig.Workplace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.agrona.IoUtil;

/** The members of one cluster, each a process. What they print says who leads. One thread. */
final class Members implements AutoCloseable {
    private static final Pattern ROLE = Pattern.compile("member \\d+ (leads|follows), term (\\d+)");
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Workplace place;
    private final ClusterContender contender;
    private final MemberPlan plan;
    private final Subprocess[] members;
    private final Thread atExit = new Thread(this::stopAndRemove, "stop-members");

    private Members(final Workplace place, final ClusterContender contender, final MemberPlan plan) {
        this.place = place;
        this.contender = contender;
        this.plan = plan;
        members = new Subprocess[plan.hosts().size()];
    }

    static Members start(final Workplace place, final ClusterContender contender, final MemberPlan plan) {
        final Members members = new Members(place, contender, plan);
        Runtime.getRuntime().addShutdownHook(members.atExit);
        try {
            for (int i = 0; i < members.members.length; i++) {
                members.start(i);
            }
        } catch (final RuntimeException e) {
            members.close();
            throw e;
        }
        return members;
    }

    void start(final int member) {
        try {
            members[member] = Subprocess.start(
                    contender.label() + "-" + member, place.folder(), contender.command(place, plan, member));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills one, and says when. */
    long kill(final int member) {
        final long atNs = members[member].kill();
        members[member] = null;
        return atNs;
    }

    /** The one that says so of the highest term, once one does. */
    int awaitLeader() {
        await(() -> leader() >= 0, "leads");
        return leader();
    }

    /** Until a member that was started takes part. */
    void awaitBack(final int member) {
        await(() -> members[member].printed().contains("is running"), "runs");
        final MemberCounters counters = counters(member);
        await(counters::isInTerm, "has caught up");
    }

    /** Until all take part. */
    void awaitAll() {
        for (int i = 0; i < members.length; i++) {
            awaitBack(i);
        }
    }

    /**
     * Has all take a snapshot, by the leader's own switch, and waits until they have.
     *
     * @return when it was asked for, and when the last had it.
     */
    Silence takeSnapshot() {
        final List<MemberCounters> counters =
                IntStream.range(0, members.length).mapToObj(this::counters).toList();
        final int leader = awaitLeader();
        final long askedNs = System.nanoTime();
        await(counters.get(leader)::askForSnapshot, "takes a snapshot when it is asked to");
        await(() -> counters.stream().allMatch(MemberCounters::hasTakenSnapshot), "ends its snapshot");
        return new Silence(askedNs, System.nanoTime());
    }

    private MemberCounters counters(final int member) {
        return MemberCounters.in(contender.driverDirectory(plan, member));
    }

    private void await(final BooleanSupplier condition, final String what) {
        final long untilNs = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            requireAlive();
            if (System.nanoTime() - untilNs > 0) {
                throw new IllegalStateException(
                        "no member of " + contender.label() + " " + what + " in " + PATIENCE.toSeconds() + " s");
            }
            pause(Duration.ofMillis(20));
        }
    }

    static void pause(final Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private int leader() {
        int leader = -1;
        long highest = -1;
        for (int i = 0; i < members.length; i++) {
            final long term = members[i] == null ? -1 : termOf(members[i].printed(), "leads");
            if (term > highest) {
                highest = term;
                leader = i;
            }
        }
        return leader;
    }

    /** The term of the last role told, where it is one of those; otherwise -1. */
    static long termOf(final String printed, final String roles) {
        final Matcher matcher = ROLE.matcher(printed);
        long term = -1;
        while (matcher.find()) {
            term = matcher.group(1).matches(roles) ? Long.parseLong(matcher.group(2)) : -1;
        }
        return term;
    }

    void requireAlive() {
        for (final Subprocess member : members) {
            if (member != null) {
                member.requireAlive();
            }
        }
    }

    /** Stops all, and removes what they kept. */
    @Override
    public void close() {
        stopAndRemove();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (final IllegalStateException exiting) {
            // it does the same once more
        }
    }

    private void stopAndRemove() {
        for (final Subprocess member : members) {
            if (member != null) {
                member.askToStop();
            }
        }
        for (final Subprocess member : members) {
            if (member != null) {
                member.close();
            }
        }
        for (int i = 0; i < members.length; i++) {
            IoUtil.delete(contender.driverDirectory(plan, i).toFile(), true); // a killed one's is left
            IoUtil.delete(plan.directory(i).toFile(), true);
        }
    }
}
