package io.pinion.file;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.pinion.engine.EdgeException;
import io.pinion.engine.EgressPublisher;
import io.pinion.engine.Frame;
import io.pinion.engine.FrameFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.CloseHelper;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.SystemEpochClock;

/**
 * Writes JSON frames to a file, one a line. What was accepted is in this process's memory until its buffer is full or
 * the thread idle, then with the operating system, and on disk once {@link #isDrained()} said true.
 *
 * <p>Used by one thread; {@link #whyWaiting()} and {@link #writtenBytes()} may be called on any.
 */
public final class JsonLinesPublisher implements EgressPublisher {
    /** What becomes of a file that exists already. */
    public enum Existing {
        /** It is left alone, and opening fails. */
        REFUSE,
        /** It is emptied. */
        REPLACE,
        /** Lines are added at its end; where that is a line torn by a crash, on a line of their own. */
        APPEND
    }

    /** What happens when the file can't be written, because the disk is full for example. */
    public enum WhenFailing {
        /** Frames are refused, and writing is tried again, at most each 100 ms, until it works: for live traffic. */
        WAIT,
        /** An {@link EdgeException}: for replays. */
        FAIL
    }

    /** The buffer where nothing else is said: a write to the operating system for each so many bytes. */
    public static final int DEFAULT_BUFFER_BYTES = 1 << 20;

    private static final long RETRY_NS = MILLISECONDS.toNanos(100);
    private static final byte LINE_FEED = '\n';

    private final Path file;
    private final WhenFailing whenFailing;
    private final KeptFile kept;
    private final EpochClock clock;
    private final boolean isOnDisk;
    private final ByteBuffer buffer;

    private FileChannel channel;

    /** In the buffer, {@code [writtenTo, filledTo)} is yet to be written. */
    private int writtenTo;

    private int filledTo;
    private boolean wasOffered;
    private boolean isForced;
    private long retryAtNs;
    private String problem;
    private volatile String failure;
    private volatile long writtenBytes;

    /**
     * Opens the file, with a buffer of {@link #DEFAULT_BUFFER_BYTES}.
     *
     * @param file        where to; directories that are missing are made.
     * @param existing    what becomes of one that is there.
     * @param whenFailing what happens when it can't be written later.
     * @throws EdgeException when it can't be opened.
     */
    public JsonLinesPublisher(final Path file, final Existing existing, final WhenFailing whenFailing) {
        this(file, existing, whenFailing, DEFAULT_BUFFER_BYTES);
    }

    /**
     * Opens the file.
     *
     * @param file        where to; directories that are missing are made.
     * @param existing    what becomes of one that is there.
     * @param whenFailing what happens when it can't be written later.
     * @param bufferBytes how much to write at once; the longest frame is one byte less.
     * @throws EdgeException when it can't be opened.
     */
    public JsonLinesPublisher(
            final Path file, final Existing existing, final WhenFailing whenFailing, final int bufferBytes) {
        this.file = file;
        this.whenFailing = whenFailing;
        kept = null;
        clock = null;
        buffer = ByteBuffer.allocateDirect(bufferBytes);
        FileChannel opened = null;
        try {
            makeDirectories(file);
            final boolean endsTorn = existing == Existing.APPEND && endsTorn(file);
            opened = FileChannel.open(file, optionsFor(existing));
            isOnDisk = Files.isRegularFile(file);
            if (endsTorn) {
                buffer.put(filledTo++, LINE_FEED);
            }
        } catch (final IOException e) {
            CloseHelper.quietClose(opened);
            throw new EdgeException(sentenceForUnopened(e), e);
        }
        channel = opened;
    }

    private JsonLinesPublisher(
            final Path file, final Retention retention, final int bufferBytes, final EpochClock clock) {
        this.file = file;
        this.clock = clock;
        whenFailing = WhenFailing.WAIT;
        isOnDisk = true;
        if (bufferBytes > retention.partBytes()) {
            throw new EdgeException("Can't keep " + file + " to " + retention.maxBytes() + " bytes: a line can have "
                    + bufferBytes + "; allow " + (long) Retention.PARTS * bufferBytes + " or more.");
        }
        buffer = ByteBuffer.allocateDirect(bufferBytes);
        try {
            makeDirectories(file);
            kept = new KeptFile(file, retention, clock);
        } catch (final IOException e) {
            throw new EdgeException(sentenceForUnopened(e), e);
        }
        channel = kept.channel();
        if (kept.endsTorn()) {
            buffer.put(filledTo++, LINE_FEED);
        }
    }

    /**
     * Opens a file for live traffic ({@link Existing#APPEND}, {@link WhenFailing#WAIT}) that is kept to a bound: parts of it
     * are renamed as they fill or grow old, and the oldest removed and counted. What an earlier run left counts.
     *
     * @param file      where to; a regular file, to which nobody else adds lines.
     * @param retention how much is kept; of the bytes sixteen times the buffer or more.
     * @return open.
     * @throws EdgeException when it can't be opened.
     */
    public static JsonLinesPublisher kept(final Path file, final Retention retention) {
        return kept(file, retention, DEFAULT_BUFFER_BYTES, SystemEpochClock.INSTANCE);
    }

    static JsonLinesPublisher kept(
            final Path file, final Retention retention, final int bufferBytes, final EpochClock clock) {
        return new JsonLinesPublisher(file, retention, bufferBytes, clock);
    }

    private static void makeDirectories(final Path file) throws IOException {
        if (file.toAbsolutePath().getParent() != null) {
            Files.createDirectories(file.toAbsolutePath().getParent());
        }
    }

    private String sentenceForUnopened(final IOException e) {
        final String sentence = "Can't open " + file + " to write: ";
        if (e instanceof FileAlreadyExistsException existing && !Files.isDirectory(file)) {
            return existing.getFile() != null && !Path.of(existing.getFile()).equals(file)
                    ? sentence + existing.getFile() + " is not a directory; name another place."
                    : file + " exists already and is left alone: name another file, or force it to be replaced.";
        }
        return sentence + (Files.isDirectory(file) ? "it is a directory" : Reason.of(e))
                + "; name a file in a directory that this user may write to.";
    }

    private static OpenOption[] optionsFor(final Existing existing) {
        return switch (existing) {
            case REFUSE -> new OpenOption[] {StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW};
            case REPLACE ->
                new OpenOption[] {
                    StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING
                };
            case APPEND -> new OpenOption[] {StandardOpenOption.CREATE, StandardOpenOption.APPEND};
        };
    }

    private static boolean endsTorn(final Path file) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) == 0) {
            return false;
        }
        try (FileChannel read = FileChannel.open(file, StandardOpenOption.READ)) {
            final ByteBuffer last = ByteBuffer.allocate(1);
            return read.read(last, read.size() - 1) == 1 && last.get(0) != LINE_FEED;
        }
    }

    /** Takes a JSON frame; line feeds within, which JSON allows only between its tokens, become spaces. */
    @Override
    public boolean offer(final Frame frame, final long dueNs) {
        final int lengthBytes = frame.lengthBytes();
        if (frame.format() != FrameFormat.JSON || lengthBytes > maxFrameBytes()) {
            throw new EdgeException(sentenceForUnfit(frame));
        }
        if (buffer.capacity() - filledTo <= lengthBytes && !flush()) {
            return false;
        }
        if (kept != null) {
            if (kept.isFull(lengthBytes + 1) && !roll()) {
                return false;
            }
            kept.add(lengthBytes + 1);
        }
        buffer.put(filledTo, frame.array(), 0, lengthBytes);
        removeLineBreaks(frame.array(), lengthBytes, LINE_FEED);
        removeLineBreaks(frame.array(), lengthBytes, (byte) '\r');
        buffer.put(filledTo + lengthBytes, LINE_FEED);
        filledTo += lengthBytes + 1;
        wasOffered = true;
        isForced = false;
        return true;
    }

    private String sentenceForUnfit(final Frame frame) {
        return frame.format() == FrameFormat.JSON
                ? "A frame of " + frame.lengthBytes() + " bytes is too long for " + file + ", which takes "
                        + maxFrameBytes() + ": give it a larger buffer."
                : "A frame in " + frame.format() + " format can't be a line of " + file
                        + ": files take JSON only, so have it encoded as JSON for this target.";
    }

    private void removeLineBreaks(final byte[] frame, final int lengthBytes, final byte lineBreak) {
        int at = LineBreaks.indexOf(frame, 0, lengthBytes, lineBreak);
        while (at < lengthBytes) {
            buffer.put(filledTo + at, (byte) ' ');
            at = LineBreaks.indexOf(frame, at + 1, lengthBytes, lineBreak);
        }
    }

    /**
     * Writes what is buffered when nothing was offered since the last call; where the file is kept to a bound, looks after
     * that.
     */
    @Override
    public int doWork() {
        return (kept == null ? 0 : lookAfterKept()) + writeWhenIdle();
    }

    private int lookAfterKept() {
        try {
            if (kept.isDue(clock.time())) {
                return roll() ? 1 : 0;
            }
            return kept.shrink() ? 1 : 0;
        } catch (final IOException e) {
            failed(e);
            return 0;
        }
    }

    private int writeWhenIdle() {
        if (wasOffered && failure == null) {
            wasOffered = false;
            return 0;
        }
        wasOffered = false;
        if (writtenTo == filledTo) {
            return 0;
        }
        return flush() ? 1 : 0;
    }

    /** Writes all that is buffered, unless it is too early to try again. */
    private boolean flush() {
        if (failure != null && System.nanoTime() - retryAtNs < 0) {
            return false;
        }
        try {
            while (writtenTo < filledTo) {
                final int written = channel.write(buffer.limit(filledTo).position(writtenTo));
                writtenTo += written;
                writtenBytes = writtenBytes + written;
            }
        } catch (final IOException e) {
            failed(e);
            return false;
        } finally {
            buffer.clear();
        }
        writtenTo = 0;
        filledTo = 0;
        failure = null;
        return true;
    }

    /** Begins a new file, once all is in the one there is. */
    private boolean roll() {
        if (!flush()) {
            return false;
        }
        try {
            kept.roll();
            channel = kept.channel();
            isForced = false;
            return true;
        } catch (final IOException e) {
            channel = kept.channel(); // it may have got that far
            failed(e);
            return false;
        }
    }

    private void failed(final IOException e) {
        if (whenFailing == WhenFailing.FAIL || !channel.isOpen()) {
            throw new EdgeException(
                    "Can't write " + file + ": " + Reason.of(e) + "; " + writtenBytes
                            + " bytes of this run are in it and more is missing: see to that and run again.",
                    e);
        }
        final String help = Reason.isFull(e) ? "free some space" : "see to that";
        problem = "can't write " + file + ": " + Reason.of(e);
        failure = problem + "; " + help + ", it goes on by itself";
        retryAtNs = System.nanoTime() + RETRY_NS;
    }

    /** Writes all that was accepted, and has the operating system put it on disk. */
    @Override
    public boolean isDrained() {
        if (!isForced && flush()) {
            try {
                if (kept != null) {
                    kept.force();
                } else if (isOnDisk) { // a pipe or a device can't be forced
                    channel.force(true);
                }
                isForced = true;
            } catch (final IOException e) {
                // Not tried again: the operating system forgets what it could not put on disk, and would say yes.
                throw new EdgeException(
                        "Can't put " + file + " on disk: " + Reason.of(e)
                                + "; see to the disk, and check the end of the file.",
                        e);
            }
        }
        return isForced;
    }

    @Override
    public int maxFrameBytes() {
        return buffer.capacity() - 1;
    }

    @Override
    public String whyWaiting() {
        final String why = failure;
        return why == null ? file + " takes what comes" : why;
    }

    @Override
    public long retired() {
        return kept == null ? 0 : kept.retired();
    }

    /**
     * How much this run wrote.
     *
     * @return bytes the operating system took.
     */
    public long writtenBytes() {
        return writtenBytes;
    }

    /**
     * Writes what is still buffered, once, and closes the file.
     *
     * @throws EdgeException when some of what was accepted could not be written: it is lost.
     */
    @Override
    public void close() {
        if (!channel.isOpen()) {
            return;
        }
        retryAtNs = System.nanoTime();
        try {
            if (!flush()) {
                throw new EdgeException(
                        "The last " + (filledTo - writtenTo) + " bytes for " + file + " are lost: " + problem + ".");
            }
        } finally {
            CloseHelper.quietClose(channel);
            CloseHelper.quietClose(kept);
        }
    }
}
