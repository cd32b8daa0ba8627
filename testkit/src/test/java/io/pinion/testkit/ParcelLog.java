package io.pinion.testkit;

import io.pinion.engine.Frame;
import io.pinion.engine.FrameFormat;
import io.pinion.engine.IngressAdapter;
import io.pinion.wire.Transcoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Events, changes of tables, and frames that are neither, in one order, at the times it says: whichever adapter is asked,
 * only the one whose turn it is has something. The ingress' thread owns it.
 */
final class ParcelLog {
    /** What comes in. */
    enum What {
        /** An event. */
        EVENT,
        /** What is none. */
        GARBAGE,
        /** A row of a table. */
        PUT,
        /** The end of one. */
        DELETE,
        /** A row that is none. */
        BAD_ROW
    }

    /** One thing that comes in; {@code table} matters where it is no event. */
    record Entry(What what, String table, long number, int kind, int weight, int word, int laterUs, boolean isWire) {
        long id() {
            return number % 6;
        }

        long sender() {
            return number / 6;
        }

        String word(final String prefix) {
            return word == 0 ? "" : prefix + word;
        }

        boolean isEvent() {
            return what == What.EVENT || what == What.GARBAGE;
        }

        String json() {
            return switch (what) {
                case EVENT ->
                    "{\"id\":%d,\"sender\":%d,\"kind\":%d,\"weight\":%d,\"label\":\"%s\",\"unknown\":[1.25]}"
                            .formatted(id(), sender(), kind, weight, word("l"));
                case GARBAGE -> "{\"id\":true}";
                case PUT -> "{\"id\":%d,\"name\":\"%s\",\"price\":%d}".formatted(sender(), word("l"), weight);
                case DELETE -> "{\"id\":%d,\"name\":\"%s\",\"gone\":true}".formatted(sender(), word("l"));
                case BAD_ROW -> "{\"id\":\"x\"}";
            };
        }
    }

    private final List<Entry> entries;
    private final long[] timesUs;
    private int next;
    private Turn first;
    private volatile long clockNs;

    ParcelLog(final List<Entry> entries) {
        this.entries = entries;
        timesUs = entries.stream().mapToLong(Entry::laterUs).toArray();
        Arrays.parallelPrefix(timesUs, Long::sum);
    }

    long clockNs() {
        return clockNs;
    }

    IngressAdapter events() {
        return new Turn(null);
    }

    IngressAdapter changesOf(final String table) {
        return new Turn(table);
    }

    private final class Turn implements IngressAdapter {
        private final String table;
        private final Transcoder transcoder = new Transcoder();
        private final Frame json = new Frame(64, 1_024);
        private final Frame wire = new Frame(64, 1_024);

        Turn(final String table) {
            this.table = table;
        }

        @Override
        public int poll(final FrameHandler handler, final int limit) {
            passTime();
            int work = 0;
            while (work < limit && isDue() && isMine(entries.get(next))) {
                final UnsafeBuffer frame = frameOf(entries.get(next));
                if (!handler.onFrame(frame, 0, frame.capacity(), 0)) {
                    break;
                }
                next++;
                work++;
            }
            return work;
        }

        /** Between two duty cycles only, since the ingress reads the clock once in each: whose turn is first begins one. */
        private void passTime() {
            first = first == null ? this : first;
            if (this == first && next < entries.size()) {
                clockNs = timesUs[next] * 1_000;
            }
        }

        private boolean isDue() {
            return next < entries.size() && timesUs[next] * 1_000 == clockNs;
        }

        private boolean isMine(final Entry entry) {
            return table == null ? entry.isEvent() : !entry.isEvent() && entry.table.equals(table);
        }

        private UnsafeBuffer frameOf(final Entry entry) {
            final UnsafeBuffer bytes = new UnsafeBuffer(entry.json().getBytes(StandardCharsets.UTF_8));
            if (!entry.isWire) {
                return bytes;
            }
            json.copyFrom(bytes, 0, bytes.capacity(), FrameFormat.JSON);
            if (!transcoder.transcode(json, wire, FrameFormat.WIRE)) {
                throw new AssertionError(json.fault());
            }
            return new UnsafeBuffer(wire.array(), 0, wire.lengthBytes());
        }

        @Override
        public boolean isAtEnd() {
            return next == entries.size();
        }

        @Override
        public void close() {}
    }
}
