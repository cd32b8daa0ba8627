package io.pinion.jmh.peers;

/** Whether an engine does the job right: what each of them has to pass, and nothing is measured. */
public final class PeerCheck {
    private PeerCheck() {}

    /**
     * Starts an engine, gives it 800,000 events, repeats among them, compares what comes out, and stops it.
     *
     * @param peer not started yet.
     * @return how its outputs differ from the plain loop's, in a sentence; null where they don't.
     * @throws Exception as the engine does.
     */
    public static String difference(final Peer peer) throws Exception {
        return new PeerRun(peer, Plan.CHECK).run().failure();
    }
}
