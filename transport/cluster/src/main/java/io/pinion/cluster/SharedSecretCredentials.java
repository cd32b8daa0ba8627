package io.pinion.cluster;

import io.aeron.security.CredentialsSupplier;

/**
 * Answers an authenticator's challenge: the secret itself never leaves the process. Names a session first, as {@code
 * role:name}; the answer is HMAC-SHA256 over challenge and name, keyed by the secret of the role.
 */
public final class SharedSecretCredentials implements CredentialsSupplier {
    private final byte[] principal;
    private final SharedSecret secret;

    private SharedSecretCredentials(final byte[] principal, final SharedSecret secret) {
        this.principal = principal;
        this.secret = secret;
    }

    /** Those of a member. */
    static SharedSecretCredentials ofMember(final int member, final SharedSecret secret) {
        return new SharedSecretCredentials(Principal.of(Principal.MEMBER, Integer.toString(member)), secret);
    }

    /**
     * Those of a client.
     *
     * @param name   what it is called by; {@code operator} may ask for snapshots.
     * @param secret of the clients.
     * @return credentials for any number of sessions.
     */
    public static SharedSecretCredentials ofClient(final String name, final SharedSecret secret) {
        return new SharedSecretCredentials(Principal.of(Principal.CLIENT, name), secret);
    }

    @Override
    public byte[] encodedCredentials() {
        return principal.clone();
    }

    @Override
    public byte[] onChallenge(final byte[] encodedChallenge) {
        return secret.answer(encodedChallenge, principal);
    }
}
