package io.pinion.file;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.agrona.CloseHelper;
import org.agrona.concurrent.EpochClock;

/**
 * A file of lines that keeps to a {@link Retention}: at a sixteenth of its bound or age it is renamed, see
 * {@link RolledFile}, and a new one begun; the oldest go when all together come near the bound, or are too old. What an
 * earlier run left counts.
 *
 * <pre>
 *   dead-letters.jsonl                                where lines are added
 *   dead-letters.jsonl.since                          when that began; locked by who adds
 *   dead-letters.000017-20261122T092456Z-8123.jsonl   earlier lines
 *   ….jsonl.retired                                   no longer kept, on its way out
 * </pre>
 *
 * <p>Removing a large file takes long, so a retired one is shrunk piece by piece, between other work. One thread;
 * {@link #retired()} on any.
 */
final class KeptFile implements AutoCloseable {
    /** What is cut off at once of a file that is removed: about the work of writing as much. */
    static final int SHRINK_BYTES = 1 << 20;

    private static final long LOOK_MS = 1_000;
    private static final String SINCE = ".since";
    private static final String RETIRED = ".retired";
    private static final byte LINE_FEED = '\n';

    private final Path file;
    private final String name;
    private final Retention retention;
    private final EpochClock clock;
    private final FileChannel since;
    private final Deque<RolledFile> rolled = new ArrayDeque<>();
    private final Deque<Path> leaving = new ArrayDeque<>();

    private FileChannel channel;
    private boolean endsTorn;
    private boolean isRenamed;
    private long nextNumber = 1;
    private long rolledBytes;
    private long beganMs;
    private long lookAtMs;
    private long bytes;
    private long lines;
    private volatile long retired;

    /**
     * Opens it, with what an earlier run left, as far as that is still to be kept.
     *
     * @param wanted    where lines are added; a link is followed.
     * @param retention how much is kept.
     * @param clock     the wall clock.
     */
    KeptFile(final Path wanted, final Retention retention, final EpochClock clock) throws IOException {
        this.retention = retention;
        this.clock = clock;
        file = Files.exists(wanted) ? wanted.toRealPath() : wanted.toAbsolutePath();
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IOException("it is no regular file, which one that is kept to a bound has to be");
        }
        name = file.getFileName().toString();
        since = FileChannel.open(file.resolveSibling(name + SINCE), READ, WRITE, CREATE);
        try {
            requireAlone();
            findRolled();
            continueFile();
            retire();
        } catch (final IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private void requireAlone() throws IOException {
        try {
            if (since.tryLock() != null) {
                return;
            }
        } catch (final OverlappingFileLockException e) {
            // by this process
        }
        throw new IOException("another sidecar, or another target, adds lines to it already");
    }

    private void findRolled() throws IOException {
        final Pattern pattern = RolledFile.pattern(name);
        final List<RolledFile> found = new ArrayList<>();
        try (Stream<Path> siblings = Files.list(file.getParent())) {
            for (final Path sibling : (Iterable<Path>) siblings::iterator) {
                final String other = sibling.getFileName().toString();
                final String kept =
                        other.endsWith(RETIRED) ? other.substring(0, other.length() - RETIRED.length()) : other;
                final Matcher matcher = pattern.matcher(kept);
                if (!matcher.matches() || !Files.isRegularFile(sibling)) {
                    continue;
                }
                final RolledFile part = RolledFile.of(sibling, matcher, Files.size(sibling));
                if (part != null && kept.equals(other)) {
                    found.add(part);
                } else if (part != null) {
                    leaving.add(sibling);
                }
            }
        }
        found.sort(Comparator.comparingLong(part -> part.number));
        for (final RolledFile part : found) {
            add(part);
            nextNumber = part.number + 1;
        }
    }

    private void add(final RolledFile part) {
        rolled.addLast(part);
        rolledBytes += part.bytes;
    }

    private void continueFile() throws IOException {
        channel = FileChannel.open(file, CREATE, APPEND);
        lines = countLines();
        bytes = channel.size() + (endsTorn ? 1 : 0);
        if (bytes == 0) {
            begin();
        } else {
            beganMs = Math.min(readBegin(), clock.time());
            writeBegin();
        }
    }

    private long countLines() throws IOException {
        long counted = 0;
        try (FileChannel read = FileChannel.open(file, READ)) {
            final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
            byte last = LINE_FEED;
            while (read.read(buffer.clear()) > 0) {
                for (int i = 0; i < buffer.position(); i++) {
                    last = buffer.get(i);
                    counted += last == LINE_FEED ? 1 : 0;
                }
            }
            endsTorn = last != LINE_FEED;
            return endsTorn ? counted + 1 : counted;
        }
    }

    /** When the first line may have come; without a note of it, the file is at least as old as its last change. */
    private long readBegin() throws IOException {
        final ByteBuffer text = ByteBuffer.allocate(64);
        since.read(text, 0);
        try {
            return Instant.parse(new String(text.array(), 0, text.position(), US_ASCII).trim())
                    .toEpochMilli();
        } catch (final DateTimeParseException none) {
            return Files.getLastModifiedTime(file).toMillis();
        }
    }

    private void begin() throws IOException {
        beganMs = clock.time() / LOOK_MS * LOOK_MS;
        writeBegin();
    }

    /** Always of the same length, and written at once: a kill leaves the one before or this one. */
    private void writeBegin() throws IOException {
        final Instant began = Instant.ofEpochMilli(beganMs).truncatedTo(ChronoUnit.SECONDS);
        since.write(ByteBuffer.wrap((began + "\n").getBytes(US_ASCII)), 0);
    }

    /** Where to write; another one after {@link #roll()}. */
    FileChannel channel() {
        return channel;
    }

    /** Whether the last line an earlier run left has no end: then a line feed is to be written first. */
    boolean endsTorn() {
        return endsTorn;
    }

    /** Whether a new file has to be begun before so many bytes are added. */
    boolean isFull(final int moreBytes) {
        return isRenamed || bytes > 0 && bytes + moreBytes > retention.partBytes();
    }

    /** One line is going to be written. */
    void add(final int lengthBytes) {
        bytes += lengthBytes;
        lines++;
    }

    /**
     * Looks once a second at what has grown old, or was too large from the start; true when {@link #roll()} is to be called
     * for that.
     *
     * @param nowMs by the wall clock.
     */
    boolean isDue(final long nowMs) throws IOException {
        if (lookAtMs - nowMs > LOOK_MS) {
            wasSetBack(nowMs);
        } else if (nowMs < lookAtMs) {
            return false;
        }
        lookAtMs = nowMs + LOOK_MS;
        retire();
        if (bytes > retention.partBytes()) { // an earlier run had another bound, or none
            return true;
        }
        if (retention.partMs() == 0 || nowMs - beganMs < retention.partMs()) {
            return false;
        }
        if (bytes == 0 && !isRenamed) {
            begin();
            return false;
        }
        return true;
    }

    /** What seems to come from the future is of now at the latest: it would stay too long otherwise. */
    private void wasSetBack(final long nowMs) throws IOException {
        for (final RolledFile part : rolled) {
            part.beganMs = Math.min(part.beganMs, nowMs);
        }
        if (beganMs > nowMs) {
            begin();
        }
    }

    /** Begins a new file; all of the one there is has been written. What failed is done when it is called again. */
    void roll() throws IOException {
        while (shrink()) {
            Thread.onSpinWait(); // of the part before this one: hardly ever is anything left of it
        }
        if (!isRenamed) {
            rename();
        }
        channel = FileChannel.open(file, CREATE, APPEND);
        isRenamed = false;
        begin();
        retire();
    }

    private void rename() throws IOException {
        final Path part = file.resolveSibling(RolledFile.name(name, nextNumber, beganMs, lines));
        try {
            Files.move(file, part);
        } catch (final NoSuchFileException e) {
            // somebody took it elsewhere, which will be found when it is retired
        }
        add(new RolledFile(part, nextNumber++, beganMs, lines, bytes, channel));
        isRenamed = true;
        bytes = 0;
        lines = 0;
    }

    /** With room for the file that is being written and for one that is on its way out. */
    private void retire() throws IOException {
        final long nowMs = clock.time();
        while (!rolled.isEmpty()
                && (rolledBytes > retention.maxBytes() - 2 * retention.partBytes() || isTooOld(rolled.peek(), nowMs))) {
            final RolledFile oldest = rolled.peek();
            oldest.close();
            final Path out = oldest.path.resolveSibling(oldest.path.getFileName() + RETIRED);
            try {
                Files.move(oldest.path, out);
                leaving.addLast(out);
                retired = retired + oldest.lines;
            } catch (final NoSuchFileException e) {
                // somebody else removed it, or took it elsewhere
            }
            rolled.remove();
            rolledBytes -= oldest.bytes;
        }
    }

    private boolean isTooOld(final RolledFile part, final long nowMs) {
        return retention.keepFor() != null
                && nowMs - part.beganMs >= retention.keepFor().toMillis() - LOOK_MS;
    }

    /** Removes a piece of what is retired; true when it did. */
    boolean shrink() throws IOException {
        final Path out = leaving.peek();
        if (out == null) {
            return false;
        }
        try (FileChannel shrinking = FileChannel.open(out, WRITE)) {
            final long left = shrinking.size() - SHRINK_BYTES;
            if (left > 0) {
                shrinking.truncate(left);
                return true;
            }
        } catch (final NoSuchFileException e) {
            // somebody else removed it
        }
        Files.deleteIfExists(out);
        leaving.remove();
        return true;
    }

    /** Has the operating system put on disk what was written, wherever it is now. */
    void force() throws IOException {
        for (final RolledFile part : rolled) {
            part.force();
        }
        channel.force(true);
    }

    /** Lines that were removed to keep to the retention. Any thread. */
    long retired() {
        return retired;
    }

    /** What is retired and still there goes at the next start. */
    @Override
    public void close() {
        rolled.forEach(RolledFile::close);
        CloseHelper.quietClose(channel);
        CloseHelper.quietClose(since);
    }
}
