package io.pinion.engine.routelog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.agrona.IoUtil;

/** The log against a plain list, on random steps. */
class RouteLogModelTest {
    private static final int MAX_BYTES = 8_192;

    enum Kind {
        APPEND,
        APPEND_AGAIN,
        NEW_RUN,
        READ,
        CONFIRM,
        WORK,
        REOPEN,
        RESTART_MACHINE,
        CORRUPT_TAIL
    }

    record Step(Kind kind, int amount) {}

    private record Entry(long run, long sequence, int lengthBytes) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        final Arbitrary<Kind> kinds = Arbitraries.frequency(
                net.jqwik.api.Tuple.of(8, Kind.APPEND),
                net.jqwik.api.Tuple.of(2, Kind.APPEND_AGAIN),
                net.jqwik.api.Tuple.of(1, Kind.NEW_RUN),
                net.jqwik.api.Tuple.of(4, Kind.READ),
                net.jqwik.api.Tuple.of(4, Kind.CONFIRM),
                net.jqwik.api.Tuple.of(3, Kind.WORK),
                net.jqwik.api.Tuple.of(1, Kind.REOPEN),
                net.jqwik.api.Tuple.of(1, Kind.RESTART_MACHINE),
                net.jqwik.api.Tuple.of(1, Kind.CORRUPT_TAIL));
        return Combinators.combine(kinds, Arbitraries.integers().between(0, 40))
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(60);
    }

    @Property(tries = 500)
    void shouldBehaveAsAListDoes(@ForAll("steps") final List<Step> steps) throws IOException {
        final Path directory = Files.createTempDirectory("route-log-model");
        try (Model model = new Model(directory)) {
            for (final Step step : steps) {
                model.take(step);
                model.verify();
            }
        } finally {
            IoUtil.delete(directory.toFile(), true);
        }
    }

    private static final class Model implements AutoCloseable {
        private final Path directory;
        private final Records records = new Records();
        private final List<Entry> entries = new ArrayList<>();
        private int confirmed;
        private int read;
        private long run = 1;
        private long nextSequence;
        private long bootId = 1;
        private RouteLog log;
        private RouteLogReader reader;

        Model(final Path directory) {
            this.directory = directory;
            open();
        }

        private void open() {
            log = RouteLog.open(Records.small(directory).maxBytes(MAX_BYTES).bootId(bootId));
            reader = log.newReader();
            read = confirmed;
        }

        void take(final Step step) throws IOException {
            switch (step.kind()) {
                case APPEND -> append(step.amount());
                case APPEND_AGAIN -> appendAgain(step.amount());
                case NEW_RUN -> {
                    run++;
                    nextSequence = step.amount();
                    append(1);
                }
                case READ -> read(step.amount());
                case CONFIRM -> confirm(step.amount());
                case WORK -> log.doWork();
                case REOPEN -> reopen();
                case RESTART_MACHINE -> {
                    bootId++;
                    reopen();
                }
                case CORRUPT_TAIL -> corruptTail(step.amount());
                default -> throw new AssertionError(step);
            }
        }

        private void append(final int count) {
            for (int i = 0; i < count; i++) {
                final int length = Records.payload(run, nextSequence).length;
                switch (records.append(log, run, nextSequence)) {
                    case APPENDED -> {
                        assertThat(unconfirmedBytes() + length).isLessThanOrEqualTo(MAX_BYTES);
                        entries.add(new Entry(run, nextSequence, length));
                        nextSequence++;
                    }
                    case FULL -> {
                        assertThat(unconfirmedBytes() + length).isGreaterThan(MAX_BYTES);
                        return;
                    }
                    case NOT_READY -> log.doWork();
                    default -> throw new AssertionError("a new sequence can't be there");
                }
            }
        }

        private void appendAgain(final int back) {
            for (int i = Math.max(0, entries.size() - back); i < entries.size(); i++) {
                final Entry entry = entries.get(i);
                if (entry.run() == run) {
                    final AppendResult result = records.append(log, entry.run(), entry.sequence());
                    assertThat(result)
                            .isIn(
                                    i < confirmed
                                            ? List.of(AppendResult.ALREADY_THERE, AppendResult.BELOW_START)
                                            : List.of(AppendResult.ALREADY_THERE));
                }
            }
        }

        private void read(final int count) {
            for (int i = 0; i < count && reader.next(); i++) {
                final Entry entry = new Entry(reader.logId(), reader.sequence(), reader.lengthBytes());
                assertThat(Records.isWhole(reader)).isTrue();
                // A reader that is behind what was confirmed may be carried on to what is kept.
                while (read < confirmed && !entries.get(read).equals(entry)) {
                    read++;
                }
                assertThat(entry).isEqualTo(entries.get(read));
                read++;
            }
        }

        private void confirm(final int count) {
            final int to = Math.min(entries.size(), confirmed + count);
            if (to > 0) {
                final Entry last = entries.get(to - 1);
                assertThat(log.writer().confirm(last.run(), last.sequence())).isEqualTo(to > confirmed);
                confirmed = to;
            }
        }

        private void reopen() {
            reader.close();
            log.close();
            open();
            assertThat(log.openingNote()).isNull();
        }

        private void corruptTail(final int amount) throws IOException {
            reader.close();
            log.close();
            if (!entries.isEmpty() && log.writer().logId() == run && confirmed < entries.size()) {
                final Entry last = entries.get(entries.size() - 1);
                if (spoilLastRecord(amount)) {
                    entries.remove(entries.size() - 1);
                    nextSequence = last.sequence();
                }
            }
            open();
        }

        /** Changes a byte of the last record, where the last segment holds one. */
        private boolean spoilLastRecord(final int amount) throws IOException {
            final Path last;
            try (Stream<Path> files = Files.list(directory)) {
                last = files.filter(file -> file.toString().endsWith(".log"))
                        .max(Path::compareTo)
                        .orElseThrow();
            }
            try (RandomAccessFile file = new RandomAccessFile(last.toFile(), "rw")) {
                int offset = Segment.HEADER_BYTES;
                int lastOffset = -1;
                int length = 0;
                while (offset < file.length() && (length = lengthAt(file, offset)) > 0) {
                    lastOffset = offset;
                    offset += Segment.align(length);
                }
                if (lastOffset < 0) {
                    return false;
                }
                file.seek(lastOffset + amount % 32);
                final int before = file.read();
                file.seek(lastOffset + amount % 32);
                file.write(before ^ 1 << amount % 8);
                return true;
            }
        }

        private static int lengthAt(final RandomAccessFile file, final int offset) throws IOException {
            file.seek(offset);
            return Integer.reverseBytes(file.readInt());
        }

        private long unconfirmedBytes() {
            return entries.subList(confirmed, entries.size()).stream()
                    .mapToLong(Entry::lengthBytes)
                    .sum();
        }

        void verify() {
            assertThat(log.backlogEvents()).isEqualTo(entries.size() - confirmed);
            assertThat(log.backlogBytes()).isEqualTo(unconfirmedBytes());
            try (RouteLogReader all = log.newReader()) {
                for (final Entry entry : entries.subList(confirmed, entries.size())) {
                    assertThat(all.next()).isTrue();
                    assertThat(new Entry(all.logId(), all.sequence(), all.lengthBytes()))
                            .isEqualTo(entry);
                    assertThat(Records.isWhole(all)).isTrue();
                }
                assertThat(all.next()).isFalse();
            }
        }

        @Override
        public void close() {
            reader.close();
            log.close();
        }
    }
}
