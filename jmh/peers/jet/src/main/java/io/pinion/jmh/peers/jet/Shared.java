package io.pinion.jmh.peers.jet;

import io.pinion.jmh.peers.EventFeed;
import io.pinion.jmh.peers.Outputs;

/** Both ends of the job. Jet serializes the parts of a job even on one member, so they find the ends here. */
final class Shared {
    private static volatile EventFeed feed;
    private static volatile Outputs outputs;

    private Shared() {}

    static void open(final EventFeed newFeed, final Outputs newOutputs) {
        feed = newFeed;
        outputs = newOutputs;
    }

    static EventFeed feed() {
        return feed;
    }

    static Outputs outputs() {
        return outputs;
    }
}
