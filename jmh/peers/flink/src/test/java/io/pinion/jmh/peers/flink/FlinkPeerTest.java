package io.pinion.jmh.peers.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.jmh.peers.PeerCheck;
import org.junit.jupiter.api.Test;

class FlinkPeerTest {
    @Test
    void shouldPutOutWhatThePlainLoopDoesInOneChain() throws Exception {
        assertThat(PeerCheck.difference(new ChainedFlinkPeer())).isNull();
    }

    @Test
    void shouldPutOutWhatThePlainLoopDoesWithKeyedState() throws Exception {
        assertThat(PeerCheck.difference(new KeyedFlinkPeer())).isNull();
    }

    @Test
    void shouldPutOutWhatThePlainLoopDoesWithBuffers() throws Exception {
        assertThat(PeerCheck.difference(new BufferedFlinkPeer())).isNull();
    }
}
