package io.pinion.jmh.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.pinion.jmh.rig.FarEnd;
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
        FarEnd open(final MemberPlan plan) {
            return new EchoEnd(plan);
        }
    },
    PINION {
        @Override
        List<String> command(final Workplace place, final MemberPlan plan, final int member) throws IOException {
            return place.pinion(
                    "run",
                    place.jobJar() + ":io.pinion.jmh.job.Job",
                    "--profile",
                    profile(place, plan, member),
                    "--table",
                    "items=" + place.items());
        }

        @Override
        FarEnd open(final MemberPlan plan) {
            return new PinionEnd(plan);
        }
    };

    /** How a member is started. */
    abstract List<String> command(Workplace place, MemberPlan plan, int member) throws IOException;

    /** The rig's way to them. */
    abstract FarEnd open(MemberPlan plan);

    String label() {
        return name().toLowerCase(Locale.ROOT);
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
            text = Workplace.replaced(text, "aeron:udp?endpoint=localhost:2{stream}", plan.outputs());
            return Files.writeString(place.folder().resolve(name + ".yaml"), text);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
