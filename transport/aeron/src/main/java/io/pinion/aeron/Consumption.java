package io.pinion.aeron;

import io.aeron.Aeron;
import io.aeron.AeronCounters;
import io.aeron.Publication;
import io.aeron.driver.status.StreamCounter;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.status.CountersReader;

/**
 * Tells from the driver's counters how far a publication's consumers have read.
 *
 * <pre>
 *   IPC   each subscriber's position is a counter of its own (sub-pos)
 *
 *   UDP   read so far      sent (snd-pos)      may be sent (snd-lmt)
 *   ───────┴──────────────────┴───────────────────┴──▶
 *          └────────────── receiver window ───────┘
 * </pre>
 *
 * <p>Over UDP a consumer's status message says up to where it has read, and the driver keeps that plus the consumer's
 * window as the sender limit. The window is not among the counters; but when the first consumer has just connected and
 * nothing was sent, it is all there is between position and limit. It is taken to stay so: Aeron's static window does, if
 * all consumers of a channel have the same.
 */
final class Consumption {
    private static final int NO_COUNTER = CountersReader.NULL_COUNTER_ID;

    private final Publication publication;
    private final CountersReader counters;
    private final boolean isIpc;
    private final int senderPositionId;
    private final int senderLimitId;
    private long windowBytes;

    Consumption(final Aeron client, final Publication publication) {
        this.publication = publication;
        counters = client.countersReader();
        isIpc = publication.channel().startsWith("aeron:ipc");
        senderPositionId = isIpc ? NO_COUNTER : find(AeronCounters.DRIVER_SENDER_POSITION_TYPE_ID);
        senderLimitId = isIpc ? NO_COUNTER : find(AeronCounters.DRIVER_SENDER_LIMIT_TYPE_ID);
    }

    private int find(final int typeId) {
        return counters.findByTypeIdAndRegistrationId(typeId, publication.originalRegistrationId());
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

    /** Whether all that was offered has been read by all. */
    boolean isAllRead() {
        final long position = publication.position();
        if (isIpc) {
            return isReadByEach(position);
        }
        return !isReady()
                || counters.getCounterValue(senderPositionId) >= position
                        && counters.getCounterValue(senderLimitId) - windowBytes >= position;
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
