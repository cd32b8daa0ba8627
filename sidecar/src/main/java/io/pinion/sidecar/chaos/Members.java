package io.pinion.sidecar.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The members of one cluster, by number. One thread. */
final class Members implements AutoCloseable {
    /** How long the slowest machine may take for an election, or for a start. */
    static final Duration PATIENCE = Duration.ofSeconds(120);

    private final ClusterSetup setup;
    private final List<Path> profiles = new ArrayList<>();
    private final List<MemberProcess> members = new ArrayList<>();

    Members(
            final ClusterSetup setup,
            final MemberPlaces places,
            final MemberProfile profile,
            final ChaosNetwork network) {
        this.setup = setup;
        for (int i = 0; i < places.hosts().size(); i++) {
            final Path directory = setup.folder().resolve("member-" + i);
            profiles.add(profile.write(i, directory).toAbsolutePath());
            final List<String> command = new ArrayList<>(setup.pinion());
            command.addAll(
                    List.of("run", setup.graph(), "--profile", profiles.get(i).toString()));
            members.add(new MemberProcess(
                    i, command, setup.folder(), directory, setup.folder().resolve("member-" + i + ".log")));
        }
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
        return awaitLeaderBut(null);
    }

    /** Waits for a leader that is another one. */
    MemberProcess awaitLeaderBut(final MemberProcess old) {
        Waiting.until(
                () -> leaderBut(old) != null || alive().size() * 2 <= members.size(),
                PATIENCE,
                () -> "no member became leader" + (old == null ? "" : " after " + old.name()));
        final MemberProcess leader = leaderBut(old);
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

    private MemberProcess leaderBut(final MemberProcess old) {
        MemberProcess leader = null;
        long term = -1;
        for (final MemberProcess member : members) {
            final MemberReport report = member.isAlive() && member != old ? member.report() : null;
            if (report != null && report.isLeader() && report.term() > term) {
                term = report.term();
                leader = member;
            }
        }
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

    /** Starts each that does not run. */
    void startMissing() {
        members.stream().filter(member -> !member.isAlive()).forEach(MemberProcess::start);
    }

    @Override
    public void close() {
        members.forEach(MemberProcess::close);
    }
}
