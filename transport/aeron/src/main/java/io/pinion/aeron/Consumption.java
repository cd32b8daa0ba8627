package io.pinion.aeron;

import io.aeron.Aeron;
import io.aeron.AeronCounters;
import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.aeron.driver.status.StreamCounter;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.status.CountersReader;

/**
 * Tells from the driver's counters whether a publication's consumers have read all of it.
 *
 * <pre>
 *   IPC   each subscriber's position is a counter of its own (sub-pos)
 *
 *   UDP   reported read       sent (snd-pos)     may be sent (snd-lmt)
 *   ─────────┴──────────────────┴──────────────────┴──▶
 *            └────────────── receiver window ──────┘
 * </pre>
 *
 * <p>Over UDP a consumer's status message says up to where it has read, and the driver keeps that plus the consumer's
 * window as the sender limit. The window is not among the counters; but when the first consumer has just connected and
 * nothing was sent, it is all there is between position and limit. It is taken to stay so: Aeron's static window does, if
 * all consumers of a channel have the same.
 *
 * <p>A consumer reports only after each quarter of its window. So when all was offered, that much padding, which every
 * consumer skips in silence, follows: a consumer that has read the last message then reports a position beyond it.
 */
final class Consumption {
    private static final int NO_COUNTER = CountersReader.NULL_COUNTER_ID;
    private static final int REPORTS_PER_WINDOW = 4;

    private final ExclusivePublication publication;
    private final CountersReader counters;
    private final boolean isIpc;
    private final int senderLimitId;
    private long windowBytes;
    /** Messages end at {@code messagesEnd}, and the padding behind them at {@code paddingEnd}. */
    private long messagesEnd;

    private long paddingEnd;

    Consumption(final Aeron client, final ExclusivePublication publication) {
        this.publication = publication;
        counters = client.countersReader();
        isIpc = publication.channel().startsWith("aeron:ipc");
        senderLimitId = isIpc
                ? NO_COUNTER
                : counters.findByTypeIdAndRegistrationId(
                        AeronCounters.DRIVER_SENDER_LIMIT_TYPE_ID, publication.originalRegistrationId());
        paddingEnd = publication.position();
        messagesEnd = paddingEnd;
    }

    /** To be called before each offer until it says true; then something may be sent. */
    boolean isReady() {
        if (isIpc || windowBytes > 0) {
            return true;
        }
        if (publication.isConnected()) {
            windowBytes = counters.getCounterValue(senderLimitId) - publication.position();
        }
        return windowBytes > 0;
    }

    /** Whether all that was offered has been read by all. To be called when nothing more is offered, until it is so. */
    boolean isAllRead() {
        if (isIpc) {
            return isReadByEach(publication.position());
        }
        return !isReady() || isPadded() && counters.getCounterValue(senderLimitId) - windowBytes >= messagesEnd;
    }

    private boolean isPadded() {
        if (publication.position() != paddingEnd) {
            final long end = publication.position();
            final long result = publication.appendPadding((int) (windowBytes / REPORTS_PER_WINDOW));
            if (result == Publication.MAX_POSITION_EXCEEDED) {
                messagesEnd = end - windowBytes / REPORTS_PER_WINDOW; // no room: as near as it can be told
                paddingEnd = end;
                return true;
            }
            if (result < 0) {
                return false;
            }
            messagesEnd = end;
            paddingEnd = result;
        }
        return true;
    }

    private boolean isReadByEach(final long position) {
        final DirectBuffer metaData = counters.metaDataBuffer();
        for (int id = 0; id <= counters.maxCounterId(); id++) {
            final int state = counters.getCounterState(id);
            if (state == CountersReader.RECORD_UNUSED) {
                break;
            }
            if (state == CountersReader.RECORD_ALLOCATED
                    && counters.getCounterTypeId(id) == AeronCounters.DRIVER_SUBSCRIBER_POSITION_TYPE_ID) {
                final int key = CountersReader.metaDataOffset(id) + CountersReader.KEY_OFFSET;
                if (metaData.getInt(key + StreamCounter.SESSION_ID_OFFSET) == publication.sessionId()
                        && metaData.getInt(key + StreamCounter.STREAM_ID_OFFSET) == publication.streamId()
                        && counters.getCounterValue(id) < position) {
                    return false;
                }
            }
        }
        return true;
    }
}
