package io.pinion.cluster;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Who a session belongs to: {@code role:name}, in UTF-8. */
final class Principal {
    static final String MEMBER = "member";
    static final String CLIENT = "client";

    /** The client that may ask for a snapshot. */
    static final String OPERATOR = "operator";

    private static final byte[] MEMBER_PREFIX = (MEMBER + ":").getBytes(StandardCharsets.UTF_8);
    private static final byte[] CLIENT_PREFIX = (CLIENT + ":").getBytes(StandardCharsets.UTF_8);
    private static final byte[] OPERATOR_BYTES = of(CLIENT, OPERATOR);

    private Principal() {}

    static byte[] of(final String role, final String name) {
        return (role + ":" + name).getBytes(StandardCharsets.UTF_8);
    }

    static boolean isMember(final byte[] principal) {
        return startsWith(principal, MEMBER_PREFIX);
    }

    static boolean isClient(final byte[] principal) {
        return startsWith(principal, CLIENT_PREFIX);
    }

    static boolean isOperator(final byte[] principal) {
        return Arrays.equals(principal, OPERATOR_BYTES);
    }

    private static boolean startsWith(final byte[] principal, final byte[] prefix) {
        return principal != null
                && principal.length > prefix.length
                && Arrays.equals(principal, 0, prefix.length, prefix, 0, prefix.length);
    }
}
