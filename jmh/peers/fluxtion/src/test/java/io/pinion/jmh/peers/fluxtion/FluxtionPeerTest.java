package io.pinion.jmh.peers.fluxtion;

import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.jmh.peers.PeerCheck;
import org.junit.jupiter.api.Test;

class FluxtionPeerTest {
    @Test
    void shouldPutOutWhatThePlainLoopDoes() throws Exception {
        assertThat(PeerCheck.difference(new FluxtionPeer())).isNull();
    }
}
