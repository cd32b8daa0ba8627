package io.pinion.sidecar;

import static io.pinion.operators.Operators.table;
import static io.pinion.operators.Operators.upTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pinion.engine.Text;
import io.pinion.operators.Table;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableFileTest {
    /** How good an item is. */
    public enum Grade {
        /** Good. */
        GOOD,
        /** Not. */
        POOR
    }

    /** A row of every kind of field. */
    public static final class Item {
        /** What it is found by. */
        public long id;
        /** Text. */
        public final Text name = new Text();
        /** A fraction. */
        public double price = 9.5;
        /** A boolean. */
        public boolean used;
        /** An enum. */
        public Grade grade;

        @Override
        public String toString() {
            return id + "|" + name + "|" + price + "|" + used + "|" + grade;
        }
    }

    private final Table<Item> items = table("items", Item::new, item -> item.id, upTo(100));

    @TempDir
    private Path folder;

    @Test
    void shouldReadCsvByItsHeader() throws IOException {
        assertThat(read("items.csv", "grade,id,unknown,name,used,price\nGOOD,1,x,a b,true,1.25\n,2,,,,\n"))
                .containsExactly("1|a b|1.25|true|GOOD", "2||9.5|false|null");
    }

    @Test
    void shouldReadQuotedFieldsAsRfc4180HasThem() throws IOException {
        assertThat(read(
                        "items.csv",
                        "\uFEFFid,name\r\n1,\"a, \"\"b\"\"\r\nc\"\r\n\r\n\"2\",\"\"\r\n3,\"123\"\r\n4,back\\slash é"))
                .containsExactly(
                        "1|a, \"b\"\r\nc|9.5|false|null",
                        "2||9.5|false|null",
                        "3|123|9.5|false|null",
                        "4|back\\slash é|9.5|false|null");
    }

    @Test
    void shouldReadGzippedCsv() throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write("id\n7\n".getBytes(StandardCharsets.UTF_8));
        }
        Files.write(folder.resolve("items.csv.gz"), bytes.toByteArray());

        assertThat(read(folder.resolve("items.csv.gz"))).containsExactly("7||9.5|false|null");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "id,name;1|2: the record has 1 fields, and the header 2: give it as many.",
                "id,id;1,2|1: the header names \"id\" twice: name it once.",
                "x,y;1,2|1: the header names none of the row's fields",
                "id,name;1,a;2,\"b;c;d|3: a quoted field does not end: close its quote.",
                "id,name;1,\"a\"b|2: something follows the closing quote of a field",
                "id,name;1,a\"b|2: a quote stands inside a field that is not quoted",
                "id,name;1,\"a;b\";x,c|4: ",
                "id,price;1,1.2.3|2: ",
                "id,price;1,NaN|2: ",
                "id,used;1,yes|2: ",
                "id,price;1,1,\"x|2: a quoted field does not end",
                "id,grade;1,BEST|2: "
            })
    void shouldSayWhichLineIsWrong(final String lines, final String sentence) {
        final Path file = Sources.write(folder, "items.csv", lines.replace(';', '\n') + "\n");

        assertThatThrownBy(() -> read(file))
                .isInstanceOf(SidecarException.class)
                .hasMessageStartingWith(file + ":" + sentence);
    }

    @Test
    void shouldSayThatThereIsNoRow() {
        assertThatThrownBy(() -> read("items.csv", "id,name\n"))
                .hasMessageStartingWith("the table \"items\" would be empty: ");
    }

    @Test
    void shouldRefuseARowThatIsTooLong() {
        assertThatThrownBy(() -> read("items.csv", "id,name\n1," + "x".repeat(300) + "\n"))
                .hasMessageContaining("items.csv:2: the line is longer than 256 bytes");
    }

    private List<String> read(final String name, final String text) throws IOException {
        return read(Sources.write(folder, name, text));
    }

    private List<String> read(final Path file) throws IOException {
        final List<String> rows = new ArrayList<>();
        try (TableFile<Item> in = new TableFile<>(items, file, 256)) {
            for (Item row = in.newRow(); in.next(row); row = in.newRow()) {
                rows.add(row.toString());
            }
        }
        return rows;
    }
}
