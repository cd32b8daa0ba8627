package io.pinion.jmh.peers.siddhi;

import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.jmh.peers.PeerCheck;
import org.junit.jupiter.api.Test;

class SiddhiPeerTest {
    @Test
    void shouldPutOutWhatThePlainLoopDoes() throws Exception {
        assertThat(PeerCheck.difference(new SiddhiPeer())).isNull();
    }
}
