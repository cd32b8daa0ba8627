package io.pinion.sidecar;

import io.pinion.cluster.ReplicatedGraph;
import io.pinion.cluster.RouteTargets;
import io.pinion.engine.IngressAdapter;
import io.pinion.engine.Processor;
import io.pinion.engine.ReferenceTable;
import io.pinion.engine.SequencedTarget;
import io.pinion.file.SequencedFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** What a profile says that a replicated graph's names mean. */
final class ClusterEdges {
    private final Deployment<?> deployment;
    private final Map<String, EdgeAddress> egresses;

    ClusterEdges(final Deployment<?> deployment, final Map<String, EdgeAddress> egresses) {
        this.deployment = deployment;
        this.egresses = egresses;
        egresses.forEach((target, address) -> {
            if (address.kept() != null) {
                throw new SidecarException("the target " + target + " goes to " + address + ", of which only a part is"
                        + " to be kept; members of a cluster keep equal copies of a file, whole: take maxBytes and"
                        + " keepFor away, and move old lines elsewhere while the member is stopped.");
            }
        });
    }

    ReplicatedGraph<?> graph() {
        return graphOf(deployment);
    }

    private <E> ReplicatedGraph<E> graphOf(final Deployment<E> deployed) {
        final Processor.Builder<E> engine = deployed.processor();
        final Map<String, String> settings = new LinkedHashMap<>();
        settings.put("maxFrameBytes", Integer.toString(deployed.profile().maxFrameBytes()));
        egresses.forEach((target, address) -> {
            engine.format(target, address.outgoing());
            settings.put(
                    "format of " + target,
                    address.outgoing() == null
                            ? "as received"
                            : address.outgoing().name());
        });
        final Map<String, Supplier<IngressAdapter>> loaded = new LinkedHashMap<>();
        for (final ReferenceTable<?> table : deployed.graph().tables()) {
            final Path file = deployed.profile().tables().get(table.name());
            if (file != null) {
                loaded.put(
                        table.name(),
                        () -> TableFileAdapter.start(
                                table, file, deployed.profile().maxFrameBytes()));
            }
        }
        return new ReplicatedGraph<>(deployed.source().name(), deployed.graph(), engine, settings, loaded, this::open);
    }

    private SequencedTarget open(final String target, final int maxFrameBytes, final RouteTargets.Consumers consumers) {
        final EdgeAddress address = egresses.get(target);
        return address.isFile()
                ? new SequencedFile(
                        Path.of(address.file()),
                        maxFrameBytes,
                        deployment.profile().cluster().fileSyncLevel() > 0)
                : consumers.at(address.channel(), address.stream());
    }
}
