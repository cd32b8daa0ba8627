package io.pinion.engine.routelog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Opens the segments of a directory, finds where the log ends, and cuts off what was not finished.
 *
 * <p>A process that dies leaves whole records only, so without a new start of the machine only the last segment is looked
 * through. After one, what lies behind the forced mark may be missing in any places: all of it is looked through, and cut at
 * the first record that isn't whole. Anywhere else a record that doesn't check, with whole ones behind it, is damage: it is
 * told and left in place, for the reader to refuse; only where nothing whole follows is it cut.
 */
final class Recovery {
    private static final Pattern SEGMENT_FILE = Pattern.compile("[0-9a-f]{16}\\.log");
    private static final int LENGTH_OFFSET = 48;

    private final RouteLogConfig config;
    private final MarkFile marks;
    private final boolean restarted;
    private final long forcedPosition;
    private final Checksum checksum = new Checksum();
    private final Zeros zeros = new Zeros();
    private final List<Segment> segments = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private int end = Segment.HEADER_BYTES;
    private boolean ended;
    private long nextSequence;
    private long payloadBytes;
    private long newestLogTimeUs;

    private final ConfirmedWalk confirmedWalk = new ConfirmedWalk(new Checksum());

    Recovery(final RouteLogConfig config, final MarkFile marks) {
        this.config = config;
        this.marks = marks;
        restarted = marks.forced().isSet() && marks.forced().detail() != config.bootId();
        forcedPosition = marks.forced().position();
    }

    static Path fileOf(final Path directory, final long number) {
        return directory.resolve(RouteLog.hex(number) + ".log");
    }

    static boolean isSegment(final Path file) {
        return SEGMENT_FILE.matcher(file.getFileName().toString()).matches();
    }

    void run() throws IOException {
        note(marks.confirmed().fault());
        note(marks.forced().fault());
        openFiles();
        int index = restarted ? 0 : segments.size() - 1;
        for (; index >= 0 && index < segments.size(); index++) {
            final Segment segment = segments.get(index);
            if (segment.number() >= forcedPosition >>> 32 || index == segments.size() - 1) {
                scan(segment);
                if (!ended) {
                    cut(segment);
                    dropFrom(index + 1, "they lie behind the place where the log ends since the machine went down");
                }
            }
        }
        findConfirmed();
        settleForced();
    }

    private void openFiles() throws IOException {
        final List<Path> files;
        try (Stream<Path> all = Files.list(config.directory())) {
            files = all.filter(Recovery::isSegment).sorted().collect(Collectors.toList());
        }
        Path unbegun = null;
        boolean hasRecords = false;
        final List<Path> surplus = new ArrayList<>();
        for (final Path file : files) {
            final Segment segment = map(file);
            if (segment != null && segment.readHeader(checksum)) {
                if (unbegun != null) {
                    segment.unmap();
                    if (!mayBeLost(unbegun)) {
                        throw headerDamaged(unbegun);
                    }
                    surplus.add(file);
                    note("Segment " + file + " was deleted: the one before it was lost when the machine went down.");
                } else {
                    segments.add(segment);
                }
            } else {
                hasRecords |= unbegun == null && segment != null && !segment.isWithoutRecords();
                unbegun = unbegun == null ? file : unbegun;
                surplus.add(file);
                if (segment != null) {
                    segment.unmap();
                }
            }
        }
        if (hasRecords && !mayBeLost(unbegun)) {
            throw headerDamaged(unbegun);
        }
        for (final Path file : surplus) {
            Files.delete(file);
        }
        noteMissing();
    }

    private Segment map(final Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            final ByteBuffer header = ByteBuffer.allocate(Segment.HEADER_BYTES).order(ByteOrder.nativeOrder());
            final boolean whole = channel.read(header, 0) == Segment.HEADER_BYTES;
            final int told = whole ? header.getInt(LENGTH_OFFSET) : 0;
            final boolean sane =
                    told >= RouteLogConfig.LEAST_SEGMENT_BYTES && told <= RouteLogConfig.MOST_SEGMENT_BYTES;
            if (!sane && channel.size() < Segment.HEADER_BYTES + 8) {
                return null;
            }
            if (sane) {
                zeros.extend(channel, told);
            }
            final long length = sane ? told : Math.min(channel.size() & -8, RouteLogConfig.MOST_SEGMENT_BYTES);
            final MappedByteBuffer mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, length);
            final String name = file.getFileName().toString();
            final long number = Long.parseUnsignedLong(name.substring(0, name.indexOf('.')), 16);
            return new Segment(number, file, mapped, config.view());
        }
    }

    /** Whether the machine may have gone down before this segment's header was on disk. */
    private boolean mayBeLost(final Path file) {
        final String name = file.getFileName().toString();
        return restarted && Long.parseUnsignedLong(name.substring(0, name.indexOf('.')), 16) > forcedPosition >>> 32;
    }

    private static RouteLogException headerDamaged(final Path file) {
        return new RouteLogException(
                RouteLogException.Reason.DAMAGED,
                "The header of segment " + file
                        + " at offset 0 does not check; restore the file, or move it away to go on"
                        + " without its records.");
    }

    private void noteMissing() {
        for (int i = 1; i < segments.size(); i++) {
            final long before = segments.get(i - 1).number();
            if (segments.get(i).number() != before + 1) {
                note("Segments are missing between " + segments.get(i - 1).file() + " and "
                        + segments.get(i).file().getFileName() + ".");
            }
        }
    }

    /** Goes through the records of a segment to where they end. */
    private void scan(final Segment segment) {
        int offset = Segment.HEADER_BYTES;
        nextSequence = segment.firstSequence();
        payloadBytes = segment.bytesBefore();
        while (true) {
            final int found = segment.inspect(offset, checksum);
            if (found == Segment.END) {
                ended = true;
                break;
            }
            if (found > 0 && segment.sequenceAt(offset) == nextSequence) {
                nextSequence++;
                newestLogTimeUs = segment.logTimeUsAt(offset);
                payloadBytes += found - Segment.RECORD_HEADER_BYTES;
                offset += Segment.align(found);
                continue;
            }
            final int behind = segment.find(offset + 8, nextSequence, checksum);
            if (behind < 0 || restarted && segment.position(offset) >= forcedPosition) {
                ended = false;
                break;
            }
            note("The record " + nextSequence + " of run " + RouteLog.hex(segment.logId()) + " in segment "
                    + segment.file() + " at offset " + offset + " does not check; the next that does is at offset "
                    + behind + ".");
            nextSequence = segment.sequenceAt(behind);
            offset = behind;
        }
        end = offset;
    }

    private void cut(final Segment segment) {
        final int bytes = segment.clearFrom(end);
        if (bytes > 0) {
            note("The log " + config.directory() + " was cut in segment " + segment.file() + " at offset " + end
                    + ", by " + bytes
                    + " bytes that were not finished"
                    + (segment.position(end) < forcedPosition ? ", though they had been forced to disk" : "")
                    + ": it ends before sequence " + nextSequence + " of run " + RouteLog.hex(segment.logId()) + ".");
        }
    }

    private void dropFrom(final int index, final String why) throws IOException {
        final List<Segment> dropped = segments.subList(index, segments.size());
        for (int i = dropped.size() - 1; i >= 0; i--) {
            note("Segment " + dropped.get(i).file() + " was deleted: " + why + ".");
            dropped.get(i).delete();
            dropped.get(i).unmap();
        }
        dropped.clear();
    }

    private void findConfirmed() {
        if (segments.isEmpty()) {
            return;
        }
        final Segment last = last();
        final long told = marks.confirmed().position();
        final long confirmed = Math.min(told, last.position(end));
        for (int i = segments.size() - 1; i >= 0 && segments.get(i).number() >= confirmed >>> 32; i--) {
            confirmedWalk.begin(segments.get(i));
        }
        if (confirmedWalk.segment().number() == confirmed >>> 32) {
            confirmedWalk.toOffset((int) confirmed);
        }
        if (told > confirmed) {
            note("More was confirmed than the log " + config.directory()
                    + " still holds; all that it holds counts as confirmed.");
            marks.confirmed().set(confirmed, 0);
        }
    }

    private void settleForced() {
        final long position = segments.isEmpty() ? 0 : last().position(end);
        if (!marks.forced().isSet()) {
            marks.forced().set(0, config.bootId());
        } else if (forcedPosition > position) {
            marks.forced().set(position, marks.forced().detail());
        }
    }

    private void note(final String sentence) {
        if (sentence != null) {
            notes.add(sentence);
        }
    }

    /** Whether all that is there must be forced before it can be relied on. */
    boolean wasRestarted() {
        return restarted;
    }

    /** What was found amiss, or null. */
    String notes() {
        return notes.isEmpty() ? null : String.join(" ", notes);
    }

    List<Segment> segments() {
        return segments;
    }

    /** The last segment; null where there is none. */
    Segment last() {
        return segments.isEmpty() ? null : segments.get(segments.size() - 1);
    }

    int end() {
        return end;
    }

    boolean isEnded() {
        return ended;
    }

    long nextSequence() {
        return nextSequence;
    }

    long payloadBytes() {
        return payloadBytes;
    }

    /** Of the last record of the last segment; 0 where that holds none yet. */
    long newestLogTimeUs() {
        return newestLogTimeUs;
    }

    /** Stands behind what was confirmed; begun only where there are segments. */
    ConfirmedWalk confirmedWalk() {
        return confirmedWalk;
    }
}
