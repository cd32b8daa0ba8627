package io.pinion.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pinion.engine.EdgeException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLinesAdapterTest {
    private static final int MAX_FRAME_BYTES = 100;

    @TempDir
    Path directory;

    @Test
    void shouldHandOverEachLineInOrder() {
        assertThat(linesOf("{\"a\":1}\n{\"a\":2}\n{\"a\":3}\n")).containsExactly("{\"a\":1}", "{\"a\":2}", "{\"a\":3}");
    }

    @Test
    void shouldTakeALastLineWithoutALineFeed() {
        assertThat(linesOf("{\"a\":1}\n{\"a\":2}")).containsExactly("{\"a\":1}", "{\"a\":2}");
    }

    @Test
    void shouldTrimWhiteSpaceAndSkipBlankLines() {
        assertThat(linesOf("\r\n  {\"a\":1} \t\r\n\n \t \n{\"a\": 2}\r\n\r\n  "))
                .containsExactly("{\"a\":1}", "{\"a\": 2}");
    }

    @Test
    void shouldSkipAByteOrderMarkAtTheVeryStartOnly() {
        assertThat(linesOf("\uFEFF{\"a\":1}\n\uFEFF{\"a\":2}\n")).containsExactly("{\"a\":1}", "\uFEFF{\"a\":2}");
        assertThat(linesOf("\uFEFF")).isEmpty();
        assertThat(linesOf("{}")).containsExactly("{}");
    }

    @Test
    void shouldHaveNoLinesInAnEmptyFile() throws IOException {
        final Path file = Files.createFile(directory.resolve("empty.jsonl"));
        try (JsonLinesAdapter adapter = JsonLinesAdapter.ofFile(file, MAX_FRAME_BYTES)) {
            assertThat(adapter.isAtEnd()).isFalse();
            assertThat(drain(adapter)).isEmpty();
            assertThat(adapter.isAtEnd()).isTrue();
        }
    }

    @Test
    void shouldHandOverALineOfExactlyTheMaximumWhole() {
        final String exact = "x".repeat(MAX_FRAME_BYTES);
        assertThat(linesOf(exact + " \n" + exact)).containsExactly(exact, exact);
    }

    @Test
    void shouldCutALongerLineToOneByteMoreThanTheMaximumAndGoOnAfterIt() {
        for (final int length : new int[] {MAX_FRAME_BYTES + 1, 5_000, 65_536 + MAX_FRAME_BYTES + 1, 70_000, 300_000}) {
            final String cut = "x".repeat(MAX_FRAME_BYTES + 1);
            final String text = "a\n" + "x".repeat(length) + "\nb\n" + "x".repeat(length);
            final JsonLinesAdapter adapter = adapterOf(text);
            assertThat(drain(adapter)).as("length %s", length).containsExactly("a", cut, "b", cut);
            assertThat(adapter.cutLines()).isEqualTo(2);
            assertThat(adapter.lines()).isEqualTo(4);
        }
    }

    @Test
    void shouldNotTakeTheRestOfALongLineForALineWhereWhiteSpaceStandsAtTheCut() {
        final String text = "x" + " ".repeat(200_000) + "y\nb\n";
        final List<String> lines = linesOf(text);
        assertThat(lines).hasSize(2).last().isEqualTo("b");
        assertThat(lines.get(0)).hasSize(MAX_FRAME_BYTES + 1);
    }

    @Test
    void shouldGiveTheSameLineAgainWhenThereWasNoRoomForIt() {
        final Random random = new Random(7);
        final StringBuilder text = new StringBuilder();
        final List<String> expected = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            expected.add("{\"n\":" + i + "}");
            text.append("{\"n\":").append(i).append("}\n");
        }
        final List<String> taken = new ArrayList<>();
        final JsonLinesAdapter adapter = adapterOf(text.toString());
        while (!adapter.isAtEnd()) {
            adapter.poll(
                    (buffer, offset, length, dueNs) ->
                            random.nextInt(3) > 0 && taken.add(buffer.getStringWithoutLengthUtf8(offset, length)),
                    1 + random.nextInt(10));
        }
        assertThat(taken).isEqualTo(expected);
    }

    @Test
    void shouldHandOverNoMoreThanTheLimit() {
        final JsonLinesAdapter adapter = adapterOf("1\n2\n3\n");
        assertThat(adapter.poll((buffer, offset, length, dueNs) -> true, 2)).isEqualTo(2);
        assertThat(adapter.isAtEnd()).isFalse();
        assertThat(adapter.poll((buffer, offset, length, dueNs) -> true, 2)).isEqualTo(1);
    }

    @Test
    void shouldReadAGzipFileOfSeveralMembersAndTellItsProgress() throws IOException {
        final Path file = directory.resolve("events.jsonl.gz");
        final ByteArrayOutputStream members = new ByteArrayOutputStream();
        members.write(gzip("{\"a\":1}\n{\"a\""));
        members.write(gzip(":2}\n"));
        Files.write(file, members.toByteArray());
        try (JsonLinesAdapter adapter = JsonLinesAdapter.ofFile(file, MAX_FRAME_BYTES)) {
            assertThat(adapter.totalBytes()).isEqualTo(members.size());
            assertThat(drain(adapter)).containsExactly("{\"a\":1}", "{\"a\":2}");
            assertThat(adapter.bytesRead()).isEqualTo(members.size());
        }
    }

    @Test
    void shouldTellProgressOfAPlainFileAndNoTotalOfAStream() throws IOException {
        final Path file = Files.writeString(directory.resolve("events.jsonl"), "1\n".repeat(100_000));
        try (JsonLinesAdapter adapter = JsonLinesAdapter.ofFile(file, MAX_FRAME_BYTES)) {
            assertThat(adapter.bytesRead()).isZero();
            assertThat(adapter.totalBytes()).isEqualTo(200_000);
            adapter.poll((buffer, offset, length, dueNs) -> true, 1);
            assertThat(adapter.bytesRead()).isBetween(2L, 199_999L);
            drain(adapter);
            assertThat(adapter.bytesRead()).isEqualTo(200_000);
        }
        assertThat(adapterOf("1\n").totalBytes()).isEqualTo(JsonLinesAdapter.UNKNOWN);
    }

    @Test
    void shouldReturnWhatItHasRatherThanWaitForAStream() {
        final InputStream stream = new InputStream() {
            private final byte[] first = "1\n2\n3".getBytes(UTF_8);
            private boolean wasRead;

            @Override
            public int read() {
                throw new AssertionError("reads in chunks");
            }

            @Override
            public int read(final byte[] to, final int offset, final int length) {
                assertThat(wasRead).as("a second read, which would block").isFalse();
                wasRead = true;
                System.arraycopy(first, 0, to, offset, first.length);
                return first.length;
            }
        };
        try (JsonLinesAdapter adapter = JsonLinesAdapter.ofStream(stream, "standard input", MAX_FRAME_BYTES)) {
            assertThat(adapter.poll((buffer, offset, length, dueNs) -> true, 10))
                    .isEqualTo(2);
        }
    }

    @Test
    void shouldRefuseATornGzipFileByNameAndPlace() throws IOException {
        final byte[] whole = gzip(randomLines(20_000));
        final Path file = Files.write(directory.resolve("torn.jsonl.gz"), Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> drain(JsonLinesAdapter.ofFile(file, MAX_FRAME_BYTES)))
                .isInstanceOf(EdgeException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(
                        "torn or damaged at about its compressed byte " + whole.length / 2 + " of " + whole.length / 2);
    }

    @Test
    void shouldRefuseADamagedGzipFile() throws IOException {
        final byte[] damaged = gzip(randomLines(20_000));
        Arrays.fill(damaged, 70_000, 70_100, (byte) 0xFF);
        final Path file = Files.write(directory.resolve("damaged.jsonl.gz"), damaged);
        assertThatThrownBy(() -> drain(JsonLinesAdapter.ofFile(file, MAX_FRAME_BYTES)))
                .isInstanceOf(EdgeException.class)
                .hasMessageContaining("torn or damaged");
    }

    @Test
    void shouldRefuseAGzipFileWithSomethingElseBehindIt() throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(gzip("{\"a\":1}\n"));
        final int end = bytes.size();
        bytes.write(new byte[] {31, (byte) 139, 9, 9});
        final Path file = Files.write(directory.resolve("odd.jsonl.gz"), bytes.toByteArray());
        assertThatThrownBy(() -> drain(JsonLinesAdapter.ofFile(file, MAX_FRAME_BYTES)))
                .isInstanceOf(EdgeException.class)
                .hasMessageContaining("what follows the compressed byte " + end + " is not gzip");
    }

    @Test
    void shouldRefuseWhatIsNotGzipThoughItsNameSaysSo() throws IOException {
        for (final String content : new String[] {"{\"a\":1}\n", ""}) {
            final Path file = Files.writeString(directory.resolve("plain.jsonl.gz"), content);
            assertThatThrownBy(() -> JsonLinesAdapter.ofFile(file, MAX_FRAME_BYTES))
                    .isInstanceOf(EdgeException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining("does not begin as gzip does");
        }
    }

    @Test
    void shouldRefuseAFileThatIsMissingOrADirectory() {
        assertThatThrownBy(() -> JsonLinesAdapter.ofFile(directory.resolve("none.jsonl"), MAX_FRAME_BYTES))
                .isInstanceOf(EdgeException.class)
                .hasMessageContaining("none.jsonl: there is no such file");
        assertThatThrownBy(() -> JsonLinesAdapter.ofFile(directory, MAX_FRAME_BYTES))
                .isInstanceOf(EdgeException.class)
                .hasMessageContaining("is a directory");
    }

    private static String randomLines(final int lines) {
        final Random random = new Random(3);
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            text.append(random.nextLong()).append('\n');
        }
        return text.toString();
    }

    private static byte[] gzip(final String text) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    private static List<String> linesOf(final String text) {
        return drain(adapterOf(text));
    }

    private static JsonLinesAdapter adapterOf(final String text) {
        return JsonLinesAdapter.ofStream(new ByteArrayInputStream(text.getBytes(UTF_8)), "text", MAX_FRAME_BYTES);
    }

    static List<String> drain(final JsonLinesAdapter adapter) {
        final List<String> lines = new ArrayList<>();
        while (!adapter.isAtEnd()) {
            adapter.poll(
                    (buffer, offset, length, dueNs) -> lines.add(buffer.getStringWithoutLengthUtf8(offset, length)),
                    100);
        }
        return lines;
    }
}
