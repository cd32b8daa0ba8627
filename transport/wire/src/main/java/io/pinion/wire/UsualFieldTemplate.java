package io.pinion.wire;

import io.pinion.engine.Frame;
import io.pinion.engine.Text;
import java.lang.invoke.MethodHandles;
import java.util.Objects;
import org.agrona.UnsafeApi;

/**
 * The bytes of each {@link UsualField}'s class. What is static here is another in each, and constant: of the branches that
 * ask for it nothing is left.
 */
final class UsualFieldTemplate extends UsualField {
    private static final Plan PLAN = plan();
    private static final UsualField SECOND = PLAN.after(1);
    private static final UsualField THIRD = PLAN.after(2);
    private static final UsualField FOURTH = PLAN.after(3);
    private static final UsualField FIFTH = PLAN.after(4);
    private static final EventField FIELD = PLAN.field();
    private static final EventField.Kind KIND = FIELD.kind;
    private static final boolean IS_FINAL = FIELD.isFinal;
    private static final Class<?> EVENT = FIELD.declaringClass;
    private static final long OFFSET = FIELD.offset;
    private static final int INDEX = FIELD.index;
    private static final int WORD = INDEX / Long.SIZE;
    private static final long BIT = 1L << INDEX;
    private static final InPlaceName NAME = FIELD.wireName;
    private static final long NAME_WORD = NAME.firstWord;
    private static final long NAME_MASK = NAME.firstMask;
    private static final int NAME_LENGTH = NAME.length();
    private static final boolean IS_TEXT = KIND == EventField.Kind.TEXT;
    private static final boolean IS_NUMBER = !IS_TEXT && KIND != EventField.Kind.CHAR && KIND != EventField.Kind.ENUM;
    private static final byte[] SIZES = UsualValue.sizes(KIND);

    /** What a value takes in the event; a switch on the kind itself would be one at run time. */
    private static final int WIDTH =
            switch (KIND) {
                case BOOLEAN, BYTE -> Byte.BYTES;
                case SHORT -> Short.BYTES;
                case INT, FLOAT -> Integer.BYTES;
                default -> Long.BYTES;
            };

    private static final int WIDE =
            switch (KIND) {
                case LONG -> WireCode.INT64;
                case DOUBLE -> WireCode.FLOAT64;
                default -> -1;
            };

    /** Where a value that is not as usual ends: beyond each frame. */
    private static final long NOWHERE = Integer.MAX_VALUE;

    /** Of a byte of a length: another comes after it. */
    private static final int STOP_BIT = 0x80;

    /** So many bytes a value takes at most, but for what a text says; or a word written to where the frame goes on. */
    private static final int WORST_VALUE = 1 + 2 * Long.BYTES;

    private static Plan plan() {
        try {
            return MethodHandles.classData(MethodHandles.lookup(), "_", Plan.class);
        } catch (final IllegalAccessException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @Override
    int read(final byte[] bytes, final int from, final int end, final FrameNotes notes, final Object event) {
        // Looked at before, but here it tells the compiler that the accesses below are to an object.
        Objects.requireNonNull(event);
        long at = from;
        int read = 0;
        long which = 0;
        final long first = readOne(bytes, at, end, notes, event, read);
        if ((int) first < end) {
            at = first;
            read++;
            which |= BIT;
        } else if ((int) first == end) {
            return leave(notes, end, read + 1, which | BIT);
        }
        if (SECOND != null) {
            final long second = SECOND.readOne(bytes, at, end, notes, event, read);
            if ((int) second < end) {
                at = second;
                read++;
                which |= BIT << 1;
            } else if ((int) second == end) {
                return leave(notes, end, read + 1, which | BIT << 1);
            }
        }
        if (THIRD != null) {
            final long third = THIRD.readOne(bytes, at, end, notes, event, read);
            if ((int) third < end) {
                at = third;
                read++;
                which |= BIT << 2;
            } else if ((int) third == end) {
                return leave(notes, end, read + 1, which | BIT << 2);
            }
        }
        if (FOURTH != null) {
            final long fourth = FOURTH.readOne(bytes, at, end, notes, event, read);
            if ((int) fourth < end) {
                at = fourth;
                read++;
                which |= BIT << 3;
            } else if ((int) fourth == end) {
                return leave(notes, end, read + 1, which | BIT << 3);
            }
        }
        if (FIFTH != null) {
            final long fifth = FIFTH.readOne(bytes, at, end, notes, event, read);
            if ((int) fifth < end) {
                at = fifth;
                read++;
                which |= BIT << 4;
            } else if ((int) fifth == end) {
                return leave(notes, end, read + 1, which | BIT << 4);
            }
        }
        return leave(notes, (int) at, read, which);
    }

    private static int leave(final FrameNotes notes, final int at, final int read, final long which) {
        return read > 0 && notes.addAhead(read, WORD, which) ? at : ANOTHER;
    }

    @Override
    long readOne(
            final byte[] bytes,
            final long at,
            final int end,
            final FrameNotes notes,
            final Object event,
            final int ahead) {
        if (!isNamed(bytes, at, end)) {
            return NOWHERE;
        }
        final long value = at + NAME_LENGTH;
        final long next = IS_TEXT
                ? readText(bytes, value, end, notes, EVENT.cast(event))
                : readNumber(bytes, value, notes, EVENT.cast(event));
        notes.layAhead(ahead, INDEX, value, next);
        return next;
    }

    @Override
    int write(final Frame to, final int from, final Object event, final EventField[] fields) {
        Objects.requireNonNull(event);
        long at = writeOne(to, from, event, fields);
        at = SECOND == null ? at : SECOND.writeOne(to, at, event, fields);
        at = THIRD == null ? at : THIRD.writeOne(to, at, event, fields);
        at = FOURTH == null ? at : FOURTH.writeOne(to, at, event, fields);
        at = FIFTH == null ? at : FIFTH.writeOne(to, at, event, fields);
        return (int) at;
    }

    @Override
    long writeOne(final Frame to, final long at, final Object event, final EventField[] fields) {
        final byte[] bytes = to.array();
        final boolean isRoomy = at + NAME_LENGTH <= bytes.length - WORST_VALUE;
        long next = NOWHERE;
        if (IS_TEXT) {
            final Text text = (Text) UnsafeApi.getReference(EVENT.cast(event), OFFSET);
            if (text == null || fields[INDEX].isDefault(text)) {
                return at;
            }
            next = isRoomy ? putText(bytes, putName(bytes, at), text) : NOWHERE;
        } else if (IS_NUMBER) {
            final long bits = get(EVENT.cast(event));
            if (bits == fields[INDEX].defaultBits()) {
                return at;
            }
            next = isRoomy ? putNumber(bytes, putName(bytes, at), bits) : NOWHERE;
        } else if (fields[INDEX].isAtDefault(EVENT.cast(event))) {
            return at;
        }
        return next == NOWHERE ? WireWriter.field(to, (int) at, FIELD, event) : next;
    }

    private static long putName(final byte[] bytes, final long at) {
        if (NAME_LENGTH <= 2 * Long.BYTES) {
            LittleEndian.putWord(bytes, at, NAME_WORD);
            if (NAME_LENGTH > Long.BYTES) {
                LittleEndian.putWord(bytes, at + NAME_LENGTH - Long.BYTES, NAME.lastWord);
            }
        } else {
            NAME.put(bytes, (int) at);
        }
        return at + NAME_LENGTH;
    }

    private static long putNumber(final byte[] bytes, final long at, final long bits) {
        switch (KIND) {
            case BOOLEAN:
                LittleEndian.putByte(bytes, at, bits == 0 ? WireCode.FALSE : WireCode.TRUE);
                return at + 1;
            case FLOAT:
                LittleEndian.putByte(bytes, at, WireCode.FLOAT32);
                LittleEndian.putWord(bytes, at + 1, bits);
                return at + 1 + Float.BYTES;
            case DOUBLE:
                LittleEndian.putByte(bytes, at, WireCode.FLOAT64);
                LittleEndian.putWord(bytes, at + 1, bits);
                return at + 1 + Double.BYTES;
            default:
                return UsualValue.putInteger(bytes, at, bits);
        }
    }

    /** As {@link #readText} reads it. What a text says of itself is looked at: a stage may wrap what it wants. */
    private static long putText(final byte[] bytes, final long at, final Text text) {
        final int length = text.lengthBytes();
        final int textFrom = text.offset();
        final byte[] in = text.array();
        if (length > bytes.length - WORST_VALUE - (int) at
                || length >= 1 << 14
                || (length | textFrom) < 0
                || length > in.length - textFrom) {
            return NOWHERE;
        }
        final long from;
        if (length < 32) {
            LittleEndian.putByte(bytes, at, WireCode.STRING_0 + length);
            from = at + 1;
        } else if (length < STOP_BIT) {
            LittleEndian.putByte(bytes, at, WireCode.STRING_ANY);
            LittleEndian.putByte(bytes, at + 1, length);
            from = at + 2;
        } else {
            LittleEndian.putByte(bytes, at, WireCode.STRING_ANY);
            LittleEndian.putByte(bytes, at + 1, length | STOP_BIT);
            LittleEndian.putByte(bytes, at + 2, length >> 7);
            from = at + 3;
        }
        return Utf8.copyIfAscii(in, textFrom, length, bytes, from) ? from + length : NOWHERE;
    }

    @Override
    long changed(final Object event, final FrameNotes notes, final byte[] frame) {
        Objects.requireNonNull(event);
        return (mayHaveChanged(event, notes, frame) ? BIT : 0)
                | (SECOND != null && SECOND.mayHaveChanged(event, notes, frame) ? BIT << 1 : 0)
                | (THIRD != null && THIRD.mayHaveChanged(event, notes, frame) ? BIT << 2 : 0)
                | (FOURTH != null && FOURTH.mayHaveChanged(event, notes, frame) ? BIT << 3 : 0)
                | (FIFTH != null && FIFTH.mayHaveChanged(event, notes, frame) ? BIT << 4 : 0);
    }

    @Override
    boolean mayHaveChanged(final Object event, final FrameNotes notes, final byte[] frame) {
        if (IS_TEXT) {
            final Text text = (Text) UnsafeApi.getReference(EVENT.cast(event), OFFSET);
            return text == null
                    || text.array() != frame
                    || notes.bits(INDEX) != FrameNotes.inFrame(text.offset(), text.lengthBytes());
        }
        return (IS_NUMBER ? get(EVENT.cast(event)) : FIELD.bits(EVENT.cast(event))) != notes.bits(INDEX);
    }

    private static long get(final Object event) {
        if (WIDTH == Byte.BYTES) {
            return UnsafeApi.getByte(event, OFFSET);
        }
        if (WIDTH == Short.BYTES) {
            return UnsafeApi.getShort(event, OFFSET);
        }
        return WIDTH == Integer.BYTES ? UnsafeApi.getInt(event, OFFSET) : UnsafeApi.getLong(event, OFFSET);
    }

    private static boolean isNamed(final byte[] bytes, final long at, final int end) {
        return ((LittleEndian.word(bytes, at) ^ NAME_WORD) & NAME_MASK) == 0
                && (NAME_LENGTH <= Long.BYTES || NAME.isAt(bytes, (int) at, end));
    }

    /** Returns where the value ends, which may be too far. */
    private static long readNumber(final byte[] bytes, final long at, final FrameNotes notes, final Object event) {
        final int code = LittleEndian.unsigned(bytes, at);
        final long word = LittleEndian.word(bytes, at + 1);
        final long bits;
        final long next;
        if (KIND == EventField.Kind.BOOLEAN) {
            if (code != WireCode.FALSE && code != WireCode.TRUE) {
                return NOWHERE;
            }
            bits = code - WireCode.FALSE;
            next = at + 1;
        } else if (code == WIDE) {
            bits = word;
            next = at + 1 + Long.BYTES;
        } else if (KIND == EventField.Kind.DOUBLE && code == WireCode.FLOAT32) {
            bits = Double.doubleToRawLongBits(Float.intBitsToFloat((int) word));
            next = at + 1 + Float.BYTES;
        } else if (SIZES[code] > 0) {
            bits = UsualValue.bits(code, word);
            next = at + SIZES[code];
        } else {
            return NOWHERE;
        }
        set(event, bits);
        notes.bits(INDEX, bits);
        return next;
    }

    private static void set(final Object event, final long bits) {
        if (WIDTH == Byte.BYTES) {
            UnsafeApi.putByte(event, OFFSET, (byte) bits);
        } else if (WIDTH == Short.BYTES) {
            UnsafeApi.putShort(event, OFFSET, (short) bits);
        } else if (WIDTH == Integer.BYTES) {
            UnsafeApi.putInt(event, OFFSET, (int) bits);
        } else {
            UnsafeApi.putLong(event, OFFSET, bits);
        }
    }

    /** ASCII of less than 16 KB: its length is at most two bytes of seven bits. Returns where it ends. */
    private static long readText(
            final byte[] bytes, final long at, final int end, final FrameNotes notes, final Object event) {
        final int code = LittleEndian.unsigned(bytes, at);
        final int first = LittleEndian.unsigned(bytes, at + 1);
        final long from;
        final int length;
        if (code >= WireCode.STRING_0) {
            from = at + 1;
            length = code - WireCode.STRING_0;
        } else if (code == WireCode.STRING_ANY && first < STOP_BIT) {
            from = at + 2;
            length = first;
        } else if (code == WireCode.STRING_ANY && isLastByte(LittleEndian.unsigned(bytes, at + 2))) {
            from = at + 3;
            length = first & STOP_BIT - 1 | LittleEndian.unsigned(bytes, at + 2) << 7;
        } else {
            return NOWHERE;
        }
        if (length > end - (int) from || !Utf8.isAscii(bytes, from, length)) {
            return NOWHERE;
        }
        final Text text = IS_FINAL ? (Text) UnsafeApi.getReference(event, OFFSET) : notes.textFor(FIELD, event);
        if (text == null) {
            return NOWHERE;
        }
        text.wrap(bytes, (int) from, length);
        notes.textInFrame(INDEX, from, length);
        return from + length;
    }

    /** A length's second byte, in its usual form: no more after it, and not 0, which would be no use. */
    private static boolean isLastByte(final int second) {
        return second > 0 && second < STOP_BIT;
    }
}
