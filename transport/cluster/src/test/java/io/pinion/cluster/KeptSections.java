package io.pinion.cluster;

import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A snapshot's messages in memory, which a test may damage. */
final class KeptSections implements SnapshotWriter.Output {
    final List<byte[]> messages = new ArrayList<>();

    @Override
    public void put(final DirectBuffer buffer, final int offset, final int length) {
        final byte[] message = new byte[length];
        buffer.getBytes(offset, message);
        messages.add(message);
    }

    SnapshotReader reader() {
        final int[] next = new int[1];
        return new SnapshotReader(handler -> {
            if (next[0] == messages.size()) {
                return false;
            }
            final byte[] message = messages.get(next[0]++);
            handler.onMessage(new UnsafeBuffer(message), 0, message.length);
            return true;
        });
    }
}
