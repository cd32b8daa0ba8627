package io.pinion.cluster;

import io.aeron.cluster.RecordingLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.ErrorHandler;

/**
 * Ends a member whose own copy of the log is not what was written: the archive has met it while it replayed the log, to
 * another member for example, which would ask for it without end. What this member itself would read again is looked through
 * before, by {@link SnapshotCheck}, which tells it in the same words. Any thread.
 */
final class DamagedLog implements ErrorHandler {
    private static final Pattern DAMAGE =
            Pattern.compile("(?:CRC checksum mismatch|unexpected end of recording) at position=(\\d+)"
                    + ".* recordingId=(\\d+),.* segmentFile=(\\S+)");

    private final ErrorHandler next;
    private final MemberDirectory directory;
    private final MemberConfig config;

    /**
     * Makes one.
     *
     * @param next      hears of all other errors, and of snapshots that are damaged: those are left out at the next start.
     * @param directory of this member.
     * @param config    of this member.
     */
    DamagedLog(final ErrorHandler next, final MemberDirectory directory, final MemberConfig config) {
        this.next = next;
        this.directory = directory;
        this.config = config;
    }

    @Override
    public void onError(final Throwable error) {
        final Matcher damage = DAMAGE.matcher(String.valueOf(error.getMessage()));
        if (!damage.find() || !isLog(Long.parseLong(damage.group(2)))) {
            next.onError(error);
            return;
        }
        config.halt.halt(
                sentence(
                        config,
                        new RecordingCheck.Damage(
                                Long.parseLong(damage.group(2)),
                                directory.archive().resolve(damage.group(3)),
                                Long.parseLong(damage.group(1)))),
                null);
    }

    private boolean isLog(final long recordingId) {
        final Path cluster = directory.cluster();
        if (!Files.exists(cluster.resolve(RecordingLog.RECORDING_LOG_FILE_NAME))) {
            return false;
        }
        try (RecordingLog log = new RecordingLog(cluster.toFile(), false)) {
            return log.entries().stream()
                    .anyMatch(entry -> entry.type == RecordingLog.ENTRY_TYPE_TERM && entry.recordingId == recordingId);
        }
    }

    /** What a person should know, and do. */
    static String sentence(final MemberConfig config, final RecordingCheck.Damage damage) {
        final boolean isAlone = config.endpoints.hosts().size() == 1;
        return "Member " + config.member + "'s copy of the log is damaged at position " + damage.position() + ": "
                + damage.file() + ", of recording " + damage.recordingId() + ", is not what was written there. "
                + (isAlone
                        ? "There is no other copy: put a back-up of " + config.directory
                                + " in its place; what was acknowledged after it was made is lost."
                        : "The others have equal copies: while they run, empty " + config.directory
                                + ", and seed it from one of them with \"pinion seed\".");
    }
}
