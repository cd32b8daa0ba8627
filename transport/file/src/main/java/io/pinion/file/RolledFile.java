package io.pinion.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.CloseHelper;

/**
 * An earlier part of a {@link KeptFile}, whose name says all that is to be known of it:
 *
 * <pre>
 *   dead-letters.000017-20261122T092456Z-8123.jsonl
 *                number  first line after  lines
 * </pre>
 */
final class RolledFile {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    final Path path;
    final long number;
    final long lines;
    final long bytes;

    /** As the clock was then; earlier, where that has turned out to be impossible. */
    long beganMs;

    /** Open as long as it may not be on disk yet; null afterwards. */
    private FileChannel unforced;

    RolledFile(
            final Path path,
            final long number,
            final long beganMs,
            final long lines,
            final long bytes,
            final FileChannel unforced) {
        this.path = path;
        this.number = number;
        this.beganMs = beganMs;
        this.lines = lines;
        this.bytes = bytes;
        this.unforced = unforced;
    }

    /** The name of a part. */
    static String name(final String file, final long number, final long beganMs, final long lines) {
        final int dot = dotOf(file);
        return String.format(
                "%s.%06d-%s-%d%s",
                file.substring(0, dot), number, TIME.format(Instant.ofEpochMilli(beganMs)), lines, file.substring(dot));
    }

    /** What the names of a file's parts match; groups for number, time and lines. */
    static Pattern pattern(final String file) {
        final int dot = dotOf(file);
        return Pattern.compile(Pattern.quote(file.substring(0, dot)) + "\\.(\\d{6,18})-(\\d{8}T\\d{6}Z)-(\\d{1,18})"
                + Pattern.quote(file.substring(dot)));
    }

    /** Reads a name that the pattern matched; null when its time is none. */
    static RolledFile of(final Path path, final Matcher name, final long bytes) {
        try {
            return new RolledFile(
                    path,
                    Long.parseLong(name.group(1)),
                    Instant.from(TIME.parse(name.group(2))).toEpochMilli(),
                    Long.parseLong(name.group(3)),
                    bytes,
                    null);
        } catch (final DateTimeParseException notOurs) {
            return null;
        }
    }

    private static int dotOf(final String file) {
        final int dot = file.lastIndexOf('.');
        return dot <= 0 ? file.length() : dot;
    }

    void force() throws IOException {
        if (unforced != null) {
            unforced.force(true);
            close();
        }
    }

    void close() {
        CloseHelper.quietClose(unforced);
        unforced = null;
    }
}
