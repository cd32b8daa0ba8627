package io.pinion.aeron;

import io.aeron.Aeron;
import io.aeron.ControlledFragmentAssembler;
import io.aeron.Image;
import io.aeron.Subscription;
import io.aeron.exceptions.AeronException;
import io.aeron.logbuffer.ControlledFragmentHandler;
import io.aeron.logbuffer.ControlledFragmentHandler.Action;
import io.aeron.logbuffer.Header;
import io.aeron.status.ChannelEndpointStatus;
import io.pinion.engine.EdgeException;
import io.pinion.engine.IngressAdapter;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.agrona.DirectBuffer;
import org.agrona.LangUtil;

/**
 * Reads one stream of one channel, from any number of producers: each message once, in order for each producer. A
 * message that finds no room stays where it is, and the next poll begins with it: so a full ring holds back the producer
 * through Aeron's flow control. Messages of several fragments are put together; the longest one's buffer is kept for
 * each producer while it is connected.
 *
 * <p>A frame's {@code dueNs} is the reserved value of the message's header, where that looks like a time.
 *
 * <p>Polled by one thread; the counts may be read by any.
 */
public final class AeronIngressAdapter implements IngressAdapter {
    private final Aeron client;
    private final String channel;
    private final int streamId;
    private final Subscription subscription;
    private final ControlledFragmentAssembler assembler = new ControlledFragmentAssembler(this::onMessage);
    private final ControlledFragmentHandler fragmentHandler = this::onFragment;
    private final Queue<Image> gone = new ConcurrentLinkedQueue<>();
    private volatile long connections;
    private volatile long disconnections;

    private FrameHandler handler;
    /** Whose message was refused last; the next poll begins there. */
    private Image refusedOf;

    private boolean isRefused;
    private Throwable thrown;

    /**
     * Opens the subscription.
     *
     * @param client   of the media driver; not closed with this.
     * @param channel  for example {@code aeron:udp?endpoint=localhost:20121} or {@code aeron:ipc}.
     * @param streamId of the stream in it.
     * @throws EdgeException when that can't be opened: the sentence says why and what would help.
     */
    public AeronIngressAdapter(final Aeron client, final String channel, final int streamId) {
        this.client = client;
        this.channel = channel;
        this.streamId = streamId;
        try {
            subscription = client.addSubscription(channel, streamId, this::onConnected, this::onGone);
        } catch (final AeronException | IllegalArgumentException e) {
            throw AeronErrors.notOpened(channel, streamId, e);
        }
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField")
    private void onConnected(final Image image) {
        connections = connections + 1; // only the client's conductor writes
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField")
    private void onGone(final Image image) {
        disconnections = disconnections + 1; // only the client's conductor writes
        gone.add(image);
    }

    /** Hands over at most {@code limit} messages; what is counted as done are their fragments. */
    @Override
    public int poll(final FrameHandler frameHandler, final int limit) {
        freeBuffersOfThoseGone();
        handler = frameHandler;
        int done = 0;
        if (refusedOf != null) {
            isRefused = false;
            done = refusedOf.controlledPoll(fragmentHandler, limit);
            if (!isRefused) {
                refusedOf = null;
            }
        }
        if (refusedOf == null) {
            isRefused = false;
            done += subscription.controlledPoll(fragmentHandler, limit - done);
        }
        if (thrown != null) {
            rethrow();
        }
        if (done == 0) {
            checkAlive();
        }
        return done;
    }

    private Action onFragment(final DirectBuffer buffer, final int offset, final int length, final Header header) {
        return isRefused ? Action.ABORT : assembler.onFragment(buffer, offset, length, header);
    }

    private Action onMessage(final DirectBuffer buffer, final int offset, final int length, final Header header) {
        try {
            if (handler.onFrame(buffer, offset, length, DueTime.of(header.reservedValue()))) {
                return Action.CONTINUE;
            }
        } catch (final Throwable t) {
            // Aeron would report it and go on with the next message; held here, it is thrown when the poll is over.
            thrown = t;
        }
        isRefused = true;
        refusedOf = (Image) header.context();
        return Action.ABORT;
    }

    private void rethrow() {
        final Throwable t = thrown;
        thrown = null;
        LangUtil.rethrowUnchecked(t);
    }

    private void freeBuffersOfThoseGone() {
        if (gone.isEmpty()) {
            return;
        }
        for (Image image = gone.poll(); image != null; image = gone.poll()) {
            if (subscription.imageBySessionId(image.sessionId()) == null) {
                assembler.freeSessionBuffer(image.sessionId());
            }
        }
    }

    private void checkAlive() {
        if (subscription.isClosed()) {
            throw AeronErrors.lost(client, channel, streamId);
        }
        if (subscription.channelStatus() == ChannelEndpointStatus.ERRORED) {
            throw new EdgeException("The media driver reports an error at " + channel + " stream " + streamId
                    + ": see that its address is this machine's and its port is free, and start again.");
        }
    }

    /** Never: there may always be another producer. */
    @Override
    public boolean isAtEnd() {
        return false;
    }

    /**
     * How many producers are connected now. One that was killed counts until the driver's peer timeout.
     *
     * @return producers.
     */
    public int producers() {
        return subscription.imageCount();
    }

    /**
     * How many times a producer has connected so far.
     *
     * @return a count that never goes back.
     */
    public long connections() {
        return connections;
    }

    /**
     * How many times a producer has gone so far.
     *
     * @return a count that never goes back.
     */
    public long disconnections() {
        return disconnections;
    }

    @Override
    public void close() {
        subscription.close();
    }
}
