package io.pinion.sidecar.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/** The members of one cluster, by number. One thread. */
final class Members implements AutoCloseable {
    /** How long the slowest machine may take for an election, or for a start. */
    static final Duration PATIENCE = Duration.ofSeconds(120);

    private final ClusterSetup setup;
    private final ChaosNetwork network;
    private final List<Path> profiles = new ArrayList<>();
    private final List<MemberProcess> members = new ArrayList<>();
    private long term = -1;

    Members(
            final ClusterSetup setup,
            final MemberPlaces places,
            final MemberProfile profile,
            final ChaosNetwork network,
            final IntFunction<Map<String, String>> environments,
            final List<String> pinion) {
        this.setup = setup;
        this.network = network;
        for (int i = 0; i < places.hosts().size(); i++) {
            final Path directory = setup.folder().resolve("member-" + i);
            profiles.add(profile.write(i, directory).toAbsolutePath());
            members.add(new MemberProcess(
                    i,
                    command(i, pinion),
                    environments.apply(i),
                    setup.folder(),
                    directory,
                    setup.folder().resolve("member-" + i + ".log")));
        }
    }

    private List<String> command(final int member, final List<String> pinion) {
        final List<String> command = new ArrayList<>(network == null ? List.of() : network.within(member));
        command.addAll(pinion);
        command.addAll(
                List.of("run", setup.graph(), "--profile", profiles.get(member).toString()));
        return command;
    }

    List<MemberProcess> all() {
        return members;
    }

    void startAll() {
        members.forEach(MemberProcess::start);
    }

    /** Those that run, or stand still. */
    List<MemberProcess> alive() {
        return members.stream().filter(MemberProcess::isAlive).toList();
    }

    /** Waits for a leader among those that run. */
    MemberProcess awaitLeader() {
        return awaitLeaderSince(0);
    }

    /** Waits for the leader after the one that was waited for last, which may be the same member again. */
    MemberProcess awaitNextLeader() {
        return awaitLeaderSince(term + 1);
    }

    private MemberProcess awaitLeaderSince(final long firstTerm) {
        Waiting.until(
                () -> leaderSince(firstTerm) != null || alive().size() * 2 <= members.size(),
                PATIENCE,
                () -> "no member became leader" + (firstTerm == 0 ? "" : " after term " + term));
        final MemberProcess leader = leaderSince(firstTerm);
        if (leader == null) {
            throw new ChaosException("too few members run for a leader: "
                    + members.stream()
                            .filter(member -> !member.isAlive())
                            .map(MemberProcess::lastWords)
                            .collect(Collectors.joining("; "))
                    + ".");
        }
        return leader;
    }

    /** Who leads in the highest term from this one on, which is noted; null when nobody says so. */
    private MemberProcess leaderSince(final long firstTerm) {
        MemberProcess leader = null;
        long highest = firstTerm - 1;
        for (final MemberProcess member : members) {
            final MemberReport report = member.isAlive() ? member.report() : null;
            if (report != null && report.isLeader() && report.term() > highest) {
                highest = report.term();
                leader = member;
            }
        }
        term = leader == null ? term : highest;
        return leader;
    }

    /** Those that run and don't lead. */
    List<MemberProcess> followers() {
        final MemberProcess leader = awaitLeader();
        return alive().stream().filter(member -> member != leader).toList();
    }

    /**
     * Asks for a snapshot, as an operator would.
     *
     * @return the command, which has only been started.
     */
    Process startSnapshot() {
        final List<String> command = new ArrayList<>(setup.pinion());
        command.addAll(List.of("snapshot", "--profile", profiles.get(0).toString()));
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            setup.folder().resolve("snapshot.log").toFile()))
                    .start();
        } catch (final IOException unstartable) {
            throw new ChaosException("pinion snapshot can't be started: " + unstartable.getMessage(), unstartable);
        }
    }

    /** From its next start on a member is another build. */
    void upgrade(final MemberProcess member, final List<String> pinion) {
        member.become(command(member.number(), pinion));
    }

    /** Fills the empty disk of a member from another's, as an operator would. */
    void seed(final MemberProcess empty, final MemberProcess from) {
        final List<String> command = new ArrayList<>(setup.pinion());
        command.addAll(List.of(
                "seed",
                setup.graph(),
                "--profile",
                profiles.get(empty.number()).toString(),
                "--from",
                profiles.get(from.number()).toString()));
        SystemCommand.run(command.toArray(String[]::new));
    }

    /** Waits until a member has come, in this life, to where the leader is now. */
    void awaitPart(final MemberProcess member) {
        final long position = awaitLeader().report().position();
        Waiting.until(
                () -> !member.isAlive()
                        || member.report() != null && member.report().position() >= position,
                PATIENCE,
                () -> member.name() + " does not take part");
        if (!member.isAlive()) {
            throw new ChaosException(member.lastWords() + ".");
        }
    }

    /** The term of who leads now. */
    long term() {
        awaitLeader();
        return term;
    }

    /** As it is told of a member, after its name. */
    String role(final MemberProcess member) {
        return member == awaitLeader() ? ", which leads," : ", which follows,";
    }

    /** All have to run. */
    void requireAlive() {
        members.stream().filter(member -> !member.isAlive()).findFirst().ifPresent(ended -> {
            throw new ChaosException(ended.lastWords() + ".");
        });
    }

    /** Starts each that does not run. */
    void startMissing() {
        members.stream().filter(member -> !member.isAlive()).forEach(MemberProcess::start);
    }

    @Override
    public void close() {
        members.forEach(MemberProcess::close);
    }
}
