package io.pinion.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pinion.engine.EdgeException;
import io.pinion.engine.Frame;
import io.pinion.engine.FrameFormat;
import io.pinion.file.JsonLinesPublisher.Existing;
import io.pinion.file.JsonLinesPublisher.WhenFailing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesPublisherTest {
    @TempDir
    Path directory;

    @Test
    void shouldWriteOneFrameALine() throws IOException {
        final Path file = directory.resolve("out/of/the/way/training.jsonl");
        try (JsonLinesPublisher publisher = open(file, Existing.REFUSE)) {
            assertThat(publisher.offer(json("{\"a\":1}"), 0)).isTrue();
            assertThat(publisher.offer(json("{\"a\":2}"), 0)).isTrue();
            assertThat(publisher.isDrained()).isTrue();
            assertThat(file).hasContent("{\"a\":1}\n{\"a\":2}\n");
            assertThat(publisher.writtenBytes()).isEqualTo(16);
        }
    }

    @Test
    void shouldWriteWhenIdleAndNotBefore() {
        final Path file = directory.resolve("training.jsonl");
        try (JsonLinesPublisher publisher = open(file, Existing.REFUSE)) {
            publisher.offer(json("{\"a\":1}"), 0);
            assertThat(publisher.doWork()).isZero();
            publisher.offer(json("{\"a\":2}"), 0);
            assertThat(publisher.doWork()).isZero();
            assertThat(file).isEmptyFile();
            assertThat(publisher.doWork()).isOne();
            assertThat(file).hasContent("{\"a\":1}\n{\"a\":2}\n");
            assertThat(publisher.doWork()).isZero();
        }
    }

    @Test
    void shouldWriteWhenTheBufferIsFull() throws IOException {
        final Path file = directory.resolve("training.jsonl");
        final StringBuilder expected = new StringBuilder();
        try (JsonLinesPublisher publisher =
                new JsonLinesPublisher(file, Existing.REFUSE, WhenFailing.FAIL, publisherBytes())) {
            for (int i = 0; i < 1_000; i++) {
                final String line = "x".repeat(i % publisherBytes());
                assertThat(publisher.offer(json(line), 0)).isTrue();
                expected.append(line).append('\n');
            }
            assertThat(publisher.isDrained()).isTrue();
        }
        assertThat(Files.readString(file)).isEqualTo(expected.toString());
    }

    private static int publisherBytes() {
        return 64;
    }

    @Test
    void shouldWriteAFrameWithLineBreaksInItOnOneLine() {
        final Path file = directory.resolve("training.jsonl");
        try (JsonLinesPublisher publisher = open(file, Existing.REFUSE)) {
            publisher.offer(json("{\r\n  \"a\": 1,\n  \"b\": \"c\\n\"\n}\n"), 0);
            publisher.isDrained();
        }
        assertThat(file).hasContent("{    \"a\": 1,   \"b\": \"c\\n\" } \n");
    }

    @Test
    void shouldTakeAFrameOfTheMaximumAndRefuseALongerOne() {
        final Path file = directory.resolve("training.jsonl");
        try (JsonLinesPublisher publisher =
                new JsonLinesPublisher(file, Existing.REFUSE, WhenFailing.WAIT, publisherBytes())) {
            final int max = publisher.maxFrameBytes();
            assertThat(publisher.offer(json("x".repeat(max)), 0)).isTrue();
            assertThat(publisher.offer(json("y".repeat(max)), 0)).isTrue();
            assertThatThrownBy(() -> publisher.offer(json("z".repeat(max + 1)), 0))
                    .isInstanceOf(EdgeException.class)
                    .hasMessageContaining(max + 1 + " bytes is too long")
                    .hasMessageContaining(file.toString());
        }
        assertThat(file).hasContent("x".repeat(63) + "\n" + "y".repeat(63) + "\n");
    }

    @Test
    void shouldRefuseAFrameThatIsNotJson() {
        try (JsonLinesPublisher publisher = open(directory.resolve("training.jsonl"), Existing.REFUSE)) {
            final Frame wire = new Frame(10, 10);
            assertThatThrownBy(() -> publisher.offer(wire, 0))
                    .isInstanceOf(EdgeException.class)
                    .hasMessageContaining("WIRE")
                    .hasMessageContaining("JSON only");
        }
    }

    @Test
    void shouldLeaveAFileThatExistsAloneUnlessForced() throws IOException {
        final Path file = Files.writeString(directory.resolve("training.jsonl"), "mine\n");
        assertThatThrownBy(() -> open(file, Existing.REFUSE))
                .isInstanceOf(EdgeException.class)
                .hasMessageContaining(file + " exists already");
        assertThat(file).hasContent("mine\n");
        try (JsonLinesPublisher publisher = open(file, Existing.REPLACE)) {
            publisher.offer(json("{}"), 0);
        }
        assertThat(file).hasContent("{}\n");
    }

    @Test
    void shouldAppendAtTheEndAndBeginANewLineAfterATornOne() throws IOException {
        final Path file = directory.resolve("training.jsonl");
        append(file, "{\"a\":1}");
        append(file, "{\"a\":2}");
        assertThat(file).hasContent("{\"a\":1}\n{\"a\":2}\n");
        Files.writeString(file, "{\"a\":3}\n{\"to");
        append(file, "{\"a\":4}");
        assertThat(file).hasContent("{\"a\":3}\n{\"to\n{\"a\":4}\n");
    }

    private static void append(final Path file, final String json) {
        try (JsonLinesPublisher publisher = open(file, Existing.APPEND)) {
            publisher.offer(json(json), 0);
            assertThat(publisher.isDrained()).isTrue();
        }
    }

    @Test
    void shouldWriteToADeviceToo() {
        try (JsonLinesPublisher publisher = open(Path.of("/dev/null"), Existing.APPEND)) {
            publisher.offer(json("{}"), 0);
            assertThat(publisher.isDrained()).isTrue();
        }
    }

    @Test
    void shouldSayWhatIsWrongWithAPlaceThatCantBeWritten() throws IOException {
        for (final Existing existing : Existing.values()) {
            assertThatThrownBy(() -> open(directory, existing))
                    .isInstanceOf(EdgeException.class)
                    .hasMessageContaining(directory.toString())
                    .hasMessageContaining("is a directory");
        }
        final Path plain = Files.writeString(directory.resolve("plain"), "mine");
        assertThatThrownBy(() -> open(plain.resolve("training.jsonl"), Existing.REFUSE))
                .isInstanceOf(EdgeException.class)
                .hasMessageContaining(plain + " is not a directory");
        assertThat(plain).hasContent("mine");
    }

    private static JsonLinesPublisher open(final Path file, final Existing existing) {
        return new JsonLinesPublisher(file, existing, WhenFailing.WAIT);
    }

    static Frame json(final String text) {
        final byte[] bytes = text.getBytes(UTF_8);
        final Frame frame = new Frame(bytes.length, bytes.length);
        frame.copyFrom(new UnsafeBuffer(bytes), 0, bytes.length, FrameFormat.JSON);
        return frame;
    }
}
