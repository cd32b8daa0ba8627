package io.pinion.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.configs.FeedbackEvent;
import io.pinion.engine.Frame;
import io.pinion.engine.Target;
import io.pinion.sidecar.chaos.DeliveryAccount;
import io.pinion.wire.FrameCodec;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedbackWorkloadTest {
    private static final int EVENTS = 20_000;

    @TempDir
    private Path folder;

    /** The generator's own tally is the other witness. */
    @Test
    void shouldKnowWhereEachEventGoes() {
        final DemoFolder users = new DemoFolder(folder);
        users.prepare();
        final FeedbackWorkload workload = new FeedbackWorkload(users.users(), 1, 7);
        final FeedbackGenerator generator = new FeedbackGenerator(FrameCodec.of(FeedbackEvent::new), 7, 1);
        final Frame frame = new Frame(4_096, 4_096);
        final Map<String, Integer> counts = new HashMap<>();
        final Set<Long> ids = new HashSet<>();
        for (int i = 0; i < EVENTS; i++) {
            workload.next(1_000L * i, frame);
            generator.next(1_000L * i, new Frame(4_096, 4_096));
            final List<String> targets = workload.targets();
            targets.forEach(target -> counts.merge(target, 1, Integer::sum));
            if (workload.id() == DeliveryAccount.UNNAMED) {
                assertThat(targets).containsExactly(Target.DEAD_LETTERS);
            } else if (!targets.isEmpty()) {
                assertThat(ids.add(workload.id()))
                        .as("event %s goes out once", workload.id())
                        .isTrue();
                assertThat(workload.id()).isGreaterThanOrEqualTo(DeliveryAccount.id(1, 0));
            }
        }
        final FeedbackTally tally = generator.tally();
        assertThat(counts.get(Target.DEAD_LETTERS)).isEqualTo(Math.toIntExact(tally.malformed + tally.unknownUsers));
        assertThat(counts.get("training")).isGreaterThan(counts.get("evaluation"));
        assertThat(counts.get("analytics")).isPositive();
    }
}
