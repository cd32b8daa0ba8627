package io.pinion.jmh.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pinion.cluster.ClusterMember;
import io.pinion.jmh.job.Job;
import io.pinion.jmh.rig.Workplace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What runs on the members: the sidecar with the job's graph and the profiles of a cluster, or the bare echo. */
enum ClusterContender {
    ECHO {
        @Override
        List<String> command(final Workplace place, final MemberPlan plan, final int member) throws IOException {
            final Path file = place.folder().resolve("member-plan.json");
            new ObjectMapper().writeValue(file.toFile(), plan);
            return place.java(EchoMember.class, file, member);
        }

        @Override
        Path driverDirectory(final MemberPlan plan, final int member) {
            return EchoMember.driverDirectory(plan, member);
        }

        @Override
        ClusterEnd open(final MemberPlan plan) {
            return new EchoEnd(plan);
        }
    },
    PINION {
        @Override
        List<String> command(final Workplace place, final MemberPlan plan, final int member) throws IOException {
            return place.pinion(
                    "run",
                    place.jobJar() + ":" + Job.class.getPackageName() + "." + plan.graph(),
                    "--profile",
                    profile(place, plan, member),
                    "--table",
                    "items=" + place.items());
        }

        @Override
        Path driverDirectory(final MemberPlan plan, final int member) {
            return ClusterMember.driverDirectory(plan.directory(member)).toPath();
        }

        @Override
        ClusterEnd open(final MemberPlan plan) {
            return new PinionEnd(plan);
        }
    };

    /** How a member is started. */
    abstract List<String> command(Workplace place, MemberPlan plan, int member) throws IOException;

    /** Where a member's media driver has its buffers; a killed one leaves them there. */
    abstract Path driverDirectory(MemberPlan plan, int member);

    /** The rig's way to them. */
    abstract ClusterEnd open(MemberPlan plan);

    /** Who goes first takes turns. */
    static List<ClusterContender> inTurn(final int fork) {
        return fork % 2 == 0 ? List.of(ECHO, PINION) : List.of(PINION, ECHO);
    }

    /** In names of figures. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** In sentences. */
    String title() {
        return this == ECHO ? "The bare cluster's echo" : "Pinion";
    }

    /** The shipped profile with other places and times, all else as it is. */
    private static Path profile(final Workplace place, final MemberPlan plan, final int member) {
        final String name = "cluster-" + member;
        try {
            String text = Files.readString(place.home().resolve("configs/profiles/" + name + ".yaml"));
            text = Workplace.replaced(
                    text, "[127.0.0.1, 127.0.0.2, 127.0.0.3]", plan.hosts().toString());
            text = Workplace.replaced(text, "basePort: 20300", "basePort: " + plan.basePort());
            text = Workplace.replaced(
                    text, "out/" + name, plan.directory(member).toString());
            text = Workplace.replaced(text, "fileSyncLevel: 0", "fileSyncLevel: " + plan.fileSyncLevel());
            text = Workplace.replaced(text, "heartbeatTimeout: 2s", "heartbeatTimeout: " + plan.heartbeatMs() + "ms");
            text = Workplace.replaced(text, "snapshotEvery: 10min", "snapshotEvery: 24h"); // when they are asked for
            text = Workplace.replaced(text, "aeron:udp?endpoint=localhost:2{stream}", plan.outputs());
            return Files.writeString(place.folder().resolve(name + ".yaml"), text);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
