package io.pinion.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aeron.security.Authenticator;
import io.aeron.security.SessionProxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedSecretAuthenticatorTest {
    private static final SharedSecret MEMBERS = SharedSecret.of("a test", "the members' own secret");
    private static final SharedSecret CLIENTS = SharedSecret.of("a test", "the clients' own secret");

    private final Authenticator authenticator =
            SharedSecretAuthenticator.of(MEMBERS, CLIENTS).get();
    private final Session session = new Session();

    /** What Aeron asks for a session, again and again, and what it is told. */
    private static final class Session implements SessionProxy {
        private final List<byte[]> challenges = new ArrayList<>();
        private String principal;
        private boolean isRejected;

        @Override
        public long sessionId() {
            return 3;
        }

        @Override
        public boolean challenge(final byte[] encodedChallenge) {
            challenges.add(encodedChallenge);
            return challenges.size() > 1; // the first could not be sent
        }

        @Override
        public boolean authenticate(final byte[] encodedPrincipal) {
            principal = new String(encodedPrincipal, StandardCharsets.UTF_8);
            return true;
        }

        @Override
        public void reject() {
            isRejected = true;
        }
    }

    private void connect(final SharedSecretCredentials credentials) {
        authenticator.onConnectRequest(3, credentials.encodedCredentials(), 0);
        authenticator.onConnectedSession(session, 0);
        authenticator.onConnectedSession(session, 0);
        authenticator.onChallengedSession(session, 0);
        assertThat(session.isRejected).isFalse();
        authenticator.onChallengeResponse(3, credentials.onChallenge(session.challenges.get(0)), 0);
        authenticator.onChallengedSession(session, 0);
    }

    @Test
    void shouldLetInWhoKnowsTheSecretOfItsRole() {
        connect(SharedSecretCredentials.ofMember(2, MEMBERS));
        assertThat(session.principal).isEqualTo("member:2");
        assertThat(session.challenges.get(0))
                .isEqualTo(session.challenges.get(1))
                .hasSize(32);
    }

    @Test
    void shouldRejectAClientThatSaysItIsAMember() {
        connect(SharedSecretCredentials.ofMember(2, CLIENTS));
        assertThat(session.isRejected).isTrue();
        assertThat(session.principal).isNull();
    }

    @Test
    void shouldRejectAnAnswerToAnotherChallenge() {
        final SharedSecretCredentials credentials = SharedSecretCredentials.ofClient("a", CLIENTS);
        authenticator.onConnectRequest(3, credentials.encodedCredentials(), 0);
        authenticator.onConnectedSession(session, 0);
        authenticator.onChallengeResponse(3, credentials.onChallenge(new byte[32]), 0);
        authenticator.onChallengedSession(session, 0);
        assertThat(session.isRejected).isTrue();
    }

    @Test
    void shouldRejectWhoSaysNothingOfItself() {
        for (final byte[] nobody : new byte[][] {null, {}, "member:".getBytes(StandardCharsets.UTF_8), new byte[300]}) {
            authenticator.onConnectRequest(3, nobody, 0);
            authenticator.onConnectedSession(session, 0);
            assertThat(session.isRejected).isTrue();
            session.isRejected = false;
        }
        assertThat(session.challenges).isEmpty();
    }

    @Test
    void shouldRefuseASecretThatIsShort() {
        assertThatThrownBy(() -> SharedSecret.of("the file x", "short"))
                .hasMessageContaining("the file x")
                .hasMessageContaining("5 bytes");
    }
}
