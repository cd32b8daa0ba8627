package io.pinion.sidecar.chaos;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Datagrams that are kept back, each for a time of its own, so that a later one may overtake. One thread. */
final class LateDatagrams {
    /** More than that are not kept: the oldest goes. */
    private static final int MOST = 1_024;

    private record Late(long atNs, ByteBuffer bytes) {}

    private final long mostNs;
    private final SplittableRandom random;
    private final List<Late> late = new ArrayList<>();

    /** Each is kept for up to so long. */
    LateDatagrams(final long mostNs, final long seed) {
        this.mostNs = mostNs;
        random = new SplittableRandom(seed);
    }

    /** Keeps a copy. */
    void keep(final ByteBuffer datagram, final long nowNs) {
        final ByteBuffer copy = ByteBuffer.allocateDirect(datagram.remaining());
        copy.put(datagram.duplicate()).flip();
        late.add(new Late(nowNs + random.nextLong(mostNs + 1), copy));
    }

    /** One whose time has come, which is no longer kept; null when there is none. */
    ByteBuffer poll(final long nowNs) {
        for (int i = 0; i < late.size(); i++) {
            if (late.size() > MOST || late.get(i).atNs - nowNs <= 0) {
                return late.remove(i).bytes;
            }
        }
        return null;
    }
}
