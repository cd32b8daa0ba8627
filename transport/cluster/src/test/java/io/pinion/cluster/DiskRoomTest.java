package io.pinion.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pinion.engine.EdgeException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskRoomTest {
    @TempDir
    Path folder;

    private final List<String> halts = new ArrayList<>();
    private final MemberHalt halt = (sentence, cause) -> {
        halts.add(sentence + (cause == null ? "" : " " + cause.getMessage()));
        return new AssertionError(sentence, cause);
    };

    private DiskRoom plenty() {
        return new DiskRoom(folder, 1);
    }

    private DiskRoom tooLittle() {
        return new DiskRoom(folder, Long.MAX_VALUE);
    }

    @Test
    void shouldSayNothingWhileThereIsRoom() {
        assertThat(plenty().shortage()).isNull();
        plenty().require();
    }

    @Test
    void shouldNameTheDirectoryAndWhatIsNeeded() {
        assertThatThrownBy(() -> tooLittle().require())
                .isInstanceOf(EdgeException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining(Long.toString(Long.MAX_VALUE))
                .hasMessageContaining("free some space");
    }

    @Test
    void shouldTellOfTheDiskWhereAnErrorIsMetWhileItIsFull() {
        tooLittle().before(halt).halt("An error.", new InternalError("a fault in an unsafe memory access operation"));
        assertThat(halts)
                .singleElement()
                .asString()
                .startsWith("The disk of " + folder)
                .doesNotContain("unsafe");
    }

    @Test
    void shouldLeaveEachOtherSentenceAsItIs() {
        plenty().before(halt).halt("An error.", new InternalError("broken"));
        tooLittle().before(halt).halt("Another revision.", null);
        assertThat(halts).containsExactly("An error. broken", "Another revision.");
    }

    @Test
    void shouldSayThatADiskCannotBeLookedAt() {
        assertThat(new DiskRoom(folder.resolve("gone"), 1).shortage()).contains("can't be looked at");
    }
}
