package io.pinion.cluster;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.pinion.engine.EdgeException;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;

/** By an exclusive publication of Aeron's. */
final class AeronRoutePublication implements RoutePublication {
    private final Aeron aeron;
    private final String channel;
    private final int stream;
    private ExclusivePublication publication;
    private long adding = Aeron.NULL_VALUE;

    /**
     * Makes one; nothing is opened yet.
     *
     * @param aeron   not closed with this.
     * @param channel with its term length.
     * @param stream  in it.
     */
    AeronRoutePublication(final Aeron aeron, final String channel, final int stream) {
        this.aeron = aeron;
        this.channel = channel;
        this.stream = stream;
    }

    @Override
    public void requireDriver() {
        if (aeron.isClosed()) {
            throw new EdgeException(channel + " stream " + stream + " is lost: the media driver in "
                    + aeron.context().aeronDirectoryName()
                    + " is gone, or dropped this client; see that it runs and start this member again.");
        }
    }

    @Override
    public boolean open() {
        boolean isRefused = true;
        try {
            if (adding == Aeron.NULL_VALUE) {
                adding = aeron.asyncAddExclusivePublication(channel, stream);
            }
            publication = aeron.getExclusivePublication(adding);
            isRefused = false;
        } finally {
            if (isRefused || publication != null) {
                adding = Aeron.NULL_VALUE;
            }
        }
        return publication != null;
    }

    @Override
    public boolean isOpen() {
        return publication != null;
    }

    @Override
    public boolean isConnected() {
        return publication.isConnected();
    }

    @Override
    public long offer(
            final DirectBuffer header,
            final int headerBytes,
            final DirectBuffer buffer,
            final int offset,
            final int lengthBytes) {
        return publication.offer(header, 0, headerBytes, buffer, offset, lengthBytes);
    }

    @Override
    public void drop() {
        if (adding != Aeron.NULL_VALUE) {
            aeron.asyncRemovePublication(adding);
            adding = Aeron.NULL_VALUE;
        }
        CloseHelper.quietClose(publication);
        publication = null;
    }
}
