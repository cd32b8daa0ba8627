package io.pinion.jmh.peers.flink;

/** As {@link KeyedFlinkPeer}, with the buffer timeout that Flink has by default, which is for throughput. */
public final class BufferedFlinkPeer extends KeyedFlinkPeer {
    /** Made by its name. */
    public BufferedFlinkPeer() {
        super(null);
    }
}
