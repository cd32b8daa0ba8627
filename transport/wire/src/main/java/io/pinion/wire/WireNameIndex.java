package io.pinion.wire;

import java.util.Arrays;

/**
 * The known fields by their names as they usually lie in a wire, at most 31 characters behind a code with the length:
 * found by one or two words of the frame, without going through the name byte by byte. Immutable.
 */
final class WireNameIndex {
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final EventField[] table;
    /** The same fields' names, at hand. */
    private final InPlaceName[] names;

    WireNameIndex(final EventField[] fields) {
        table = new EventField[Integer.highestOneBit(fields.length * 4 + 1) << 1];
        names = new InPlaceName[table.length];
        for (final EventField field : fields) {
            final byte[] name = field.wireName.bytes();
            if (isUsual(name[0] & 0xFF)) {
                int at = hash(Arrays.copyOf(name, name.length + Long.BYTES), 0, name.length) & table.length - 1;
                while (table[at] != null) {
                    at = at + 1 & table.length - 1;
                }
                table[at] = field;
                names[at] = field.wireName;
            }
        }
    }

    /** The field whose name begins here; null also for one written in another way, or at the end of the array. */
    EventField find(final byte[] bytes, final int at, final int end) {
        if (bytes.length - at < Long.BYTES || !isUsual(bytes[at] & 0xFF)) {
            return null;
        }
        final int length = 1 + (bytes[at] & 0xFF) - WireCode.FIELD_NAME_0;
        if (length > end - at) {
            return null;
        }
        int slot = hash(bytes, at, length) & table.length - 1;
        while (names[slot] != null && !names[slot].isAt(bytes, at, end)) {
            slot = slot + 1 & table.length - 1;
        }
        return table[slot];
    }

    /** Whether a name with this code may be one of these. */
    static boolean isUsual(final int code) {
        return code >= WireCode.FIELD_NAME_0 && code <= WireCode.FIELD_NAME_31;
    }

    private static int hash(final byte[] bytes, final int at, final int length) {
        final long first = LittleEndian.getLong(bytes, at);
        final long word = length < Long.BYTES
                ? first & (1L << length * Byte.SIZE) - 1
                : first ^ LittleEndian.getLong(bytes, at + length - Long.BYTES) * MIX;
        return (int) (word * MIX >>> Integer.SIZE);
    }
}
