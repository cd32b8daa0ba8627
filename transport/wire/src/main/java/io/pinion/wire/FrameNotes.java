package io.pinion.wire;

import io.pinion.engine.Text;
import java.util.Arrays;

/**
 * What decoding noted about a frame, so that encoding can leave alone what nobody changed. One entry for each field in
 * the frame's order; the arrays grow once and are reused.
 */
final class FrameNotes {
    static final int ABSENT = -1;

    private static final int FEW = 16;

    /** The class whose fields these notes speak of. */
    final EventClass eventClass;

    /** How many fields the frame has. */
    int count;

    /** Where the name lies, in UTF-8: in the frame, or in the scratch area when it is below 0 (then inverted). */
    int[] nameFrom = new int[FEW];

    int[] nameLength = new int[FEW];
    int[] nameHash = new int[FEW];
    /** Three for each entry, so that they lie together: the known field or {@link #ABSENT}, the value's place and end. */
    private int[] entries = new int[3 * FEW];

    /** The known field added last, or {@link #ABSENT}. */
    int last;

    /** A bit for each of the first 64 known fields: whether the frame lacks it, so far. */
    private long missing;

    /** The same of further fields. */
    private final boolean[] missingBeyond;

    /** By known field: the value as it came; of a text, its place in {@link #textIn}. */
    final long[] bits;

    final byte[][] textIn;
    /** By known field: whether it came as null. */
    private final boolean[] isNull;

    private boolean hasNull;

    /** By known field: the text that decoding put into {@link #textsOf}, so no other event's or table's. */
    private final Text[] texts;

    private Object textsOf;

    /** Of a JSON frame: where a further field is to be inserted. */
    int insertAt;

    /** Where what cannot be read in place is unescaped to. */
    byte[] scratch = new byte[0];

    private int scratchLength;

    /** Unknown names by their hash, for frames of many of them: entry + 1, 0 is free. */
    private int[] unknownNames;

    private int unknownCount;

    FrameNotes(final EventClass eventClass) {
        this.eventClass = eventClass;
        final int fields = eventClass.fields.length;
        missingBeyond = new boolean[Math.max(0, fields - Long.SIZE)];
        bits = new long[fields];
        textIn = new byte[fields][];
        isNull = new boolean[fields];
        texts = new Text[fields];
    }

    /**
     * The text to decode into. A user's function may have put another one into the field, as {@code event.brand =
     * item.brand} does: to decode into that would change the item.
     */
    Text textFor(final EventField field, final Object event) {
        if (field.isFinal) {
            return field.text(event);
        }
        if (textsOf != event) {
            Arrays.fill(texts, null);
            textsOf = event;
        }
        Text own = texts[field.index];
        if (own == null) {
            own = new Text();
            texts[field.index] = own;
        }
        if (field.textOrNull(event) != own) {
            field.text(event, own);
        }
        return own;
    }

    /** Forgets the last frame. */
    void renew() {
        if (unknownCount > FEW) {
            Arrays.fill(unknownNames, 0);
        }
        count = 0;
        last = ABSENT;
        scratchLength = 0;
        unknownCount = 0;
        missAll();
        if (hasNull) {
            Arrays.fill(isNull, false);
            hasNull = false;
        }
    }

    private void missAll() {
        final int fields = eventClass.fields.length;
        missing = fields < Long.SIZE ? (1L << fields) - 1 : -1;
        Arrays.fill(missingBeyond, true);
    }

    /** Whether the frame lacks the known field of this index, so far. */
    boolean isMissing(final int index) {
        return index < Long.SIZE ? (missing & 1L << index) != 0 : missingBeyond[index - Long.SIZE];
    }

    private void notMissing(final int index) {
        if (index < Long.SIZE) {
            missing &= ~(1L << index);
        } else {
            missingBeyond[index - Long.SIZE] = false;
        }
    }

    /** The index of the first known field from this one on that the frame lacks, or {@link #ABSENT}. */
    int nextMissing(final int from) {
        int index = from;
        if (index < Long.SIZE) {
            final long bits = missing & -1L << index;
            if (bits != 0) {
                return Long.numberOfTrailingZeros(bits);
            }
            index = Long.SIZE;
        }
        while (index < eventClass.fields.length) {
            if (isMissing(index)) {
                return index;
            }
            index++;
        }
        return ABSENT;
    }

    /** Makes room for an entry, which becomes one by {@link #addEntry}; false when there are as many as there may be. */
    boolean hasRoom() {
        return 3 * count < entries.length || grow();
    }

    private boolean grow() {
        if (count == EventClass.MAX_FIELDS) {
            return false;
        }
        final int larger = count * 2;
        nameFrom = Arrays.copyOf(nameFrom, larger);
        nameLength = Arrays.copyOf(nameLength, larger);
        nameHash = Arrays.copyOf(nameHash, larger);
        entries = Arrays.copyOf(entries, 3 * larger);
        return true;
    }

    void setNull(final EventField field) {
        isNull[field.index] = true;
        hasNull = true;
    }

    boolean isNull(final EventField field) {
        return isNull[field.index];
    }

    /**
     * Takes a piece of the scratch area. What was taken before stays where it is, or in the array it was in.
     *
     * @return where the piece begins in {@link #scratch}.
     */
    int takeScratch(final int lengthBytes) {
        if (lengthBytes > scratch.length - scratchLength) {
            // Names taken before are found by index, so they move along; texts hold on to the old array.
            scratch = Arrays.copyOf(scratch, Math.max(scratchLength + lengthBytes, scratch.length * 2));
        }
        final int from = scratchLength;
        scratchLength += lengthBytes;
        return from;
    }

    /** Gives back the end of the piece last taken. */
    void trimScratch(final int to) {
        scratchLength = to;
    }

    byte[] nameIn(final int entry, final byte[] frame) {
        return nameFrom[entry] < 0 ? scratch : frame;
    }

    int nameStart(final int entry) {
        final int from = nameFrom[entry];
        return from < 0 ? ~from : from;
    }

    /** The index of the entry's known field, or {@link #ABSENT}. */
    int known(final int entry) {
        return entries[3 * entry];
    }

    int valueFrom(final int entry) {
        return entries[3 * entry + 1];
    }

    int valueTo(final int entry) {
        return entries[3 * entry + 2];
    }

    /** Notes that the entry about to be added is the known field of this index. */
    void addKnown(final int index) {
        entries[3 * count] = index;
        notMissing(index);
        last = index;
    }

    /** Adds the entry, with where its value is; returns where that ends. */
    int addEntry(final int from, final int to) {
        entries[3 * count + 1] = from;
        entries[3 * count + 2] = to;
        count++;
        return to;
    }

    /** Adds the entry of the known field of this index, with where its value is. */
    void addKnown(final int index, final int from, final int to) {
        final int[] in = entries;
        final int at = 3 * count++;
        in[at] = index;
        in[at + 1] = from;
        in[at + 2] = to;
        notMissing(index);
        last = index;
    }

    /** Notes where the text of the known field of this index lies. */
    void text(final int index, final byte[] in, final int from, final int lengthBytes) {
        if (textIn[index] != in) {
            textIn[index] = in;
        }
        bits[index] = (long) from << 32 | lengthBytes;
    }

    /** Notes the name of an unknown field, in the entry about to be added; false when the frame already had it. */
    boolean addUnknown(final byte[] frame) {
        entries[3 * count] = ABSENT;
        if (unknownCount < FEW) {
            for (int entry = 0; entry < count; entry++) {
                if (known(entry) == ABSENT && isSameName(entry, frame)) {
                    return false;
                }
            }
            unknownCount++;
            return true;
        }
        if (unknownCount == FEW) {
            indexUnknown(frame);
        }
        unknownCount++;
        return index(count, frame);
    }

    private void indexUnknown(final byte[] frame) {
        if (unknownNames == null) {
            unknownNames = new int[4 * EventClass.MAX_FIELDS];
        }
        for (int entry = 0; entry < count; entry++) {
            if (known(entry) == ABSENT) {
                index(entry, frame);
            }
        }
    }

    private boolean index(final int added, final byte[] frame) {
        final int mask = unknownNames.length - 1;
        int at = nameHash[added] * 0x9E3779B9 >>> 20 & mask;
        while (unknownNames[at] != 0) {
            final int entry = unknownNames[at] - 1;
            if (added == count && isSameName(entry, frame)) {
                return false;
            }
            at = at + 1 & mask;
        }
        unknownNames[at] = added + 1;
        return true;
    }

    private boolean isSameName(final int entry, final byte[] frame) {
        return nameHash[entry] == nameHash[count]
                && nameLength[entry] == nameLength[count]
                && Arrays.equals(
                        nameIn(entry, frame),
                        nameStart(entry),
                        nameStart(entry) + nameLength[entry],
                        nameIn(count, frame),
                        nameStart(count),
                        nameStart(count) + nameLength[count]);
    }
}
