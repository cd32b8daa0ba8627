package io.pinion.aeron;

import io.aeron.Aeron;
import io.aeron.ChannelUri;
import io.aeron.CommonContext;
import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.aeron.ReservedValueSupplier;
import io.aeron.exceptions.AeronException;
import io.pinion.engine.EdgeException;
import io.pinion.engine.EgressPublisher;
import io.pinion.engine.Frame;
import java.util.function.UnaryOperator;
import org.agrona.DirectBuffer;

/**
 * Sends frames to one stream of one channel, each as one message, with the time it was due as the reserved value of its
 * header. Nothing is accepted while no consumer is connected, and no more than the slowest one's window ahead of it.
 *
 * <p>What was accepted and not read when a consumer dies is lost to it, up to its receiver window; over IPC, and as far
 * as it was not sent yet, the next consumer gets it.
 *
 * <p>Used by one thread; {@link #whyWaiting()} may be called on any. With an invoked driver, its agent must be at work
 * meanwhile.
 */
public final class AeronPublisher implements EgressPublisher {
    /** Offers a message, with the results of Aeron's publications. */
    @FunctionalInterface
    interface Offer {
        long offer(DirectBuffer buffer, int offset, int lengthBytes, ReservedValueSupplier dueTime);
    }

    private static final long TAKEN = 0;

    private final Aeron client;
    private final String channel;
    private final int streamId;
    private final UnaryOperator<Offer> offers;
    private final ReservedValueSupplier dueTime = this::dueTimeOf;
    private long currentDueNs;
    private ExclusivePublication publication;
    private Offer offer;
    private Consumption consumption;
    private long lastPosition;
    private boolean isWornOut;
    private volatile long refusal;

    /**
     * Opens the publication.
     *
     * @param client   of the media driver; not closed with this.
     * @param channel  for example {@code aeron:udp?endpoint=localhost:20122} or {@code aeron:ipc}.
     * @param streamId of the stream in it.
     * @throws EdgeException when that can't be opened: the sentence says why and what would help.
     */
    public AeronPublisher(final Aeron client, final String channel, final int streamId) {
        this(client, channel, streamId, UnaryOperator.identity());
    }

    /** As above, with something between it and each of its publications. */
    AeronPublisher(final Aeron client, final String channel, final int streamId, final UnaryOperator<Offer> offers) {
        this.offers = offers;
        this.client = client;
        this.channel = channel;
        this.streamId = streamId;
        open(channel);
    }

    private void open(final String uri) {
        try {
            publication = client.addExclusivePublication(uri, streamId);
            offer = offers.apply(publication::offer);
            consumption = new Consumption(client, publication);
            // Half a term before its end, so that there is room for what is needed to see it drained.
            lastPosition = publication.maxPossiblePosition() - publication.termBufferLength() / 2;
        } catch (final AeronException | IllegalArgumentException e) {
            throw AeronErrors.notOpened(channel, streamId, e);
        }
    }

    @Override
    public boolean offer(final Frame frame, final long dueNs) {
        return offer(frame.buffer(), 0, frame.lengthBytes(), dueNs);
    }

    /**
     * Offers one message, for use without an engine.
     *
     * @param buffer      where it lies.
     * @param offset      where it begins there.
     * @param lengthBytes how long it is.
     * @param dueNs       when it was due to be sent; nanoseconds since 1970, 0 where that is not known.
     * @return false when it can't be taken now.
     * @throws EdgeException when it can never be taken.
     */
    public boolean offer(final DirectBuffer buffer, final int offset, final int lengthBytes, final long dueNs) {
        if (lengthBytes > publication.maxMessageLength()) {
            throw new EdgeException("A message of " + lengthBytes + " bytes is too long for " + channel + " stream "
                    + streamId + ", which takes " + publication.maxMessageLength()
                    + ": an eighth of its term length; make that larger.");
        }
        if (isWornOut && !isRenewed()) {
            return refused(Publication.BACK_PRESSURED);
        }
        if (!consumption.isReady()) {
            return refused(publication.isClosed() ? Publication.CLOSED : Publication.NOT_CONNECTED);
        }
        currentDueNs = dueNs;
        long position = offer.offer(buffer, offset, lengthBytes, dueTime);
        if (position == Publication.ADMIN_ACTION) {
            // The log was rotated, and the next offer finds it ready: whoever drops what is refused should not drop for
            // this.
            position = offer.offer(buffer, offset, lengthBytes, dueTime);
        }
        if (position < 0) {
            return refused(position);
        }
        isWornOut = position > lastPosition;
        if (refusal != TAKEN) {
            refusal = TAKEN;
        }
        return true;
    }

    private long dueTimeOf(final DirectBuffer termBuffer, final int frameOffset, final int frameLengthBytes) {
        return currentDueNs;
    }

    private boolean refused(final long result) {
        if (result == Publication.CLOSED) {
            throw AeronErrors.lost(client, channel, streamId);
        }
        isWornOut |= result == Publication.MAX_POSITION_EXCEEDED;
        if (refusal != result) {
            refusal = result;
        }
        return false;
    }

    /** A publication that has used up its positions gives way to a new one, once all in it was read: that keeps order. */
    private boolean isRenewed() {
        if (!isDrained()) {
            return false;
        }
        publication.close();
        final ChannelUri uri = ChannelUri.parse(channel);
        uri.remove(CommonContext.INITIAL_TERM_ID_PARAM_NAME);
        uri.remove(CommonContext.TERM_ID_PARAM_NAME);
        uri.remove(CommonContext.TERM_OFFSET_PARAM_NAME);
        uri.remove(CommonContext.SESSION_ID_PARAM_NAME);
        open(uri.toString());
        isWornOut = false;
        return true;
    }

    /** Nothing: the driver sends what was accepted. */
    @Override
    public int doWork() {
        return 0;
    }

    /**
     * True when every connected consumer has read all, or none is connected any more: what was accepted then is lost to
     * it. A consumer that was killed counts as connected until the driver's timeout for it.
     */
    @Override
    public boolean isDrained() {
        if (publication.isClosed()) {
            throw AeronErrors.lost(client, channel, streamId);
        }
        return !publication.isConnected() || consumption.isAllRead();
    }

    @Override
    public int maxFrameBytes() {
        return publication.maxMessageLength();
    }

    @Override
    public String whyWaiting() {
        final String where = channel + " stream " + streamId;
        final long why = refusal;
        if (why == TAKEN) {
            return where + " takes what comes";
        }
        return why == Publication.NOT_CONNECTED
                ? "no consumer is connected to " + where
                : "the consumer of " + where + " is slower than what comes";
    }

    /**
     * Whether a consumer is connected. Any thread.
     *
     * @return true when at least one is.
     */
    public boolean isConnected() {
        return publication.isConnected();
    }

    @Override
    public void close() {
        publication.close();
    }
}
