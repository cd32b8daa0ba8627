package io.pinion.sidecar;

import io.pinion.cluster.MemberSeed;
import io.pinion.engine.EdgeException;
import io.pinion.file.SequencedFile;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pinion seed}: fills the empty disk of a member. */
@Command(
        name = "seed",
        description = {
            "Fills the empty disk of a member, which doesn't run, from another member's disk: its newest snapshot, what"
                    + " targets have yet to take, and its files. Then pinion run starts it, and it catches up.",
            "The other member may go on running. Its disk has to be in reach as files, mounted for example; or run this"
                    + " on its host, for a directory that you then carry over. A copy of a member's disk that was made by"
                    + " other means does too, if the member was stopped.",
            "It needs a snapshot: pinion snapshot takes one. Start the seeded member before two more are taken, for"
                    + " then the log before them is gone; and until it has caught up, stop no other member."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  pinion seed Feedback --profile cluster-2 --from cluster-0 --root /mnt/host0",
            "  pinion run Feedback --profile cluster-2"
        })
final class SeedCommand implements Callable<Integer> {
    @Mixin
    private GraphOptions options;

    @Option(
            names = "--from",
            paramLabel = "NAME|FILE",
            required = true,
            description = "The profile of a member that has what this one lacks: it says where its files lie.")
    private String from;

    @Option(
            names = "--root",
            paramLabel = "DIR",
            description = "Where the other member's paths begin here, such as the place where its disk is mounted.")
    private Path root;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        final Deployment<?> deployment = Deployment.of(options, null);
        deployment.requireNoProblems();
        final Profile other = Profiles.load(from);
        final ClusterSettings own = clusterOf(deployment.profile());
        requireSameCluster(own, clusterOf(other));
        final Map<String, EdgeAddress> egresses = deployment.profile().egressesOf(deployment.graph());
        final Map<Path, Path> files = filesToCopy(egresses, other.egressesOf(deployment.graph()));
        final long position;
        try {
            position = MemberSeed.fill(
                    own.memberConfig(deployment.profile().idle()),
                    new ClusterEdges(deployment, egresses).graph(),
                    here(clusterOf(other).directory()),
                    () -> files.forEach(SequencedFile::copy));
        } catch (final EdgeException failed) {
            throw new SidecarException(failed.getMessage(), failed);
        }
        final PrintWriter out = spec.commandLine().getOut();
        out.println("member " + own.member() + " is seeded in " + own.directory() + ", from member "
                + clusterOf(other).member() + " at position " + position + " of the log, with " + files.size()
                + (files.size() == 1 ? " file" : " files"));
        out.flush();
        return 0;
    }

    private static ClusterSettings clusterOf(final Profile profile) {
        if (profile.cluster() == null) {
            throw new SidecarException("the profile " + profile.name() + " has no cluster: name that of a member.");
        }
        return profile.cluster();
    }

    private static void requireSameCluster(final ClusterSettings own, final ClusterSettings other) {
        if (own.member() == other.member() || !own.hosts().equals(other.hosts())) {
            throw new SidecarException("the profiles are of member " + own.member() + " of " + own.hosts()
                    + ", and of member " + other.member() + " of " + other.hosts()
                    + ": they have to be of two members of one cluster.");
        }
    }

    private Map<Path, Path> filesToCopy(final Map<String, EdgeAddress> own, final Map<String, EdgeAddress> others) {
        final Map<Path, Path> files = new LinkedHashMap<>();
        own.forEach((target, address) -> {
            if (address.isFile()) {
                final Path to = Path.of(address.file());
                if (Files.exists(to)) {
                    throw new SidecarException("there is " + to + " already, where a copy of the other member's file"
                            + " of the target " + target + " is to be: move it away.");
                }
                if (!others.get(target).isFile()) {
                    throw new SidecarException("the target " + target + " goes to " + to
                            + ", and at the other member to " + others.get(target)
                            + ": members of a cluster deliver to the same kind of target.");
                }
                files.put(here(Path.of(others.get(target).file())), to);
            }
        });
        return files;
    }

    /** Where a path of the other member's is to be found from here. */
    private Path here(final Path path) {
        return root == null
                ? path
                : root.resolve(path.isAbsolute() ? path.getRoot().relativize(path) : path);
    }
}
