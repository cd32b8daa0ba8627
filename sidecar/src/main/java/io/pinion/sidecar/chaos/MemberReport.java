package io.pinion.sidecar.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a member last said of itself, in {@code status.json} of its directory. */
final class MemberReport {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final JsonNode status;

    private MemberReport(final JsonNode status) {
        this.status = status;
    }

    /** Reads it; null while there is none. */
    static MemberReport of(final Path directory) {
        final Path file = directory.resolve("status.json");
        try {
            return Files.exists(file) ? new MemberReport(MAPPER.readTree(file.toFile())) : null;
        } catch (final IOException halfWritten) {
            return null;
        }
    }

    /** Whether this process wrote it, and not the one before. */
    boolean isOf(final long processId) {
        return status.path("processId").asLong() == processId;
    }

    boolean isLeader() {
        return "leader".equalsIgnoreCase(status.path("role").asText());
    }

    /** As it is told of a member, after its name. */
    String role() {
        return isLeader() ? " leads" : " follows";
    }

    long position() {
        return status.path("position").asLong();
    }

    long term() {
        return status.path("term").asLong();
    }

    /** Where the newest snapshot was taken; 0 while there is none. */
    long snapshotPosition() {
        return status.path("hashes").path("position").asLong();
    }

    /** Of the newest snapshot, by section. */
    Map<String, String> hashes() {
        final Map<String, String> hashes = new LinkedHashMap<>();
        status.path("hashes")
                .path("sections")
                .properties()
                .forEach(section ->
                        hashes.put(section.getKey(), section.getValue().asText()));
        return hashes;
    }

    /** What was appended to each route, told so that equal ones are equal: count and hash of the content. */
    Map<String, String> routes() {
        final Map<String, String> routes = new LinkedHashMap<>();
        status.path("routes").properties().forEach(route -> {
            final JsonNode count = route.getValue();
            routes.put(
                    route.getKey(),
                    count.path("next").asText() + " "
                            + count.path("contentHash").asText());
        });
        return routes;
    }

    /** How many outputs of a route are appended and not confirmed, in all routes together. */
    long unconfirmed() {
        long unconfirmed = 0;
        for (final JsonNode count : status.path("routes")) {
            unconfirmed +=
                    count.path("next").asLong() - 1 - count.path("confirmed").asLong();
        }
        return unconfirmed;
    }

    /** How many outputs of a route are appended and not yet in this member's own file. */
    long unsettled(final String route) {
        final JsonNode count = status.path("routes").path(route);
        return count.path("next").asLong() - 1 - count.path("settled").asLong();
    }

    @Override
    public String toString() {
        return status.toString();
    }
}
