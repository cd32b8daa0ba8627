package io.pinion.cluster;

import io.aeron.archive.Archive;
import io.aeron.archive.ArchiveTool;
import io.aeron.archive.client.ArchiveException;
import io.pinion.engine.EdgeException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Launches a member's archive; where a recording ends in the middle of a fragment, that fragment is cut off first. A full disk
 * leaves one, and a kill in the middle of a write; the archive refuses to begin with it.
 *
 * <pre>
 *   recording  ──┬──────────┬──────────┬─────┄┄┄┄┐
 *                │ fragment │ fragment │ torn    │ 0 0 0 …
 *                └──────────┴──────────┴─────┄┄┄┄┘
 *                                      ▲ recorded position: nothing behind it was ever told to anybody
 * </pre>
 *
 * <p>Nothing that was acknowledged is cut. As Aeron 1.51 has it, {@code RecordingSession} moves the recorded position only
 * after {@code RecordingWriter} has written a whole block, and a block that fails ends the recording; a member tells the
 * leader that position as what it has appended, and commits and acknowledges up to what a majority has. So what is torn lies
 * behind all that this member ever counted for: alone, it was not acknowledged; one of several, it was by the others, or not
 * at all, and comes back from the leader. What is cut is the last fragment that has a length, and only where its checksum is
 * wrong and one of its pages empty, which no fragment is that was written whole; the padding at the end of a term has none,
 * and counts only once the segment behind it is there. A snapshot is listed after its recordings were complete, so one that
 * is torn is none that would be used. Route logs are no part of it: they are written in place, in segments that got their
 * room before, and have what was taken in of messages that were committed.
 */
final class TornRecordings {
    private static final String TORN = "incomplete last fragment";
    private static final Pattern SEGMENT = Pattern.compile("(\\d+)-\\d+\\.rec");
    private static final int NONE = -1;

    /** Aeron's name of the one that archives of members have. */
    private static final String CHECKSUM = "CRC-32C";

    private final Path archive;
    private final Consumer<String> tell;

    /**
     * Makes it.
     *
     * @param archive its directory, which the caller has locked.
     * @param tell    for what was cut off.
     */
    TornRecordings(final Path archive, final Consumer<String> tell) {
        this.archive = archive;
        this.tell = tell;
    }

    /**
     * Launches.
     *
     * @param contexts a new one each time.
     * @return running.
     * @throws EdgeException when more is wrong with a recording than its last fragment.
     */
    Archive launch(final Supplier<Archive.Context> contexts) {
        final Set<Long> cut = new HashSet<>();
        while (true) {
            try {
                return Archive.launch(contexts.get());
            } catch (final ArchiveException refused) {
                final long recording = tornRecording(refused);
                if (recording == NONE || !cut.add(recording)) {
                    throw refused;
                }
                cutOff(recording);
            }
        }
    }

    /** Each refusal names the first one it comes to. */
    private static long tornRecording(final ArchiveException refused) {
        final String message = String.valueOf(refused.getMessage());
        final Matcher segment = SEGMENT.matcher(message);
        return message.contains(TORN) && segment.find() ? Long.parseLong(segment.group(1)) : NONE;
    }

    private void cutOff(final long recording) {
        final PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        final boolean isWhole =
                ArchiveTool.verifyRecording(nowhere, archive.toFile(), recording, Set.of(), CHECKSUM, segment -> {
                    tell.accept(
                            "The last fragment in " + segment + " was not written whole, as when a disk is full, and is"
                                    + " cut off: nothing in it was acknowledged.");
                    return true;
                });
        if (!isWhole) {
            throw new EdgeException(
                    "Recording " + recording + " in " + archive + " is damaged, and not only at its end:"
                            + " empty the member's directory, and seed it from another member with \"pinion seed\".");
        }
    }
}
