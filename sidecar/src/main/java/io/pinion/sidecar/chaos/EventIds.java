package io.pinion.sidecar.chaos;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/** Finds the number of an event in the JSON that came out: of {@code "eventId":n}, wherever in it that stands. */
final class EventIds {
    private static final byte[] FIELD = "\"eventId\":".getBytes(StandardCharsets.US_ASCII);

    private EventIds() {}

    /** The number; {@link DeliveryAccount#UNNAMED} where there is none. */
    static long in(final DirectBuffer json, final int offset, final int lengthBytes) {
        for (int at = offset; at <= offset + lengthBytes - FIELD.length; at++) {
            if (isFieldAt(json, at)) {
                return numberAt(json, at + FIELD.length, offset + lengthBytes);
            }
        }
        return DeliveryAccount.UNNAMED;
    }

    private static boolean isFieldAt(final DirectBuffer json, final int at) {
        for (int i = 0; i < FIELD.length; i++) {
            if (json.getByte(at + i) != FIELD[i]) {
                return false;
            }
        }
        return true;
    }

    private static long numberAt(final DirectBuffer json, final int begin, final int end) {
        long number = 0;
        for (int at = begin; at < end; at++) {
            final int digit = json.getByte(at) - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    /** Those of a file's lines, in their order. A last line without its end is none. */
    static void ofLines(final Path file, final LongConsumer each) {
        if (!Files.exists(file)) {
            return;
        }
        final ExpandableArrayBuffer line = new ExpandableArrayBuffer(1_024);
        int length = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next == '\n') {
                    each.accept(in(line, 0, length));
                    length = 0;
                } else {
                    line.putByte(length++, (byte) next);
                }
            }
        } catch (final IOException unreadable) {
            throw new ChaosException(file + " can't be read: " + unreadable.getMessage(), unreadable);
        }
    }
}
