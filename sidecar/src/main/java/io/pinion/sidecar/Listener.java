package io.pinion.sidecar;

import io.pinion.engine.Frame;
import io.pinion.engine.FrameFormat;
import io.pinion.engine.IngressAdapter;
import io.pinion.wire.Transcoder;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;

/** Prints what comes in as JSON lines, whatever the frames are. One thread. */
final class Listener {
    private static final int BATCH = 64;
    private static final int MAX_FRAME_BYTES = 1 << 27;
    private static final long PARK_NS = TimeUnit.MICROSECONDS.toNanos(100);

    private final List<IngressAdapter> adapters;
    private final OutputStream out;
    private final Consumer<String> tell;
    private final long most;
    private final Transcoder transcoder = new Transcoder();
    private final Frame incoming = new Frame(512, MAX_FRAME_BYTES);
    private final Frame json = new Frame(512, MAX_FRAME_BYTES);
    private long received;

    /**
     * Makes one.
     *
     * @param adapters where it comes in; the caller closes them.
     * @param out      where it is printed, buffered.
     * @param most     how many events; 0 for no end.
     * @param tell     takes what a person should know meanwhile.
     */
    Listener(
            final List<IngressAdapter> adapters, final OutputStream out, final long most, final Consumer<String> tell) {
        this.adapters = adapters;
        this.out = out;
        this.most = most;
        this.tell = tell;
    }

    /**
     * Prints until there were enough, or it is told to stop, or nothing came for long.
     *
     * @param silence    how long nothing may come; null for ever.
     * @param isStopWanted looked at again and again.
     * @return how many events came.
     * @throws IOException when it can't be printed.
     */
    long listen(final Duration silence, final BooleanSupplier isStopWanted) throws IOException {
        try {
            return listenOn(silence, isStopWanted);
        } finally {
            out.flush(); // also when the driver is lost: what was taken is gone from there
        }
    }

    private long listenOn(final Duration silence, final BooleanSupplier isStopWanted) throws IOException {
        long heardNs = System.nanoTime();
        while (!isStopWanted.getAsBoolean() && !isEnough()) {
            int work = 0;
            for (final IngressAdapter adapter : adapters) {
                work += adapter.poll(this::print, limit());
            }
            final long nowNs = System.nanoTime();
            if (work > 0) {
                heardNs = nowNs;
                continue;
            }
            out.flush();
            if (silence != null && nowNs - heardNs >= silence.toNanos()) {
                break;
            }
            LockSupport.parkNanos(PARK_NS);
        }
        return received;
    }

    /** No more than are wanted: what an adapter has handed over is gone from it. */
    private int limit() {
        return most > 0 ? (int) Math.min(BATCH, Math.max(0, most - received)) : BATCH;
    }

    private boolean isEnough() {
        return most > 0 && received >= most;
    }

    private boolean print(final DirectBuffer buffer, final int offset, final int length, final long dueNs) {
        if (isEnough()) {
            return false;
        }
        incoming.copyFrom(buffer, offset, length, FrameFormat.of(buffer, offset, length));
        try {
            if (transcoder.transcode(incoming, json, FrameFormat.JSON)) {
                out.write(json.array(), 0, json.lengthBytes());
                out.write('\n');
            } else {
                tell.accept("event " + (received + 1) + " is neither JSON nor Wire: " + incoming.fault());
            }
        } catch (final IOException broken) {
            throw new UncheckedIOException(broken);
        }
        received++;
        return true;
    }
}
