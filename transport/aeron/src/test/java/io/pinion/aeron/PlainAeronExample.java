package io.pinion.aeron;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import org.agrona.concurrent.UnsafeBuffer;

/** A producer that knows Aeron and nothing of Pinion. Its lines stand in docs/aeron.md, word by word. */
final class PlainAeronExample {
    private PlainAeronExample() {}

    static void send(final String driverDirectory, final String channel, final int stream, final String json) {
        // example
        try (Aeron aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(driverDirectory));
                ExclusivePublication publication = aeron.addExclusivePublication(channel, stream)) {
            final UnsafeBuffer event = new UnsafeBuffer(json.getBytes(UTF_8));
            final long dueNs = System.currentTimeMillis() * 1_000_000;
            long result = publication.offer(event, 0, event.capacity(), (buffer, offset, length) -> dueNs);
            while (result < 0) {
                if (result == Publication.CLOSED || result == Publication.MAX_POSITION_EXCEEDED) {
                    throw new IllegalStateException(Publication.errorString(result));
                }
                Thread.onSpinWait(); // not connected yet, or held back: the same event again, before any other
                result = publication.offer(event, 0, event.capacity(), (buffer, offset, length) -> dueNs);
            }
        }
        // end of example
    }
}
