package io.pinion.sidecar.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a member last said of itself, in {@code status.json} of its directory. Immutable. */
final class MemberReport {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final JsonNode status;

    private MemberReport(final JsonNode status) {
        this.status = status;
    }

    static Path file(final Path directory) {
        return directory.resolve("status.json");
    }

    /** Reads it; null while there is none. */
    static MemberReport of(final Path directory) {
        try {
            final JsonNode status = MAPPER.readTree(Files.readAllBytes(file(directory)));
            return status.has("role") ? new MemberReport(status) : null;
        } catch (final IOException notYet) {
            return null;
        }
    }

    boolean isLeader() {
        return "leader".equalsIgnoreCase(status.path("role").asText());
    }

    /** As it is told of a member, after its name. */
    String role() {
        return isLeader() ? " leads" : " follows";
    }

    long term() {
        return status.path("term").asLong();
    }

    /** Where the newest snapshot was taken; 0 while there is none. */
    long snapshotPosition() {
        return status.path("hashedAt").asLong();
    }

    /** Of the newest snapshot, by section. */
    Map<String, String> hashes() {
        final Map<String, String> hashes = new LinkedHashMap<>();
        for (final JsonNode line : status.path("hashes")) {
            final String[] words = line.asText().split(" ", 2);
            hashes.put(words[0], words[words.length - 1]);
        }
        return hashes;
    }

    /** What was appended to each route, told so that equal ones are equal: how much, and a hash of the content. */
    Map<String, String> routes() {
        final Map<String, String> routes = new LinkedHashMap<>();
        for (final JsonNode route : status.path("routes")) {
            final JsonNode count = route.path("count");
            routes.put(
                    route.path("name").asText(),
                    "next " + count.path("next").asLong() + ", content "
                            + Long.toHexString(count.path("contentHash").asLong()));
        }
        return routes;
    }

    /** How many outputs are appended and not confirmed, of all routes together. */
    long unconfirmed() {
        long unconfirmed = 0;
        for (final JsonNode route : status.path("routes")) {
            final JsonNode count = route.path("count");
            unconfirmed +=
                    count.path("next").asLong() - 1 - count.path("confirmed").asLong();
        }
        return unconfirmed;
    }

    /** How many outputs of a route were dropped, since it was at its bound. */
    long dropped(final String name) {
        for (final JsonNode route : status.path("routes")) {
            if (route.path("name").asText().equals(name)) {
                return route.path("count").path("dropped").asLong();
            }
        }
        return 0;
    }

    /** Of the log, up to where it has come. */
    long position() {
        return status.path("position").asLong();
    }

    /** How many outputs of a route are appended, and not in this member's own file. */
    long unsettled(final String name) {
        for (final JsonNode route : status.path("routes")) {
            if (route.path("name").asText().equals(name)) {
                return route.path("count").path("next").asLong()
                        - 1
                        - route.path("settled").asLong();
            }
        }
        return 0;
    }

    /** In a line: its role, and of each route what is appended, confirmed, and settled here. */
    @Override
    public String toString() {
        final StringBuilder text = new StringBuilder(role().strip())
                .append(" in term ")
                .append(term())
                .append(", its newest snapshot is of ")
                .append(snapshotPosition());
        for (final JsonNode route : status.path("routes")) {
            final JsonNode count = route.path("count");
            text.append(", ")
                    .append(route.path("name").asText())
                    .append(' ')
                    .append(count.path("next").asLong() - 1)
                    .append('/')
                    .append(count.path("confirmed").asLong())
                    .append('/')
                    .append(route.path("settled").asLong());
        }
        return text.toString();
    }
}
