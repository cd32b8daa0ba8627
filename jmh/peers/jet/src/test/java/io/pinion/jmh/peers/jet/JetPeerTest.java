package io.pinion.jmh.peers.jet;

import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.jmh.peers.PeerCheck;
import org.junit.jupiter.api.Test;

class JetPeerTest {
    @Test
    void shouldPutOutWhatThePlainLoopDoesWithoutKeys() throws Exception {
        assertThat(PeerCheck.difference(new UnkeyedJetPeer())).isNull();
    }

    @Test
    void shouldPutOutWhatThePlainLoopDoesWithKeyedState() throws Exception {
        assertThat(PeerCheck.difference(new KeyedJetPeer())).isNull();
    }
}
