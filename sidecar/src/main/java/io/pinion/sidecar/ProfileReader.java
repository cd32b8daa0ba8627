package io.pinion.sidecar;

import io.pinion.cluster.ClusterMember;
import io.pinion.engine.FrameFormat;
import io.pinion.engine.Idle;
import io.pinion.engine.Layout;
import io.pinion.file.Retention;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a profile: all it can say, what each value has to look like, and what holds where it says nothing. */
final class ProfileReader {
    private static final int DEFAULT_RING_SLOTS = 256;
    private static final int DEFAULT_FRAME_BYTES = 64 * 1024;
    private static final int DEFAULT_TERM_BYTES = 1024 * 1024;
    private static final int FRAMES_PER_TERM = 8;
    private static final int DEFAULT_MTU_BYTES = 8 * 1024;
    private static final int MIN_TERM_BYTES = 64 * 1024;
    private static final int MAX_TERM_BYTES = 1024 * 1024 * 1024;
    private static final int MAX_MTU_BYTES = 65504;
    private static final int MAX_RING_SLOTS = 1 << 24;
    private static final int MIN_FRAME_BYTES = 64;
    private static final int MAX_FRAME_BYTES = 16 * 1024 * 1024;
    private static final long MIN_KEPT_BYTES = 16L * 1024 * 1024;
    private static final Duration MIN_KEPT_FOR = Duration.ofMinutes(1);
    private static final Duration MAX_KEPT_FOR = Duration.ofDays(36_525);
    private static final Duration DEFAULT_DRAIN = Duration.ofSeconds(10);
    private static final String DEFAULT_SPILL = "out/spill";

    private final String name;
    private final Path folder;

    private ProfileReader(final String name, final Path folder) {
        this.name = name;
        this.folder = folder;
    }

    /**
     * Reads one.
     *
     * @param name   as it was chosen.
     * @param file   what to call its lines by.
     * @param yaml   its content.
     * @param folder what the tables' files are relative to.
     * @return the profile.
     * @throws SidecarException with file and line, and what would be right.
     */
    static Profile read(final String name, final String file, final String yaml, final Path folder) {
        return new ProfileReader(name, folder).profile(YamlNode.parse(file, yaml));
    }

    private Profile profile(final YamlNode root) {
        final YamlSection section = new YamlSection(
                "a profile",
                root,
                "layout",
                "idle",
                "cores",
                "ringSlots",
                "maxFrameBytes",
                "drainTimeout",
                "spillDirectory",
                "aeron",
                "ingress",
                "egress",
                "tables",
                "cluster");
        final ClusterSettings cluster = ClusterSettings.read(section);
        final int frameBytes = frameBytes(section);
        final AeronSettings aeron = aeron(section);
        if (frameBytes > aeron.termLengthBytes() / FRAMES_PER_TERM) {
            throw section.wrong("\"maxFrameBytes\" is " + frameBytes + ", and Aeron takes an eighth of \"termLength\","
                    + " which is " + aeron.termLengthBytes() + ": raise termLength below aeron, or lower"
                    + " maxFrameBytes.");
        }
        if (cluster != null && frameBytes > ClusterMember.mostFrameBytes()) {
            throw section.wrong("\"maxFrameBytes\" is " + frameBytes + ", and the ingress of a cluster takes "
                    + ClusterMember.mostFrameBytes() + " bytes: lower maxFrameBytes.");
        }
        return new Profile(
                name,
                section.parsed("layout", null, Layout::parse),
                section.parsed("idle", Idle.BACKOFF, Idle::named),
                section.list("cores").stream()
                        .map(core -> YamlSection.integer("cores", core))
                        .toList(),
                ringSlots(section),
                frameBytes,
                section.duration("drainTimeout", DEFAULT_DRAIN),
                Path.of(section.text("spillDirectory", DEFAULT_SPILL)),
                aeron,
                cluster == null ? edges(section, "ingress") : clusterIngress(section),
                edges(section, "egress"),
                tables(section),
                cluster);
    }

    /** All of a graph's sources are producers of the cluster. */
    private static Map<String, EdgeAddress> clusterIngress(final YamlSection section) {
        if (section.has("ingress")) {
            throw section.node("ingress")
                    .wrong("the profile has a cluster, whose producers send to the first port of each member: take"
                            + " \"ingress\" away.");
        }
        return Map.of(Profile.ALL_OTHERS, EdgeAddress.ofStream("the cluster's producers", 0, List.of()));
    }

    private static int ringSlots(final YamlSection section) {
        final int slots = section.integer("ringSlots", DEFAULT_RING_SLOTS);
        if (Integer.bitCount(slots) != 1 || slots > MAX_RING_SLOTS) {
            throw section.node("ringSlots")
                    .wrong("\"ringSlots\" has to be a power of two up to " + MAX_RING_SLOTS
                            + ", such as 1024 or 4096; it is " + slots + ".");
        }
        return slots;
    }

    private static int frameBytes(final YamlSection section) {
        final int bytes = section.bytes("maxFrameBytes", DEFAULT_FRAME_BYTES);
        if (bytes < MIN_FRAME_BYTES || bytes > MAX_FRAME_BYTES) {
            throw section.node("maxFrameBytes")
                    .wrong("\"maxFrameBytes\" has to be from " + MIN_FRAME_BYTES + " to 16m; it is " + bytes + ".");
        }
        return bytes;
    }

    private static AeronSettings aeron(final YamlSection profile) {
        if (!profile.has("aeron")) {
            return new AeronSettings(true, null, DEFAULT_TERM_BYTES, DEFAULT_MTU_BYTES);
        }
        final YamlSection section =
                new YamlSection("aeron", profile.node("aeron"), "driver", "directory", "termLength", "mtu");
        final String driver = section.text("driver", "embedded");
        if (!Set.of("embedded", "external").contains(driver)) {
            throw section.node("driver")
                    .wrong("\"driver\" has to be embedded (inside this process) or external (it runs already, in"
                            + " \"directory\"); it is \"" + driver + "\".");
        }
        final boolean embedded = driver.equals("embedded");
        final String directory = section.text("directory", null);
        if (!embedded && directory == null) {
            throw section.wrong("with \"driver: external\", say in \"directory\" where that driver is, such as"
                    + " /dev/shm/aeron-me.");
        }
        final int termLength = section.bytes("termLength", DEFAULT_TERM_BYTES);
        if (Integer.bitCount(termLength) != 1 || termLength < MIN_TERM_BYTES || termLength > MAX_TERM_BYTES) {
            throw section.node("termLength")
                    .wrong("\"termLength\" has to be a power of two from 64k to 1g, such as 4m; it is " + termLength
                            + ".");
        }
        final int mtu = section.bytes("mtu", DEFAULT_MTU_BYTES);
        if (mtu % 32 != 0 || mtu < 64 || mtu > MAX_MTU_BYTES) {
            throw section.node("mtu")
                    .wrong("\"mtu\" has to be a multiple of 32 from 64 to " + MAX_MTU_BYTES
                            + ", such as 1408 or 8k; it is " + mtu + ".");
        }
        return new AeronSettings(embedded, directory, termLength, mtu);
    }

    private static Map<String, EdgeAddress> edges(final YamlSection profile, final String which) {
        final Map<String, EdgeAddress> edges = new LinkedHashMap<>();
        profile.named(which)
                .forEach((edge, node) ->
                        edges.put(edge, which.equals("ingress") ? ingress(edge, node) : egress(edge, node)));
        return edges;
    }

    private static EdgeAddress ingress(final String edge, final YamlNode node) {
        final YamlSection section = new YamlSection("the ingress " + edge, node, "channel", "stream", "frames");
        requireStream(section, edge);
        final Set<FrameFormat> frames = EnumSet.noneOf(FrameFormat.class);
        for (final YamlNode format : section.list("frames")) {
            frames.add(format(format, "wire or json, or both as [wire, json]"));
        }
        return EdgeAddress.ofStream(
                channel(section),
                section.integer("stream", 0),
                frames.isEmpty() ? List.of(FrameFormat.values()) : List.copyOf(frames));
    }

    private static EdgeAddress egress(final String edge, final YamlNode node) {
        final YamlSection section = new YamlSection(
                "the egress " + edge, node, "channel", "stream", "frames", "file", "maxBytes", "keepFor");
        if (section.has("file")) {
            if (section.has("channel") || section.has("stream") || section.has("frames")) {
                throw section.wrong("the egress " + edge + " has a file, which takes JSON lines: give it no channel,"
                        + " stream or frames, or no file.");
            }
            return EdgeAddress.ofFile(section.text("file", null), retention(section));
        }
        if (section.has("maxBytes") || section.has("keepFor")) {
            throw section.wrong(
                    "the egress " + edge + " has no file, and \"maxBytes\" and \"keepFor\" are for one: what"
                            + " a stream's consumer can't take is its policy's affair. Give it a file, or take them away.");
        }
        requireStream(section, edge);
        final List<FrameFormat> frames = new ArrayList<>();
        if (section.has("frames") && !section.text("frames", "").equals("as-received")) {
            frames.add(format(section.node("frames"), "as-received, wire or json"));
        }
        return EdgeAddress.ofStream(channel(section), section.integer("stream", 0), frames);
    }

    /** @return null when all is kept. */
    private static Retention retention(final YamlSection section) {
        final long maxBytes = section.size("maxBytes", Long.MAX_VALUE);
        if (maxBytes < MIN_KEPT_BYTES) {
            throw section.node("maxBytes")
                    .wrong("\"maxBytes\" has to be 16m or more, such as 256m; it is " + section.text("maxBytes", null)
                            + ".");
        }
        final Duration keepFor = section.duration("keepFor", null);
        if (keepFor != null && (keepFor.compareTo(MIN_KEPT_FOR) < 0 || keepFor.compareTo(MAX_KEPT_FOR) > 0)) {
            throw section.node("keepFor")
                    .wrong("\"keepFor\" has to be from 1min to " + MAX_KEPT_FOR.toDays()
                            + "d, such as 12h or 30d; it is " + section.text("keepFor", null) + ".");
        }
        return maxBytes == Long.MAX_VALUE && keepFor == null ? null : new Retention(maxBytes, keepFor);
    }

    private static void requireStream(final YamlSection section, final String edge) {
        if (!section.has("channel") || !section.has("stream")) {
            throw section.wrong(section + " needs a channel and a stream, such as"
                    + " {channel: \"aeron:udp?endpoint=localhost:20121\", stream: 1001}"
                    + (section.toString().startsWith("the egress") ? ", or a file." : "."));
        }
    }

    private static String channel(final YamlSection section) {
        final String channel = section.text("channel", null);
        if (!channel.startsWith("aeron:")) {
            throw section.node("channel")
                    .wrong("\"channel\" has to be an Aeron URI, such as aeron:udp?endpoint=localhost:20121 or"
                            + " aeron:ipc; it is \"" + channel + "\".");
        }
        return channel;
    }

    private static FrameFormat format(final YamlNode value, final String right) {
        if ("wire".equals(value.text())) {
            return FrameFormat.WIRE;
        }
        if ("json".equals(value.text())) {
            return FrameFormat.JSON;
        }
        throw value.wrong("\"frames\" has to be " + right + "; it is \"" + value.text() + "\".");
    }

    private Map<String, Path> tables(final YamlSection profile) {
        final Map<String, Path> tables = new LinkedHashMap<>();
        profile.named("tables").forEach((table, node) -> {
            if (node.text() == null || node.text().isEmpty()) {
                throw node.wrong("the table " + table + " needs a file, as in \"" + table + ": " + table + ".jsonl\".");
            }
            tables.put(table, folder.resolve(node.text()));
        });
        return tables;
    }
}
