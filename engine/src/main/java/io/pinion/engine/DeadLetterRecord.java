package io.pinion.engine;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * A dead letter as one JSON object, for people and for whoever repairs and resends:
 *
 * <pre>{@code
 * {"stage":"item","reason":"…","position":17,"event":{…}}
 * {"stage":"ingress","reason":"…","position":18,"bytes":"base64…"}
 * }</pre>
 *
 * <p>Where the graph has fields redacted, their values are left out, and so are the bytes of what can't be decoded, in which
 * no field can be found: only their number is told. It allocates, as the exception that made the dead letter did.
 */
final class DeadLetterRecord<E> {
    private final Codec<E> codec;
    private final JsonRedaction redaction;
    private final Frame event;

    DeadLetterRecord(final Codec<E> codec, final List<String> redactedFields, final int maxFrameBytes) {
        this.codec = codec;
        redaction = new JsonRedaction(redactedFields);
        event = new Frame(1_024, maxFrameBytes);
    }

    /** Writes it; an event that does not fit as such is written as its bytes, cut to what fits. */
    void write(final Slot<E> slot, final String stage, final Frame to) {
        to.clear(FrameFormat.JSON);
        append(
                to,
                "{\"stage\":" + quoted(stage) + ",\"reason\":" + quoted(slot.deadReason()) + ",\"position\":"
                        + slot.position());
        if (slot.isDecoded() && appendEvent(slot, to)) {
            return;
        }
        if (redaction.isNeeded()) {
            append(to, ",\"lengthBytes\":" + slot.frame().lengthBytes() + "}");
        } else {
            appendBytes(slot.frame(), to);
        }
    }

    private boolean appendEvent(final Slot<E> slot, final Frame to) {
        final int before = to.lengthBytes();
        try {
            codec.encode(slot.frame(), slot.event(), event, FrameFormat.JSON);
            append(to, ",\"event\":");
            redaction.append(event.array(), event.lengthBytes(), to);
            append(to, "}");
            return true;
        } catch (final RuntimeException e) { // too long, or what made it a dead letter: its bytes tell
            to.lengthBytes(before);
            return false;
        }
    }

    private static void appendBytes(final Frame frame, final Frame to) {
        final int roomForBase64 = to.maxBytes() - to.lengthBytes() - ",\"bytes\":\"\"}".length();
        final int kept = Math.max(0, Math.min(frame.lengthBytes(), roomForBase64 / 4 * 3));
        final byte[] bytes = new byte[kept];
        System.arraycopy(frame.array(), 0, bytes, 0, kept);
        append(to, ",\"bytes\":\"" + Base64.getEncoder().encodeToString(bytes) + "\"}");
    }

    private static void append(final Frame to, final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        append(to, bytes, bytes.length);
    }

    private static void append(final Frame to, final byte[] bytes, final int length) {
        final int at = to.lengthBytes();
        to.ensureCapacity(at + length);
        System.arraycopy(bytes, 0, to.array(), at, length);
        to.lengthBytes(at + length);
    }

    /** A reason may carry what a user's exception carried; it is cut, so that a record always has room for it. */
    private static String quoted(final String text) {
        final int length = Math.min(text.length(), 1_000);
        final StringBuilder json = new StringBuilder(length + 16).append('"');
        for (int i = 0; i < length; i++) {
            final char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < 0x20 || Character.isSurrogate(c)) {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
