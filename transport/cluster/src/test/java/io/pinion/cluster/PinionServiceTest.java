package io.pinion.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.aeron.cluster.service.Cluster;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PinionServiceTest {
    private final ServiceView view = new ServiceView();
    private final List<String> halts = new ArrayList<>();
    private final PinionService service = new PinionService(null, null, null, view, (sentence, cause) -> {
        halts.add(sentence);
        return new AssertionError(sentence, cause);
    });

    private void beginTerm(final long term) {
        service.onNewLeadershipTermEvent(term, 64 * term, 1, 0, 0, 1, TimeUnit.MICROSECONDS, 1);
    }

    @Test
    void shouldNotNameTheTermBeforeAsTheOneItLeadsIn() {
        beginTerm(0);
        assertThat(view.isTermCurrent).isTrue();
        service.onRoleChange(Cluster.Role.LEADER);
        assertThat(view.isLeader).isTrue();
        assertThat(view.isTermCurrent).as("before it has heard of its own term").isFalse();
        beginTerm(1);
        assertThat(view.isTermCurrent).isTrue();
        assertThat(view.leadershipTermId).isEqualTo(1);
        service.onRoleChange(Cluster.Role.FOLLOWER);
        assertThat(view.isLeader).isFalse();
        assertThat(view.isTermCurrent).isTrue();
        assertThat(halts).isEmpty();
    }
}
