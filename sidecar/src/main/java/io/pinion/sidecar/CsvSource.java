package io.pinion.sidecar;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Rows of CSV as RFC 4180 has it: the first record names the columns, which are fields of the row class; fields are parted
 * by commas, and quoted where they hold commas, quotes (doubled) or line breaks; UTF-8. Columns that the row class does not
 * have are skipped; an empty field is left at its default.
 *
 * <p>A field becomes a JSON literal where it reads like a number or a boolean and the row class wants one, else JSON text:
 * whether it fits is for the codec to say, as strictly as for JSON lines.
 */
final class CsvSource implements RowSource {
    private static final int END = -1;
    private static final int BYTE_ORDER_MARK_BYTES = 3;
    private static final Pattern LITERAL = Pattern.compile("-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?|true|false");

    private final InputStream in;
    private final Path file;
    private final int maxRowBytes;
    private final RowFields fields;
    private final List<String> record = new ArrayList<>();
    private final ByteArrayOutputStream field = new ByteArrayOutputStream();
    private final StringBuilder json = new StringBuilder();
    private List<String> columns;
    private byte[] bytes = {};
    private int recordBytes;
    private int ahead;
    private long line;
    private long linesRead;

    CsvSource(final InputStream in, final Path file, final int maxRowBytes, final RowFields fields) throws IOException {
        this.in = in;
        this.file = file;
        this.maxRowBytes = maxRowBytes;
        this.fields = fields;
        ahead = in.read();
        skipByteOrderMark();
    }

    private void skipByteOrderMark() throws IOException {
        if (ahead == 0xEF) {
            for (int i = 0; i < BYTE_ORDER_MARK_BYTES; i++) {
                ahead = in.read();
            }
        }
    }

    @Override
    public boolean next() throws IOException {
        if (columns == null) {
            if (!readRecord()) {
                return false;
            }
            readColumns();
        }
        if (!readRecord()) {
            return false;
        }
        if (record.size() != columns.size()) {
            throw wrong("the record has " + record.size() + " fields, and the header " + columns.size()
                    + ": give it as many");
        }
        writeJson();
        return true;
    }

    private void readColumns() {
        columns = List.copyOf(record);
        for (int i = 0; i < columns.size(); i++) {
            if (columns.indexOf(columns.get(i)) < i) {
                throw wrong("the header names \"" + columns.get(i) + "\" twice: name it once");
            }
        }
        if (columns.stream().noneMatch(fields::has)) {
            throw wrong("the header names none of the row's fields, which are " + fields.names() + ", but " + columns);
        }
    }

    private void writeJson() {
        json.setLength(0);
        json.append('{');
        for (int i = 0; i < columns.size(); i++) {
            final String value = record.get(i);
            if (fields.has(columns.get(i)) && !value.isEmpty()) {
                json.append(json.length() > 1 ? ",\"" : "\"")
                        .append(columns.get(i))
                        .append("\":");
                if (fields.isText(columns.get(i)) || !LITERAL.matcher(value).matches()) {
                    quote(value);
                } else {
                    json.append(value);
                }
            }
        }
        bytes = json.append('}').toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > maxRowBytes) {
            throw TableFile.tooLong(file, line, maxRowBytes);
        }
    }

    private void quote(final String value) {
        json.append('"');
        for (int i = 0; i < value.length(); i++) {
            final char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }

    /** Reads one record, blank lines before it skipped. @return false at the end. */
    private boolean readRecord() throws IOException {
        while (ahead == '\n' || ahead == '\r') {
            endLine();
        }
        if (ahead == END) {
            return false;
        }
        line = linesRead + 1;
        recordBytes = 0;
        record.clear();
        readField();
        while (ahead == ',') {
            advance();
            readField();
        }
        if (ahead != END) {
            endLine();
        }
        return true;
    }

    private void readField() throws IOException {
        field.reset();
        if (ahead == '"') {
            readQuoted();
        } else {
            while (!isFieldEnd()) {
                if (ahead == '"') {
                    throw wrong(
                            "a quote stands inside a field that is not quoted: quote the field, and double the quote");
                }
                keep();
            }
        }
        record.add(text());
    }

    private String text() {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(field.toByteArray()))
                    .toString();
        } catch (final CharacterCodingException alien) {
            throw wrong("a field is no UTF-8: save the file as UTF-8");
        }
    }

    private void readQuoted() throws IOException {
        advance();
        while (true) {
            if (ahead == END) {
                throw wrong("a quoted field does not end: close its quote");
            }
            if (ahead == '"') {
                advance();
                if (ahead != '"') {
                    break;
                }
            }
            if (ahead == '\n') {
                linesRead++;
            }
            keep();
        }
        if (!isFieldEnd()) {
            throw wrong("something follows the closing quote of a field: double the quotes within it");
        }
    }

    private boolean isFieldEnd() {
        return ahead == ',' || ahead == '\n' || ahead == '\r' || ahead == END;
    }

    private void keep() throws IOException {
        field.write(ahead);
        advance();
    }

    private void advance() throws IOException {
        if (++recordBytes > maxRowBytes) {
            throw TableFile.tooLong(file, line, maxRowBytes);
        }
        ahead = in.read();
    }

    /** Over a line feed, with or without the carriage return before it. */
    private void endLine() throws IOException {
        if (ahead == '\r') {
            ahead = in.read();
            if (ahead != '\n' && ahead != END) {
                throw wrong("a carriage return stands without its line feed: quote the field that it is in");
            }
        }
        if (ahead == '\n') {
            ahead = in.read();
        }
        linesRead++;
    }

    private SidecarException wrong(final String what) {
        return new SidecarException(file + ":" + line + ": " + what + ".");
    }

    @Override
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public int lengthBytes() {
        return bytes.length;
    }

    @Override
    public long line() {
        return line;
    }
}
