package io.pinion.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aeron.security.AuthenticatorSupplier;
import io.aeron.security.CredentialsSupplier;
import io.aeron.security.DefaultAuthenticatorSupplier;
import io.aeron.security.NullCredentialsSupplier;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** By what members know who is who. */
class MemberConfigTest {
    private static final SharedSecret MEMBERS = SharedSecret.of("a test", "the members' own secret");
    private static final SharedSecret CLIENTS = SharedSecret.of("a test", "the clients' own secret");
    private static final AuthenticatorSupplier OWN = new DefaultAuthenticatorSupplier();
    private static final CredentialsSupplier CREDENTIALS = new NullCredentialsSupplier();

    private static MemberConfig.Builder at(final String host) {
        return MemberConfig.of(0, List.of(host), Path.of("unused"));
    }

    @Test
    void shouldKnowConsumersByTheSecretOfClients() {
        assertThat(at("10.0.0.1").secrets(MEMBERS, CLIENTS).build().consumers).isSameAs(CLIENTS);
    }

    @Test
    void shouldGoWithoutSecretsWhereOnlyItsOwnMachineCanReachIt() {
        assertThat(at("127.0.0.1").build().consumers).isSameAs(SharedSecret.none());
        assertThatThrownBy(() -> at("10.0.0.1").build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("can be reached at 10.0.0.1 and has no secrets");
    }

    @Test
    void shouldNeedASecretOfConsumersBesideAnAuthenticatorOfOnesOwn() {
        assertThat(at("10.0.0.1").authenticator(OWN, CREDENTIALS, CLIENTS).build().consumers)
                .isSameAs(CLIENTS);
        assertThatThrownBy(() ->
                        at("10.0.0.1").authenticator(OWN, CREDENTIALS, null).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name the secret of their positions too");
        assertThatThrownBy(() -> at("10.0.0.1")
                        .authenticator(OWN, CREDENTIALS, SharedSecret.none())
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("can be reached at 10.0.0.1 and has no secret of consumers");
    }
}
