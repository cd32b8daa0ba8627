package io.pinion.wire;

import java.nio.charset.StandardCharsets;

/** The sentences that say why a frame is refused. What arrived is quoted briefly, and only its printable characters. */
final class Faults {
    private static final int MOST_QUOTED = 60;

    private Faults() {}

    static String tooManyFields() {
        return "the frame has more than " + EventClass.MAX_FIELDS + " fields";
    }

    static String twice(final String name) {
        return "field \"" + name + "\" is named twice, and must be named once";
    }

    static String twice(final byte[] name, final int from, final int lengthBytes) {
        return twice(quoted(name, from, from + lengthBytes));
    }

    static String wrongType(final EventField field, final String what) {
        return "field \"" + field.name + "\" is " + what + ", and must be " + field.requirement();
    }

    static String torn(final String name) {
        return "field \"" + name + "\" runs past the end of the frame, or its value is nothing Chronicle Wire writes";
    }

    static String malformedText(final EventField field) {
        return wrongType(field, "text that is not well-formed UTF-8");
    }

    static String notWire(final byte[] bytes, final int at, final int end) {
        return at < end
                ? "the frame is no BinaryWire of fields: byte " + at + " is " + hex(bytes[at])
                        + " where a field's name begins"
                : "the frame is torn: it ends within a field's name";
    }

    static String notJson(final byte[] bytes, final int at, final int end) {
        if (at >= end) {
            return "the frame is torn: it ends after " + end + " bytes, within its JSON object";
        }
        return "the frame is not JSON: " + what(bytes[at]) + " at byte " + at + " can't be there, or begins what is"
                + " malformed, cut off or nested deeper than " + JsonGrammar.MAX_DEPTH;
    }

    static String notAnObject(final byte[] bytes, final int at, final int end) {
        return at >= end
                ? "the frame is empty, and must be one JSON object"
                : "the frame begins with " + what(bytes[at]) + ", and must be one JSON object";
    }

    private static String what(final byte b) {
        return b > ' ' && b < 0x7F ? "'" + (char) b + "'" : hex(b);
    }

    private static String hex(final byte b) {
        return String.format("0x%02X", b);
    }

    /** A piece of the frame, shortened and made harmless. */
    static String quoted(final byte[] bytes, final int from, final int to) {
        final int length = Math.min(to - from, MOST_QUOTED);
        final String text = new String(bytes, from, length, StandardCharsets.UTF_8)
                .replaceAll("[\\p{Cntrl}\"\\\\\\uFFFD\\u2028\\u2029]", "?");
        return length < to - from ? text + "…" : text;
    }
}
