package io.pinion.cluster;

import io.aeron.security.Authenticator;
import io.aeron.security.AuthenticatorSupplier;
import io.aeron.security.SessionProxy;
import java.security.MessageDigest;
import java.security.SecureRandom;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Lets in who knows the secret of the role it says it has: each session is sent random bytes of its own, and has to answer
 * with what only the secret's holders can make of them. One thread.
 *
 * <pre>
 *   connect: role:name  ─▶  challenge: 32 random bytes  ─▶  HMAC(secret of the role, challenge, role:name)  ─▶  open
 * </pre>
 */
final class SharedSecretAuthenticator implements Authenticator {
    private static final int CHALLENGE_BYTES = 32;
    private static final int MAX_PRINCIPAL_BYTES = 256;

    /** Sessions that never answer; Aeron ends each of them itself, but does not say so here. */
    private static final int MAX_PENDING = 10_000;

    private static final long PENDING_MS = 60_000;

    private final SharedSecret members;
    private final SharedSecret clients;
    private final SecureRandom random = new SecureRandom();
    private final Long2ObjectHashMap<Pending> pending = new Long2ObjectHashMap<>();

    private SharedSecretAuthenticator(final SharedSecret members, final SharedSecret clients) {
        this.members = members;
        this.clients = clients;
    }

    /**
     * Makes authenticators.
     *
     * @param members the members' secret.
     * @param clients the clients' secret; null where only members are let in.
     */
    static AuthenticatorSupplier of(final SharedSecret members, final SharedSecret clients) {
        return () -> new SharedSecretAuthenticator(members, clients);
    }

    private static final class Pending {
        final byte[] principal;
        final byte[] challenge;
        final long sinceMs;
        byte[] answer;

        Pending(final byte[] principal, final byte[] challenge, final long sinceMs) {
            this.principal = principal;
            this.challenge = challenge;
            this.sinceMs = sinceMs;
        }
    }

    @Override
    public void onConnectRequest(final long sessionId, final byte[] encodedCredentials, final long nowMs) {
        if (pending.size() >= MAX_PENDING) {
            pending.values().removeIf(session -> nowMs - session.sinceMs >= PENDING_MS);
        }
        if (secretOf(encodedCredentials) != null
                && encodedCredentials.length <= MAX_PRINCIPAL_BYTES
                && pending.size() < MAX_PENDING) {
            final byte[] challenge = new byte[CHALLENGE_BYTES];
            random.nextBytes(challenge);
            pending.put(sessionId, new Pending(encodedCredentials.clone(), challenge, nowMs));
        }
    }

    private SharedSecret secretOf(final byte[] principal) {
        return Principal.isMember(principal) ? members : Principal.isClient(principal) ? clients : null;
    }

    @Override
    public void onConnectedSession(final SessionProxy sessionProxy, final long nowMs) {
        final Pending session = pending.get(sessionProxy.sessionId());
        if (session == null) {
            sessionProxy.reject();
        } else {
            sessionProxy.challenge(session.challenge); // where it can't leave now, this is called again
        }
    }

    @Override
    public void onChallengeResponse(final long sessionId, final byte[] encodedCredentials, final long nowMs) {
        final Pending session = pending.get(sessionId);
        if (session != null) {
            session.answer = encodedCredentials.clone();
        }
    }

    /** Called again and again, from before the answer has come. */
    @Override
    public void onChallengedSession(final SessionProxy sessionProxy, final long nowMs) {
        final Pending session = pending.get(sessionProxy.sessionId());
        if (session == null) {
            sessionProxy.reject();
        } else if (session.answer != null) {
            if (!isRight(session)) {
                pending.remove(sessionProxy.sessionId());
                sessionProxy.reject();
            } else if (sessionProxy.authenticate(session.principal)) {
                pending.remove(sessionProxy.sessionId());
            }
        }
    }

    private boolean isRight(final Pending session) {
        final byte[] right = secretOf(session.principal).answer(session.challenge, session.principal);
        return MessageDigest.isEqual(right, session.answer);
    }
}
