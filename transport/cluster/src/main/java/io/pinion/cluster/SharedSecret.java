package io.pinion.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What the members, or the clients, of one cluster share, so that others are none. Immutable. */
public final class SharedSecret {
    /** The least there has to be of it. */
    static final int MIN_BYTES = 16;

    private static final String ALGORITHM = "HmacSHA256";

    /** For a cluster on loopback addresses alone, where whoever can reach it can also read its files. */
    private static final SharedSecret NONE = new SharedSecret(new byte[MIN_BYTES]);

    private final byte[] secret;

    private SharedSecret(final byte[] secret) {
        this.secret = secret;
    }

    /**
     * One that is none, for a cluster that only its own machine can reach.
     *
     * @return the same each time.
     */
    public static SharedSecret none() {
        return NONE;
    }

    /**
     * Makes one of a text; space around it doesn't count.
     *
     * @param where what to call it by.
     * @param text  16 bytes or more.
     * @return the secret.
     * @throws IllegalArgumentException when it is too short.
     */
    public static SharedSecret of(final String where, final String text) {
        final byte[] bytes = text.strip().getBytes(StandardCharsets.UTF_8);
        if (bytes.length < MIN_BYTES) {
            throw new IllegalArgumentException("The secret in " + where + " has " + bytes.length
                    + " bytes, and it takes " + MIN_BYTES + ": make one with \"openssl rand -hex 32\".");
        }
        return new SharedSecret(bytes);
    }

    /**
     * Reads one from a file.
     *
     * @param file that holds nothing else.
     * @return the secret.
     * @throws IllegalArgumentException when it can't be read, or is too short.
     */
    public static SharedSecret inFile(final Path file) {
        try {
            return of(file.toString(), Files.readString(file));
        } catch (final IOException unreadable) {
            throw new IllegalArgumentException(
                    "The secret's file " + file + " can't be read (" + unreadable.getMessage() + ").", unreadable);
        }
    }

    /** What proves that its holder knows it. */
    byte[] answer(final byte[] challenge, final byte[] principal) {
        final Mac mac = keyed(secret);
        mac.update(challenge);
        return mac.doFinal(principal);
    }

    /**
     * Codes for messages, by a key of one use: who knows that knows neither the secret nor a key of another use.
     *
     * @param use no text that a challenge and a principal can make together.
     * @return for one thread.
     */
    Mac macFor(final String use) {
        return keyed(keyed(secret).doFinal(use.getBytes(StandardCharsets.UTF_8)));
    }

    private static Mac keyed(final byte[] key) {
        try {
            final Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac;
        } catch (final NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("This JVM has no " + ALGORITHM + ", which each must have.", e);
        }
    }

    @Override
    public String toString() {
        return "a secret";
    }
}
