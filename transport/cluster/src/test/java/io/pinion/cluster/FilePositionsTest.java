package io.pinion.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pinion.engine.EdgeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePositionsTest {
    @TempDir
    Path folder;

    @Test
    void shouldKnowItsPositionAfterARestart() {
        final Path file = folder.resolve("deeper/training.position");
        try (ConsumerPositions positions = ConsumerPositions.inFile(file)) {
            assertThat(positions.logId()).isZero();
            assertThat(positions.next()).isOne();
            positions.store(7, 100);
            positions.store(7, 101);
        }
        try (ConsumerPositions positions = ConsumerPositions.inFile(file)) {
            assertThat(positions.logId()).isEqualTo(7);
            assertThat(positions.next()).isEqualTo(101);
            positions.store(8, 1);
        }
        try (ConsumerPositions positions = ConsumerPositions.inFile(file)) {
            assertThat(positions.logId()).isEqualTo(8);
            assertThat(positions.next()).isOne();
        }
    }

    @Test
    void shouldGoBackToThePositionBeforeWhereItsLastOneIsTorn() throws IOException {
        final Path file = folder.resolve("p");
        try (ConsumerPositions positions = ConsumerPositions.inFile(file)) {
            positions.store(7, 100);
            positions.store(7, 101);
        }
        final byte[] whole = Files.readAllBytes(file);
        for (int i = 0; i < whole.length; i++) {
            final byte[] torn = whole.clone();
            torn[i] ^= 1;
            Files.write(file, torn);
            try (ConsumerPositions positions = ConsumerPositions.inFile(file)) {
                assertThat(positions.next()).isEqualTo(i < 32 ? 100 : 101);
            }
        }
    }

    @Test
    void shouldRefuseAnotherKindOfFile() throws IOException {
        final Path file = Files.write(folder.resolve("p"), new byte[64]);
        assertThatThrownBy(() -> ConsumerPositions.inFile(file))
                .isInstanceOf(EdgeException.class)
                .hasMessageContaining("holds no position of a consumer");
        Files.write(file, Arrays.copyOf("text".getBytes(), 4));
        assertThatThrownBy(() -> ConsumerPositions.inFile(file)).isInstanceOf(EdgeException.class);
    }

    @Test
    void shouldBelongToOneConsumer() {
        final Path file = folder.resolve("p");
        try (ConsumerPositions positions = ConsumerPositions.inFile(file)) {
            assertThat(positions.next()).isOne();
            assertThatThrownBy(() -> ConsumerPositions.inFile(file))
                    .isInstanceOf(EdgeException.class)
                    .hasMessageContaining("another consumer's");
        }
    }
}
