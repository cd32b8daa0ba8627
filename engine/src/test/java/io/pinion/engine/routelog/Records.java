package io.pinion.engine.routelog;

import java.nio.file.Path;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;

/** Records whose every byte follows from run and sequence, and small logs to put them in. */
final class Records {
    static final long RUN = 0xA1L;
    private static final int OFFSET = 3;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[70_000]);

    static RouteLogConfig small(final Path directory) {
        return RouteLogConfig.in(directory).segmentBytes(4_096).invoked();
    }

    static int lengthOf(final long run, final long sequence) {
        return new Random(run * 31 + sequence).nextInt(300);
    }

    static byte[] payload(final long run, final long sequence) {
        final Random random = new Random(run * 31 + sequence);
        final byte[] bytes = new byte[random.nextInt(300)];
        random.nextBytes(bytes);
        return bytes;
    }

    AppendResult append(final RouteLog log, final long run, final long sequence) {
        return append(log, run, sequence, payload(run, sequence));
    }

    AppendResult append(final RouteLog log, final long run, final long sequence, final byte[] payload) {
        buffer.putBytes(OFFSET, payload);
        return log.writer().append(run, sequence, sequence * 7, timeOf(sequence), buffer, OFFSET, payload.length);
    }

    /** Lets an invoked log make room, where it needs that. */
    AppendResult appendPatiently(final RouteLog log, final long run, final long sequence) {
        AppendResult result = append(log, run, sequence);
        while (result == AppendResult.NOT_READY) {
            log.doWork();
            Thread.onSpinWait();
            result = append(log, run, sequence);
        }
        return result;
    }

    void fill(final RouteLog log, final long run, final long from, final long to) {
        for (long sequence = from; sequence < to; sequence++) {
            final AppendResult result = appendPatiently(log, run, sequence);
            if (result != AppendResult.APPENDED) {
                throw new AssertionError("sequence " + sequence + ": " + result);
            }
        }
    }

    static long timeOf(final long sequence) {
        return 1_000_000 + sequence * 10;
    }

    static byte[] shown(final RouteLogReader reader) {
        final byte[] bytes = new byte[reader.lengthBytes()];
        reader.buffer().getBytes(reader.offset(), bytes);
        return bytes;
    }

    static String describe(final RouteLogReader reader) {
        return reader.logId() + ":" + reader.sequence();
    }

    /** True when what is shown is, to the byte, what was appended under its run and sequence. */
    static boolean isWhole(final RouteLogReader reader) {
        return reader.logPosition() == reader.sequence() * 7
                && reader.logTimeUs() == timeOf(reader.sequence())
                && java.util.Arrays.equals(shown(reader), payload(reader.logId(), reader.sequence()));
    }
}
