package io.pinion.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemberContextsTest {
    private static final long NOW_US = 1_700_000_000_000_000L;

    @TempDir
    private Path folder;

    /** Aeron ends a client whose time is ten seconds from its driver's: none may read the wall clock by itself. */
    @Test
    void shouldGiveAllPartsOfAMemberOneTimeThatDoesNotStep() {
        final MemberClock clock = new MemberClock(() -> 0, () -> NOW_US);
        final MemberContexts contexts = new MemberContexts(
                MemberConfig.of(0, List.of("127.0.0.1"), folder).build(),
                MemberDirectory.of(folder),
                error -> {},
                clock);
        assertThat(contexts.driver().epochClock().time()).isEqualTo(NOW_US / 1_000);
        assertThat(contexts.archive().epochClock().time()).isEqualTo(NOW_US / 1_000);
        assertThat(contexts.client().epochClock().time()).isEqualTo(NOW_US / 1_000);
        assertThat(contexts.consensus(() -> {}).epochClock().time()).isEqualTo(NOW_US / 1_000);
        assertThat(contexts.consensus(() -> {}).clusterClock()).isSameAs(clock);
        assertThat(contexts.service(null, () -> {}).epochClock().time()).isEqualTo(NOW_US / 1_000);
    }
}
