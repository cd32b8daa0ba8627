package io.pinion.engine;

import io.pinion.engine.routelog.AppendResult;
import io.pinion.engine.routelog.RouteLog;
import io.pinion.engine.routelog.RouteLogConfig;
import io.pinion.engine.routelog.RouteLogException;
import io.pinion.engine.routelog.RouteLogReader;
import io.pinion.engine.routelog.RouteLogWriter;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What a slow or absent target could not take, on disk, in order: as long as something of it is left, newer events go behind
 * it. What an earlier process left there goes first.
 *
 * <p>A record is given up when the publisher has accepted it: a crash between the two delivers it again. Owned by the egress
 * thread; the backlog may be read by any.
 */
final class Spill implements AutoCloseable {
    private static final int DELIVERY_LIMIT = 64;
    private static final Duration FORCE_INTERVAL = Duration.ofMillis(100);

    private final RouteLog log;
    private final RouteLogWriter writer;
    private final RouteLogReader reader;
    private final long logId;
    private final long carriedOver;
    private final Frame frame;

    private boolean isBehind;
    private boolean isShown;
    private boolean isRefused;

    Spill(final RouteLog log, final long logId, final int maxFrameBytes) {
        this.log = log;
        this.logId = logId;
        writer = log.writer();
        reader = log.newReader();
        reader.toConfirmed();
        carriedOver = log.backlogEvents();
        isBehind = carriedOver > 0;
        frame = new Frame(1_024, maxFrameBytes);
    }

    /** None where the policy is another, or nothing was said about where: then the target holds the ring. */
    static Spill of(final Target target, final Path directory, final long logId, final int maxFrameBytes) {
        final Policy policy = target.policy();
        if (policy.kind() != Policy.Kind.SPILL || directory == null) {
            return null;
        }
        try {
            final RouteLog log = RouteLog.open(RouteLogConfig.in(directory.resolve(target.name()))
                    .maxBytes(policy.maxBytes())
                    .forceEvery(FORCE_INTERVAL));
            return new Spill(log, logId, maxFrameBytes);
        } catch (final RouteLogException e) {
            throw new EdgeException(e.getMessage(), e);
        }
    }

    /** Whether newer events have to go behind what is here. */
    boolean isBehind() {
        return isBehind;
    }

    /** Puts an event at the end; false when the bound is reached, or the disk can't take it now. */
    boolean append(final long position, final long logTimeUs, final Frame event) {
        final long sequence = writer.logId() == logId ? writer.nextSequence() : 0;
        final AppendResult result =
                writer.append(logId, sequence, position, logTimeUs, event.buffer(), 0, event.lengthBytes());
        isBehind |= result == AppendResult.APPENDED;
        return result == AppendResult.APPENDED;
    }

    /** Delivers from the beginning, until the publisher refuses or a bounded number is out; how many were. */
    int deliver(final EgressPublisher publisher) {
        int delivered = 0;
        while (isBehind && delivered < DELIVERY_LIMIT) {
            if (!isShown && !isNextShown()) {
                break;
            }
            isRefused = !publisher.offer(frame, 0);
            if (isRefused) {
                break;
            }
            isShown = false;
            writer.confirm(reader.logId(), reader.sequence());
            delivered++;
        }
        return delivered;
    }

    private boolean isNextShown() {
        if (!reader.next()) {
            isBehind = false;
            isRefused = false;
            return false;
        }
        frame.copyFrom(
                reader.buffer(),
                reader.offset(),
                reader.lengthBytes(),
                FrameFormat.of(reader.buffer(), reader.offset(), reader.lengthBytes()));
        isShown = true;
        return true;
    }

    /** Whether nothing more can be delivered now: all is out, or the target does not take it and it stays on disk. */
    boolean isSettled() {
        return !isBehind || isRefused;
    }

    /** Events on disk. Any thread. */
    long onDisk() {
        return log.backlogEvents();
    }

    /** Events that an earlier process had left. */
    long carriedOver() {
        return carriedOver;
    }

    /** Why it takes no more, in a sentence. Any thread. */
    String whyFull() {
        final String trouble = log.whyNotReady();
        return trouble == null ? "what it spills to disk has reached its bound" : trouble;
    }

    @Override
    public void close() {
        reader.close();
        log.force();
        log.close();
    }
}
