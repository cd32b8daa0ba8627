package io.pinion.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.cluster.Admission.Outcome;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Random messages of a few producers, against a plain map; saved and restored after each of them. */
class AdmissionModelTest {
    private static final int CAPACITY = 3;
    private static final long MEMORY_US = 100;
    private static final Genesis GENESIS = new Genesis(1, "Graph", "a: 1\n");

    /** One message: an event, or where there is a nonce an open; the sequence counts from the producer's last. */
    record Step(int producer, int nonce, int epochsBack, int ahead, boolean isHeldBack, int laterUs) {}

    /** What a plain program would remember of a producer. */
    private static final class Mark {
        long epoch;
        long nonce;
        long last;
        long usedUs;
        boolean isGapTold;
    }

    /** In the order of their last use. */
    private final Map<Long, Mark> model = new LinkedHashMap<>();

    private long nowUs = 1_000;
    private Admission admission;

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, CAPACITY + 2),
                        Arbitraries.frequency(Tuple.of(4, 0), Tuple.of(1, 1), Tuple.of(1, 2)),
                        Arbitraries.frequency(Tuple.of(6, 0), Tuple.of(1, 1)),
                        Arbitraries.integers().between(-1, 3),
                        Arbitraries.of(false, false, false, true),
                        Arbitraries.frequency(Tuple.of(8, 1), Tuple.of(1, 60), Tuple.of(1, 150)))
                .as(Step::new)
                .list()
                .ofMaxSize(60);
    }

    @Property(tries = 500)
    void shouldTakeWhatAPlainMapWouldTake(@ForAll("steps") final List<Step> steps) throws IOException {
        admission = newAdmission();
        admission.onGenesis(7, GENESIS);
        model.clear();
        nowUs = 1_000;
        for (final Step step : steps) {
            nowUs += step.laterUs;
            admission.onTime(nowUs);
            if (step.nonce > 0) {
                open(step.producer, step.nonce);
            } else {
                event(step);
            }
            admission = restored(admission);
        }
    }

    private void open(final long producer, final long nonce) {
        final Outcome outcome = admission.onOpen(producer, nonce);
        Mark mark = model.remove(producer);
        if (mark == null) {
            model.values().removeIf(other -> nowUs - other.usedUs >= MEMORY_US);
            if (model.size() == CAPACITY) {
                assertThat(outcome).isEqualTo(Outcome.REFUSE);
                assertThat(admission.reason()).isEqualTo(ClusterMessages.FULL);
                return;
            }
            mark = new Mark();
            mark.epoch = nowUs;
        } else if (mark.nonce != nonce) {
            mark.epoch++;
            mark.isGapTold = false;
        }
        mark.nonce = nonce;
        mark.usedUs = nowUs;
        model.put(producer, mark);
        assertThat(outcome).isEqualTo(Outcome.ACCEPT);
        assertThat(admission.epoch()).isEqualTo(mark.epoch);
        assertThat(admission.last()).isEqualTo(mark.last);
    }

    private void event(final Step step) {
        final long producer = step.producer;
        final Mark mark = model.get(producer);
        final long epoch = mark == null ? 1 : mark.epoch - step.epochsBack;
        final long sequence = mark == null ? 1 : mark.last + step.ahead;
        final Outcome outcome = admission.onEvent(producer, epoch, sequence, 0, step.isHeldBack);
        if (mark == null) {
            requireRefused(outcome, ClusterMessages.UNKNOWN, 1);
            return;
        }
        if (step.epochsBack > 0) {
            requireRefused(outcome, ClusterMessages.FENCED, mark.last + 1);
            return;
        }
        model.remove(producer);
        model.put(producer, mark);
        mark.usedUs = nowUs;
        if (step.ahead > 1) {
            if (mark.isGapTold) {
                assertThat(outcome).isEqualTo(Outcome.IGNORE);
            } else {
                requireRefused(outcome, ClusterMessages.GAP, mark.last + 1);
            }
            mark.isGapTold = true;
            return;
        }
        mark.isGapTold = false;
        if (step.ahead < 1) {
            assertThat(outcome).isEqualTo(Outcome.ACKNOWLEDGE);
        } else if (step.isHeldBack) {
            requireRefused(outcome, ClusterMessages.BUSY, mark.last + 1);
        } else {
            assertThat(outcome).isEqualTo(Outcome.ACCEPT);
            mark.last++;
        }
        assertThat(admission.last()).isEqualTo(mark.last);
    }

    private void requireRefused(final Outcome outcome, final int reason, final long expected) {
        assertThat(outcome).isEqualTo(Outcome.REFUSE);
        assertThat(admission.reason()).isEqualTo(reason);
        assertThat(admission.expected()).isEqualTo(expected);
    }

    private static Admission newAdmission() {
        return new Admission(GENESIS, new ProducerMarks(CAPACITY, MEMORY_US), new TableLoads(1, 0));
    }

    /** Another that was restored from what one saved, and would save the same. */
    private static Admission restored(final Admission from) throws IOException {
        final KeptSections saved = new KeptSections();
        final SnapshotWriter writer = new SnapshotWriter(saved);
        from.save(writer, 5);
        final long[] hashes = writer.end(5).hashes();
        final Admission to = newAdmission();
        final SnapshotReader reader = saved.reader();
        to.restore(reader);
        reader.end();
        final SnapshotWriter again = new SnapshotWriter(SnapshotWriter.Output.NONE);
        to.save(again, 5);
        assertThat(again.end(5).hashes()).isEqualTo(hashes);
        return to;
    }
}
