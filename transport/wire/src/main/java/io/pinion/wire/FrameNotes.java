package io.pinion.wire;

import io.pinion.engine.Text;
import java.util.Arrays;
import org.agrona.UnsafeApi;

/**
 * What decoding noted about a frame, so that encoding can leave alone what nobody changed. One entry for each field in
 * the frame's order; the arrays grow once and are reused.
 */
final class FrameNotes {
    static final int ABSENT = -1;

    private static final int FEW = 16;

    private static final int ENTRY_INTS = 3;
    private static final long FIRST_ENTRY = UnsafeApi.arrayBaseOffset(int[].class);
    private static final long FIRST_BITS = UnsafeApi.arrayBaseOffset(long[].class);

    /** The class whose fields these notes speak of. */
    final EventClass eventClass;

    /** How many fields the frame has. */
    int count;

    /** Where the name lies, in UTF-8: in the frame, or in the scratch area when it is below 0 (then inverted). */
    private int[] nameFrom = new int[FEW];

    int[] nameLength = new int[FEW];
    /** Three for each entry, so that they lie together: the known field or {@link #ABSENT}, the value's place and end. */
    private int[] entries = new int[ENTRY_INTS * FEW];

    /** With so many entries there is still room for a run of usual fields. */
    private int roomyUpTo = FEW - UsualField.RUN;

    /** The last known field of the run read last. */
    int last;

    /** The array that the frame lies in. */
    private byte[] frame;

    /** A bit for each of the first 64 known fields: whether the frame lacks it, so far. */
    private long missing;

    /** The same of further fields, 64 in each; null where there are none. */
    private final long[] missingBeyond;

    /** What {@link #missing} is before anything is read, and what the last of {@link #missingBeyond} is. */
    private final long all;

    private final long allBeyond;

    /** By known field: the value as it came; of a text its place, above its length, in the frame or inverted in {@link #textIn}. */
    private final long[] bits;

    /** By known field: what holds the text, where it is not the frame. */
    private final byte[][] textIn;

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
        all = fields < Long.SIZE ? (1L << fields) - 1 : -1;
        allBeyond = -1L >>> -fields;
        missingBeyond = fields > Long.SIZE ? new long[(fields - 1) / Long.SIZE] : null;
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

    /** Forgets the last frame, for one in this array. */
    void renew(final byte[] newFrame) {
        if (frame != newFrame) {
            frame = newFrame;
        }
        if (unknownCount > FEW) {
            Arrays.fill(unknownNames, 0);
        }
        count = 0;
        scratchLength = 0;
        unknownCount = 0;
        missAll();
        if (hasNull) {
            Arrays.fill(isNull, false);
            hasNull = false;
        }
    }

    private void missAll() {
        missing = all;
        if (missingBeyond != null) {
            Arrays.fill(missingBeyond, -1);
            missingBeyond[missingBeyond.length - 1] = allBeyond;
        }
    }

    /** Whether the frame lacks the known field of this index, so far. */
    boolean isMissing(final int index) {
        return (missingAround(index) & 1L << index) != 0;
    }

    /** Whether it lacks the known field of this index and those beside it, so far: 64 of them, each its bit. */
    long missingAround(final int index) {
        return index < Long.SIZE ? missing : missingBeyond[index / Long.SIZE - 1];
    }

    private void notMissing(final int index, final long those) {
        if (index < Long.SIZE) {
            missing &= ~those;
        } else {
            missingBeyond[index / Long.SIZE - 1] &= ~those;
        }
    }

    /** The index of the first known field from this one on that the frame lacks, or {@link #ABSENT}. */
    int nextMissing(final int from) {
        for (int at = from; at < eventClass.fields.length; at = (at | Long.SIZE - 1) + 1) {
            final long bits = missingAround(at) & -1L << at;
            if (bits != 0) {
                return (at & -Long.SIZE) + Long.numberOfTrailingZeros(bits);
            }
        }
        return ABSENT;
    }

    /** Makes room for an entry, which becomes one by {@link #addEntry}; false when there are as many as there may be. */
    boolean hasRoom() {
        return count < nameFrom.length || grow(1);
    }

    /** The same for {@link UsualField#RUN} entries. */
    boolean hasRoomForRun() {
        return count <= roomyUpTo || grow(UsualField.RUN);
    }

    private boolean grow(final int more) {
        if (count + more > EventClass.MAX_FIELDS) {
            return false;
        }
        final int larger = nameFrom.length * 2;
        nameFrom = Arrays.copyOf(nameFrom, larger);
        nameLength = Arrays.copyOf(nameLength, larger);
        entries = Arrays.copyOf(entries, ENTRY_INTS * larger);
        roomyUpTo = larger - UsualField.RUN;
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

    /** Notes the name of the entry about to be added: where it lies, as {@link #nameFrom} has it, and how long it is. */
    void name(final int entry, final int from, final int lengthBytes) {
        nameFrom[entry] = from;
        nameLength[entry] = lengthBytes;
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
        return entries[ENTRY_INTS * entry];
    }

    int valueFrom(final int entry) {
        return entries[ENTRY_INTS * entry + 1];
    }

    int valueTo(final int entry) {
        return entries[ENTRY_INTS * entry + 2];
    }

    /** Notes that the entry about to be added is the known field of this index. */
    void addKnown(final int index) {
        entries[ENTRY_INTS * count] = index;
        notMissing(index, 1L << index);
    }

    /** Adds the entry, with where its value is; returns where that ends. */
    int addEntry(final int from, final int to) {
        entries[ENTRY_INTS * count + 1] = from;
        entries[ENTRY_INTS * count + 2] = to;
        count++;
        return to;
    }

    /**
     * Lays out the entry of a known field that is so many ahead of the last one added, which is in the room made; it is added
     * by {@link #addAhead}. Neither this nor {@link #bits} looks at the bounds of its array again: they are each field's.
     */
    void layAhead(final int ahead, final int index, final long from, final long to) {
        assert ahead >= 0 && ENTRY_INTS * (count + ahead + 1) <= entries.length : ahead;
        final int[] in = entries;
        final long at =
                FIRST_ENTRY + (long) ENTRY_INTS * Integer.BYTES * count + (long) ENTRY_INTS * Integer.BYTES * ahead;
        UnsafeApi.putInt(in, at, index);
        UnsafeApi.putInt(in, at + Integer.BYTES, (int) from);
        UnsafeApi.putInt(in, at + 2 * Integer.BYTES, (int) to);
    }

    /**
     * Adds so many entries that were laid out.
     *
     * @param word  which 64 of the known fields they are of.
     * @param which of them, a bit for each.
     * @return false where the frame has one of them twice; then nothing was added.
     */
    boolean addAhead(final int added, final int word, final long which) {
        final int first = word * Long.SIZE;
        if ((missingAround(first) & which) != which) {
            return false;
        }
        notMissing(first, which);
        count += added;
        last = first + Long.SIZE - 1 - Long.numberOfLeadingZeros(which);
        return true;
    }

    /** The value as it came of the known field of this index; of a text, what {@link #text} noted. */
    long bits(final int index) {
        assert index >= 0 && index < bits.length : index;
        return UnsafeApi.getLong(bits, FIRST_BITS + (long) Long.BYTES * index);
    }

    /** Notes the value of the known field of this index as it came. */
    void bits(final int index, final long value) {
        assert index >= 0 && index < bits.length : index;
        UnsafeApi.putLong(bits, FIRST_BITS + (long) Long.BYTES * index, value);
    }

    /** Notes that the text of the known field of this index lies here in the frame. */
    void textInFrame(final int index, final long from, final int lengthBytes) {
        bits(index, inFrame(from, lengthBytes));
    }

    /** What is noted of a text that lies here in the frame. */
    static long inFrame(final long from, final int lengthBytes) {
        return from << Integer.SIZE | lengthBytes;
    }

    /** Notes where the text of the known field of this index lies, in the frame or in another array. */
    void text(final int index, final byte[] in, final int from, final int lengthBytes) {
        if (in == frame) {
            textInFrame(index, from, lengthBytes);
        } else {
            textIn[index] = in;
            bits(index, inFrame(~from, lengthBytes));
        }
    }

    /** What holds the text of the known field of this index. */
    byte[] textIn(final int index, final byte[] frame) {
        return bits[index] < 0 ? textIn[index] : frame;
    }

    /** Where in that it begins. */
    int textFrom(final int index) {
        final int from = (int) (bits[index] >> Integer.SIZE);
        return from < 0 ? ~from : from;
    }

    /** How long it is. */
    int textLength(final int index) {
        return (int) bits[index];
    }

    /** Notes the name of an unknown field, in the entry about to be added; false when the frame already had it. */
    boolean addUnknown(final byte[] frame) {
        entries[ENTRY_INTS * count] = ABSENT;
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
        final int name = nameStart(added);
        int at = EventClass.hash(nameIn(added, frame), name, name + nameLength[added]) * 0x9E3779B9 >>> 20 & mask;
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
        return nameLength[entry] == nameLength[count]
                && Arrays.equals(
                        nameIn(entry, frame),
                        nameStart(entry),
                        nameStart(entry) + nameLength[entry],
                        nameIn(count, frame),
                        nameStart(count),
                        nameStart(count) + nameLength[count]);
    }
}
