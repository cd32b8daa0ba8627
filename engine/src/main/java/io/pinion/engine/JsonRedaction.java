package io.pinion.engine;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Replaces the values of named fields of one JSON object by {@code "[redacted]"}, at its top level. For dead letters, whose
 * JSON is our own and well-formed; it allocates.
 */
final class JsonRedaction {
    private static final byte[] REDACTED = "\"[redacted]\"".getBytes(StandardCharsets.US_ASCII);

    private final List<byte[]> names;

    /** The names, as they are written in the JSON. */
    JsonRedaction(final List<String> fields) {
        names = fields.stream()
                .map(field -> field.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    boolean isNeeded() {
        return !names.isEmpty();
    }

    /** Copies the object to the end of what is in {@code to}. */
    void append(final byte[] json, final int lengthBytes, final Frame to) {
        int copied = 0;
        int at = 1; // after the brace
        while (at < lengthBytes) {
            if (json[at] != '"') {
                at++;
                continue;
            }
            final int nameAt = at + 1;
            final int nameEnd = endOfText(json, at);
            final int valueAt = startOfValue(json, nameEnd);
            final int valueEnd = endOfValue(json, valueAt);
            if (isRedacted(json, nameAt, nameEnd - 1)) {
                append(to, json, copied, valueAt);
                append(to, REDACTED, 0, REDACTED.length);
                copied = valueEnd;
            }
            at = valueEnd;
        }
        append(to, json, copied, lengthBytes);
    }

    /** A name written with escapes may be any name, so its value is not shown. */
    private boolean isRedacted(final byte[] json, final int from, final int to) {
        for (int i = from; i < to; i++) {
            if (json[i] == '\\') {
                return true;
            }
        }
        for (final byte[] name : names) {
            if (Arrays.equals(json, from, to, name, 0, name.length)) {
                return true;
            }
        }
        return false;
    }

    /** The index after the closing quote of the text that begins at {@code from}. */
    private static int endOfText(final byte[] json, final int from) {
        int at = from + 1;
        while (json[at] != '"') {
            at += json[at] == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    private static int startOfValue(final byte[] json, final int nameEnd) {
        int at = nameEnd;
        while (json[at] == ':' || json[at] == ' ' || json[at] == '\t' || json[at] == '\n' || json[at] == '\r') {
            at++;
        }
        return at;
    }

    private static int endOfValue(final byte[] json, final int valueAt) {
        int depth = 0;
        int at = valueAt;
        while (true) {
            final byte b = json[at];
            if (b == '"') {
                at = endOfText(json, at) - 1;
            } else if (b == '{' || b == '[') {
                depth++;
            } else if ((b == '}' || b == ']' || b == ',') && depth == 0) {
                return at;
            } else if (b == '}' || b == ']') {
                depth--;
            }
            at++;
        }
    }

    private static void append(final Frame to, final byte[] bytes, final int from, final int end) {
        final int at = to.lengthBytes();
        to.ensureCapacity(at + end - from);
        System.arraycopy(bytes, from, to.array(), at, end - from);
        to.lengthBytes(at + end - from);
    }
}
