package io.pinion.sidecar.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Writes the profiles of a cluster's members, as an operator would. */
final class MemberProfile {
    private static final int SECRET_BYTES = 32;

    private final ClusterSetup setup;
    private final MemberPlaces places;
    private final Map<String, String> channels;
    private final int snapshotEvery;

    /**
     * For one cluster.
     *
     * @param channels      where each streamed target goes.
     * @param snapshotEvery in seconds.
     */
    MemberProfile(
            final ClusterSetup setup,
            final MemberPlaces places,
            final Map<String, String> channels,
            final int snapshotEvery) {
        this.setup = setup;
        this.places = places;
        this.channels = channels;
        this.snapshotEvery = snapshotEvery;
    }

    /** The secret of a role, the same for all members. */
    Path secret(final String role) {
        return setup.folder().resolve(role + ".secret");
    }

    void writeSecrets() {
        for (final String role : List.of("members", "clients")) {
            final byte[] bytes = new byte[SECRET_BYTES];
            new SecureRandom().nextBytes(bytes);
            write(secret(role), HexFormat.of().formatHex(bytes) + "\n");
        }
    }

    /** The profile of one member; its file. */
    Path write(final int member, final Path directory) {
        final int overflow = setup.overflow().routeEvents();
        final StringBuilder text = new StringBuilder()
                .append("# Member ")
                .append(member)
                .append(" of ")
                .append(places.hosts().size())
                .append(".\n")
                .append("cluster:\n")
                .append("  member: ")
                .append(member)
                .append("\n  hosts: [")
                .append(String.join(", ", places.hosts()))
                .append("]\n  basePort: ")
                .append(places.basePort())
                .append("\n  directory: ")
                .append(directory.toAbsolutePath())
                .append("\n  snapshotEvery: ")
                .append(snapshotEvery)
                .append(overflow == 0 ? "s" : "s\n  routeEvents: " + overflow)
                .append("\n  secrets:\n    members: ")
                .append(secret("members").toAbsolutePath())
                .append("\n    clients: ")
                .append(secret("clients").toAbsolutePath())
                .append(setup.layout() == null ? "" : "\nlayout: \"" + setup.layout() + '"')
                .append("\negress:\n");
        setup.files().forEach(target -> text.append("  ")
                .append(target)
                .append(":\n    file: ")
                .append(file(directory, target).toAbsolutePath())
                .append('\n'));
        channels.forEach((target, channel) -> text.append("  ")
                .append(target)
                .append(":\n    channel: ")
                .append(channel)
                .append("\n    stream: ")
                .append(LoadConsumer.STREAM)
                .append("\n    frames: json\n"));
        if (!setup.tables().isEmpty()) {
            text.append("tables:\n");
            setup.tables().forEach((table, file) -> text.append("  ")
                    .append(table)
                    .append(": ")
                    .append(file.toAbsolutePath())
                    .append('\n'));
        }
        return write(setup.folder().resolve("member-" + member + ".yaml"), text.toString());
    }

    /** Where a member writes the events of a target. */
    static Path file(final Path directory, final String target) {
        return directory.resolve("files").resolve(target + ".jsonl");
    }

    private static Path write(final Path file, final String text) {
        try {
            Files.createDirectories(file.getParent());
            return Files.writeString(file, text);
        } catch (final IOException unwritable) {
            throw new ChaosException(file + " can't be written: " + unwritable.getMessage(), unwritable);
        }
    }
}
