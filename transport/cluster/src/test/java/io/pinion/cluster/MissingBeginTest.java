package io.pinion.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.aeron.exceptions.AeronException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MissingBeginTest {
    private static final Throwable BEFORE_THE_LOG =
            new AeronException("requested replay start position=0 is less than recording start position=83886080");

    private final ServiceView view = new ServiceView();
    private final List<String> halts = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final List<Throwable> errors = new ArrayList<>();
    private final MissingBegin begin = new MissingBegin(
            errors::add,
            view,
            MemberConfig.of(0, List.of("127.0.0.1"), Path.of("disk"))
                    .tell(told::add)
                    .halt((sentence, cause) -> {
                        halts.add(sentence);
                        return new AssertionError(sentence, cause);
                    })
                    .build());

    @Test
    void shouldEndAMemberThatHasNothingAndCannotBeginAtZero() {
        begin.onError(BEFORE_THE_LOG);
        assertThat(halts).singleElement().asString().contains("seed it from another member with \"pinion seed\"");
    }

    @Test
    void shouldNotEndAMemberWhoseLogIsAskedForWhatItNoLongerHas() {
        view.position = 1_024;
        begin.onError(BEFORE_THE_LOG);
        assertThat(halts).isEmpty();
        assertThat(errors).containsExactly(BEFORE_THE_LOG);
    }

    @Test
    void shouldTellOnceWhatToDoWhenItDoesNotCatchUp() {
        begin.onError(new AeronException("failed to join catchup log"));
        begin.onError(new AeronException("failed to join catchup log"));
        assertThat(errors).hasSize(2);
        assertThat(told).singleElement().asString().contains("pinion seed");
    }
}
