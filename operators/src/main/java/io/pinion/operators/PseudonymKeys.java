package io.pinion.operators;

import io.pinion.engine.GraphException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The secret keys of {@link Privacy#pseudonymise}, each with the log time from which it holds, until the next one does:
 *
 * <pre>
 * # from                key
 * 2026-01-01T00:00:00Z  00112233445566778899aabbccddeeff
 * 2026-07-01T00:00:00Z  ffeeddccbbaa99887766554433221100
 * </pre>
 *
 * <p>Which one holds is decided by the log's time alone, so every node, and a replay, gives the same pseudonyms. Immutable.
 * Neither its errors nor its {@link #toString()} show a key.
 */
public final class PseudonymKeys {
    private static final int MAX_KEYS = 1_000;
    private static final int MAX_LINE = 1_000;
    private static final int KEY_HEX_DIGITS = 32;
    private static final HexFormat HEX = HexFormat.of();

    private final String source;
    private long[] fromUs = new long[0];
    private long[] lo = new long[0];
    private long[] hi = new long[0];

    private PseudonymKeys(final String source) {
        this.source = source;
    }

    /**
     * Reads keys, one a line: a time in UTC, white space, and 32 hexadecimal digits; times ascend, no key comes twice.
     * Empty lines and lines that begin with {@code #} are skipped.
     *
     * @param source what to call it in errors, such as the name of the file.
     * @param reader the lines; it is left open.
     * @return the keys.
     * @throws GraphException when a line is wrong, or there is no key; it names the line, and never the key.
     * @throws IOException    from the reader.
     */
    public static PseudonymKeys read(final String source, final Reader reader) throws IOException {
        final PseudonymKeys keys = new PseudonymKeys(source);
        final BufferedReader lines = new BufferedReader(reader);
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                keys.add(line, number);
            }
        }
        if (keys.fromUs.length == 0) {
            throw new GraphException(
                    source + " has no key: give each a line such as \"2026-01-01T00:00:00Z\", a space, and 32"
                            + " hexadecimal digits.");
        }
        return keys;
    }

    private void add(final String line, final int number) {
        final String[] words =
                line.length() > MAX_LINE ? new String[0] : line.strip().split("\\s+");
        if (words.length != 2) {
            throw wrong(number, "is not a time, white space, and a key");
        }
        final long newFromUs = time(words[0], number);
        final int size = fromUs.length;
        if (size > 0 && newFromUs <= fromUs[size - 1]) {
            throw wrong(number, "holds from a time that is not after that of the key before it");
        }
        if (size == MAX_KEYS) {
            throw wrong(number, "is one key more than the " + MAX_KEYS + " that are possible");
        }
        final ByteBuffer key = key(words[1], number);
        fromUs = append(fromUs, newFromUs);
        lo = append(lo, key.getLong());
        hi = append(hi, key.getLong());
        for (int i = 0; i < size; i++) {
            if (lo[i] == lo[size] && hi[i] == hi[size]) {
                throw wrong(number, "has a key that an earlier line has: make a new one");
            }
        }
    }

    private long time(final String word, final int number) {
        try {
            final Instant time = Instant.parse(word);
            if (time.getNano() % 1_000 == 0) {
                return ChronoUnit.MICROS.between(Instant.EPOCH, time);
            }
        } catch (final DateTimeException | ArithmeticException e) {
            throw wrong(number, "does not begin with a time such as 2026-01-01T00:00:00Z");
        }
        throw wrong(number, "has a time with a fraction of a microsecond");
    }

    private ByteBuffer key(final String word, final int number) {
        if (word.length() == KEY_HEX_DIGITS && word.chars().allMatch(HexFormat::isHexDigit)) {
            return ByteBuffer.wrap(HEX.parseHex(word)).order(ByteOrder.LITTLE_ENDIAN);
        }
        throw wrong(number, "has a key that is not 32 hexadecimal digits");
    }

    private GraphException wrong(final int number, final String what) {
        return new GraphException(source + ", line " + number + ", " + what + ".");
    }

    private static long[] append(final long[] values, final long value) {
        final long[] longer = Arrays.copyOf(values, values.length + 1);
        longer[values.length] = value;
        return longer;
    }

    /** Begins a hash under the key that holds at this time; false where none does yet. */
    boolean begin(final SipHash128 hash, final long logTimeUs) {
        int i = fromUs.length - 1; // mostly the youngest holds
        while (i >= 0 && fromUs[i] > logTimeUs) {
            i--;
        }
        if (i < 0) {
            return false;
        }
        hash.reset(lo[i], hi[i]);
        return true;
    }

    /** Says where they come from, and how many they are. */
    @Override
    public String toString() {
        return Limits.count(fromUs.length, "key") + " from " + source;
    }
}
