package io.pinion.cluster;

import io.aeron.ChannelUri;
import io.aeron.CommonContext;
import io.aeron.Publication;
import io.aeron.exceptions.RegistrationException;
import io.pinion.engine.EdgeException;
import io.pinion.engine.SequencedTarget;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.agrona.DirectBuffer;
import org.agrona.SystemUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A route's consumer over Aeron: only the leader delivers there, from the position that the consumer tells. Each record has
 * its identity in front. Used by one thread at a time: the delivery thread, and for {@link #offer} also the one that puts out;
 * what the consumer tells is the delivery thread's alone. {@link #whyWaiting()} may be called on any.
 */
final class RouteTarget implements SequencedTarget {
    private static final long RETRY_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long HELLO_NS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Where its channel names none: outputs of half a MiB. */
    private static final String TERM_LENGTH = "4m";

    private static final int TERM_PARTS = 8;

    private final String channel;
    private final int maxFrameBytes;
    private final int stream;
    private final long routeId;
    private final PositionFeed.Told told;
    private final ServiceView view;
    private final int member;
    private final UnsafeBuffer header = new UnsafeBuffer(new byte[RouteMessages.HEADER_BYTES]);

    private final RoutePublication publication;
    private long openAtNs = System.nanoTime();
    private long helloAtNs = openAtNs;

    /** Why nothing leaves. */
    private enum Wait {
        NONE,
        NOT_OPEN,
        NO_POSITION,
        OTHER_LOG,
        NOT_KEPT,
        NOT_CONNECTED,
        SLOW
    }

    /** Of the leadership that it delivers for; what was told before it began does not count. */
    private long term;

    private boolean isLeading;
    private long toldBefore;
    /** Worn out, or dropped by the driver. Closing it can wait for the client's own thread, so whoever offers leaves that. */
    private boolean isPublicationGone;

    private long ask;
    private long nextToOffer = UNKNOWN;
    private long limit;
    private long settled;
    private volatile Wait wait = Wait.NOT_OPEN;
    private volatile String openError;
    private volatile long expectedThere;
    private volatile long firstKeptHere;

    /**
     * Makes one; it opens its publication while this member leads.
     *
     * @param publications opens the way to a channel and stream.
     * @param channel      where the consumer reads.
     * @param stream       in it.
     * @param routeId      which route it is.
     * @param told         what the consumer tells of its position.
     * @param view         of this member's service.
     * @param member       this one's number.
     */
    RouteTarget(
            final BiFunction<String, Integer, RoutePublication> publications,
            final String channel,
            final int stream,
            final long routeId,
            final PositionFeed.Told told,
            final ServiceView view,
            final int member) {
        final ChannelUri uri = ChannelUri.parse(channel);
        final String termLength = uri.get(CommonContext.TERM_LENGTH_PARAM_NAME, TERM_LENGTH);
        uri.put(CommonContext.TERM_LENGTH_PARAM_NAME, termLength);
        publication = publications.apply(uri.toString(), stream);
        this.channel = channel;
        maxFrameBytes = (int) (SystemUtil.parseSize(CommonContext.TERM_LENGTH_PARAM_NAME, termLength) / TERM_PARTS)
                - RouteMessages.HEADER_BYTES;
        this.stream = stream;
        this.routeId = routeId;
        this.told = told;
        this.view = view;
        this.member = member;
    }

    @Override
    public int doWork() {
        publication.requireDriver();
        if (isPublicationGone) {
            isPublicationGone = false;
            publication.drop();
        }
        if (isLeading != view.isLeader || term != view.leadershipTermId) {
            isLeading = view.isLeader;
            term = view.leadershipTermId;
            toldBefore = told.count;
            nextToOffer = UNKNOWN;
            if (!isLeading) {
                publication.drop();
            }
        }
        hear(view.logId);
        return isLeading && !publication.isOpen() ? open(System.nanoTime()) : 0;
    }

    /** What the consumer told: also a follower hears it, to be able to lead at once. */
    private void hear(final long logId) {
        if (told.count == 0 || logId == 0 || told.logId != logId) {
            return;
        }
        settled = Math.max(settled, told.next - 1);
    }

    private int open(final long nowNs) {
        if (nowNs - openAtNs < 0) {
            return 0;
        }
        try {
            if (!publication.open()) {
                return 0;
            }
            openError = null;
            return 1;
        } catch (final RegistrationException | IllegalArgumentException e) {
            openAtNs = nowNs + RETRY_NS;
            openError = e.getMessage();
            waits(Wait.NOT_OPEN);
            return 0;
        }
    }

    @Override
    public long next(final long logId, final long firstKept) {
        if (told.count == toldBefore) {
            return unknown(Wait.NO_POSITION);
        }
        final long expected = told.logId == 0 ? 1 : told.next;
        if (told.logId != logId && told.logId != 0) {
            hello(logId, firstKept);
            return unknown(Wait.OTHER_LOG);
        }
        if (expected < firstKept) {
            expectedThere = expected;
            firstKeptHere = firstKept;
            hello(logId, firstKept);
            return unknown(Wait.NOT_KEPT);
        }
        if (nextToOffer == UNKNOWN || told.ask != ask || expected > nextToOffer) {
            ask = told.ask;
            nextToOffer = expected;
        }
        limit = expected + told.window;
        return nextToOffer;
    }

    private long unknown(final Wait why) {
        waits(why);
        nextToOffer = UNKNOWN;
        return UNKNOWN;
    }

    private void waits(final Wait why) {
        if (wait != why) {
            wait = why;
        }
    }

    /** Says what there is to a consumer that expects something else. */
    private void hello(final long logId, final long firstKept) {
        final long nowNs = System.nanoTime();
        if (publication.isOpen() && nowNs - helloAtNs >= 0) {
            RouteMessages.put(header, RouteMessages.HELLO, member, logId, routeId, firstKept, 0);
            if (isTaken(publication.offer(header, RouteMessages.HEADER_BYTES, header, 0, 0))) {
                helloAtNs = nowNs + HELLO_NS;
            }
        }
    }

    @Override
    public boolean offer(
            final long logId,
            final long sequence,
            final long logTimeUs,
            final DirectBuffer buffer,
            final int offset,
            final int lengthBytes) {
        final boolean isOfThisTerm = term == view.leadershipTermId;
        if (!publication.isOpen() || isPublicationGone || !isOfThisTerm || sequence != nextToOffer) {
            return false;
        }
        if (sequence >= limit) {
            waits(publication.isConnected() ? Wait.SLOW : Wait.NOT_CONNECTED);
            return false;
        }
        if (lengthBytes > maxFrameBytes) {
            throw new EdgeException("Output " + sequence + " of " + lengthBytes + " bytes is too long for " + where()
                    + ", which takes " + maxFrameBytes + ": an eighth of its term length; make that larger.");
        }
        RouteMessages.put(header, RouteMessages.RECORD, 0, logId, routeId, sequence, logTimeUs);
        long result = publication.offer(header, RouteMessages.HEADER_BYTES, buffer, offset, lengthBytes);
        if (result == Publication.ADMIN_ACTION) { // the end of a term buffer, in most cases: the next one is there
            result = publication.offer(header, RouteMessages.HEADER_BYTES, buffer, offset, lengthBytes);
        }
        if (!isTaken(result)) {
            return false;
        }
        nextToOffer = sequence + 1;
        waits(Wait.NONE);
        return true;
    }

    private boolean isTaken(final long result) {
        if (result > 0) {
            return true;
        }
        if (result == Publication.BACK_PRESSURED) {
            waits(Wait.SLOW);
        } else if (result == Publication.NOT_CONNECTED) {
            waits(Wait.NOT_CONNECTED);
        } else if (result == Publication.MAX_POSITION_EXCEEDED || result == Publication.CLOSED) {
            isPublicationGone = true; // another one follows, and the consumer asks again at its new image
        } else if (result != Publication.ADMIN_ACTION) {
            throw new EdgeException("An offer to " + where() + " had the unknown result " + result + ".");
        }
        return false;
    }

    @Override
    public long settled() {
        return settled;
    }

    @Override
    public boolean isLeadersOnly() {
        return true;
    }

    @Override
    public int maxFrameBytes() {
        return maxFrameBytes;
    }

    private String where() {
        return channel + " stream " + stream;
    }

    @Override
    public String whyWaiting() {
        final String consumer = "the consumer of " + where();
        return switch (wait) {
            case NONE -> where() + " takes what comes";
            case NOT_OPEN -> where() + " is not open: " + (openError == null ? "this member does not lead" : openError);
            case NO_POSITION -> "no consumer of " + where() + " tells a position";
            case OTHER_LOG -> consumer + " expects outputs of another log";
            case NOT_KEPT ->
                consumer + " expects " + expectedThere + ", and the first that is kept is " + firstKeptHere;
            case NOT_CONNECTED -> "no consumer is connected to " + where();
            case SLOW -> consumer + " is slower than what comes";
        };
    }

    @Override
    public void close() {
        publication.drop();
    }
}
