package io.pinion.sidecar;

import io.pinion.engine.Frame;
import io.pinion.engine.FrameFormat;
import io.pinion.wire.Transcoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.wire.BinaryWire;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Frames that were good once, as JSON and as Wire: hit by what noise and malice do. The same seed gives the same frames. Each
 * overwrites the one before.
 */
final class FrameMutator {
    private static final String CLASS_NAME = "!io.pinion.sidecar.ClassNamedInAFrame";
    private static final byte[] NASTY = {
        0,
        1,
        -1,
        0x7F,
        (byte) 0x80,
        '"',
        '\\',
        '{',
        '}',
        '[',
        ']',
        ':',
        ',',
        '-',
        '.',
        'e',
        'n',
        '9',
        (byte) 0x82,
        (byte) 0x8A,
        (byte) 0x8D,
        (byte) 0x90,
        (byte) 0xA7,
        (byte) 0xB6,
        (byte) 0xB7,
        (byte) 0xB8,
        (byte) 0xB9,
        (byte) 0xC0,
        (byte) 0xE2
    };

    private final SplittableRandom random;
    private final List<byte[]> samples;
    private final byte[] bytes;
    private final UnsafeBuffer frame;
    private int length;

    FrameMutator(final long seed, final List<byte[]> samples, final int longestBytes) {
        random = new SplittableRandom(seed);
        this.samples = samples;
        bytes = new byte[longestBytes];
        frame = new UnsafeBuffer(bytes);
    }

    /** Each JSON text as it is and as Wire, and Wire that names classes, is compressed, or has what JSON can't say. */
    static List<byte[]> samplesOf(final List<String> jsons) {
        final List<byte[]> samples = new ArrayList<>();
        final Transcoder transcoder = new Transcoder();
        final Frame from = new Frame(1_024, 4_096);
        final Frame to = new Frame(1_024, 4_096);
        for (final String json : jsons) {
            final byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
            samples.add(utf8);
            from.copyFrom(new UnsafeBuffer(utf8), 0, utf8.length, FrameFormat.JSON);
            if (!transcoder.transcode(from, to, FrameFormat.WIRE)) {
                throw new AssertionError(from.fault());
            }
            samples.add(java.util.Arrays.copyOf(to.array(), to.lengthBytes()));
        }
        samples.add(onlyInWire());
        return List.copyOf(samples);
    }

    private static byte[] onlyInWire() {
        final Bytes<?> written = Bytes.allocateElasticOnHeap();
        final BinaryWire wire = new BinaryWire(written);
        wire.write("eventId").int64(77);
        wire.write("at").int64(1_760_000_000_000_000L);
        wire.write("consent").bool(true);
        wire.write("unknown").typePrefix(CLASS_NAME).marshallable(inner -> inner.write("x")
                .int32(1));
        wire.write("packed").compress("gzip", Bytes.from("a".repeat(500)));
        wire.write("type").typeLiteral(CLASS_NAME.substring(1));
        wire.write("bytes").bytes(new byte[] {1, 2, 3});
        wire.write("longs").int64array(4);
        wire.addPadding(5);
        wire.write("list").sequence(list -> list.sequence(inner -> inner.text("deep")));
        wire.writeEventId(9);
        wire.getValueOut().float32(0.5f);
        return written.toByteArray();
    }

    /** Makes the next one. */
    void next() {
        final byte[] sample = samples.get(random.nextInt(samples.size()));
        System.arraycopy(sample, 0, bytes, 0, sample.length);
        length = sample.length;
        for (int hits = random.nextInt(4); hits > 0; hits--) {
            hit();
        }
    }

    private void hit() {
        final int at = random.nextInt(length + 1);
        switch (random.nextInt(9)) {
            case 0 -> bytes[Math.min(at, length)] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[Math.min(at, length)] = (byte) random.nextInt(256);
            case 2 -> bytes[Math.min(at, length)] = NASTY[random.nextInt(NASTY.length)];
            case 3 -> insert(at, 1 + random.nextInt(8));
            case 4 -> remove(at, 1 + random.nextInt(8));
            case 5 -> copyFrom(bytes, length, at);
            case 6 -> {
                final byte[] other = samples.get(random.nextInt(samples.size()));
                copyFrom(other, other.length, at);
            }
            case 7 -> frame.putInt(Math.min(at, bytes.length - 4), random.nextInt() >> random.nextInt(32));
            default -> length = random.nextInt(8) == 0 ? at : repeat(at);
        }
    }

    private void insert(final int at, final int wanted) {
        final int more = Math.min(wanted, bytes.length - length);
        System.arraycopy(bytes, at, bytes, at + more, length - at);
        for (int i = at; i < at + more; i++) {
            bytes[i] = NASTY[random.nextInt(NASTY.length)];
        }
        length += more;
    }

    private void remove(final int at, final int wanted) {
        final int less = Math.min(wanted, length - at);
        System.arraycopy(bytes, at + less, bytes, at, length - at - less);
        length -= less;
    }

    private void copyFrom(final byte[] source, final int sourceLength, final int at) {
        final int from = random.nextInt(sourceLength + 1);
        final int copied = Math.min(Math.min(random.nextInt(64), sourceLength - from), bytes.length - at);
        System.arraycopy(source, from, bytes, at, copied);
        length = Math.max(length, at + copied);
    }

    /** A piece of it again and again, now and then until nothing more fits. @return its new length. */
    private int repeat(final int at) {
        final int piece = 1 + random.nextInt(12);
        final int until = random.nextInt(64) == 0 ? bytes.length : Math.min(bytes.length, length + random.nextInt(256));
        for (int i = Math.max(at, piece); i < until; i++) {
            bytes[i] = bytes[i - piece];
        }
        return Math.max(length, until);
    }

    UnsafeBuffer frame() {
        return frame;
    }

    int lengthBytes() {
        return length;
    }

    int nextInt(final int bound) {
        return random.nextInt(bound);
    }
}
