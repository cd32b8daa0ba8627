package io.pinion.engine.routelog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Tells whether the machine was started anew since a log was written: only then can bytes be missing that a process had
 * stored. Linux says so; elsewhere each opening counts as a new start.
 */
final class BootId {
    private static final Path FILE = Path.of("/proc/sys/kernel/random/boot_id");

    private BootId() {}

    static long ofThisMachine() {
        String text;
        try {
            text = Files.readString(FILE).trim();
        } catch (final IOException expected) {
            text = UUID.randomUUID().toString();
        }
        final byte[] name = text.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.wrap(name).getLong()
                ^ ByteBuffer.wrap(name, name.length - 8, 8).getLong() * 31;
    }
}
