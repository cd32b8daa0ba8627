package io.pinion.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.engine.EdgeException;
import org.junit.jupiter.api.Test;

class ErrorPrinterTest {
    /** What the JVM throws, wherever it happens to be, when a mapped buffer's page finds no room. */
    private static final InternalError FAULT =
            new InternalError("a fault occurred in a recent unsafe memory access operation in compiled Java code");

    @Test
    void shouldSayWhatToDoWhenSharedMemoryIsFull() {
        assertThat(ErrorPrinter.sentence(FAULT))
                .contains("/dev/shm", "--shm-size")
                .doesNotContain("InternalError");
        assertThat(ErrorPrinter.sentence(new EdgeException("Reviews has stopped: " + FAULT, FAULT)))
                .contains("/dev/shm", "--shm-size")
                .doesNotContain("InternalError");
    }

    @Test
    void shouldLeaveOtherErrorsAsTheyAre() {
        assertThat(ErrorPrinter.sentence(new InternalError("otherwise"))).contains("otherwise");
        assertThat(ErrorPrinter.sentence(new EdgeException("The port is taken.", new InternalError("otherwise"))))
                .isEqualTo("pinion: The port is taken.");
    }
}
