package io.pinion.wire;

import io.pinion.engine.Frame;
import io.pinion.engine.Text;
import java.lang.invoke.MethodHandles;
import org.agrona.UnsafeApi;

/**
 * The bytes of each {@link UsualField}'s class. What is static here is another in each, and constant: of the branches that
 * ask for it nothing is left.
 */
final class UsualFieldTemplate extends UsualField {
    private static final Plan PLAN = plan();
    private static final UsualField NEXT = PLAN.next();
    private static final EventField FIELD = PLAN.field();
    private static final EventField.Kind KIND = FIELD.kind;
    private static final boolean IS_FINAL = FIELD.isFinal;
    private static final Class<?> EVENT = FIELD.declaringClass;
    private static final long OFFSET = FIELD.offset;
    private static final int INDEX = FIELD.index;
    private static final InPlaceName NAME = FIELD.wireName;
    private static final long NAME_WORD = NAME.firstWord;
    private static final long NAME_MASK = NAME.firstMask;
    private static final int NAME_LENGTH = NAME.length();
    private static final byte[] SIZES = UsualValue.sizes(KIND);
    private static final int WIDE =
            switch (KIND) {
                case LONG -> WireCode.INT64;
                case DOUBLE -> WireCode.FLOAT64;
                default -> -1;
            };

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
    int read(final byte[] bytes, final int at, final int end, final FrameNotes notes, final Object event) {
        final int value = at + NAME_LENGTH;
        // From here on the code and eight bytes more are in the array, though they may be beyond the frame's end.
        if (value >= bytes.length - Long.BYTES || !isNamed(bytes, at, end) || !notes.isMissing(INDEX)) {
            return ANOTHER;
        }
        final int next = KIND == EventField.Kind.TEXT
                ? readText(bytes, value, end, notes, event)
                : readNumber(bytes, value, end, notes, event);
        if (next == ANOTHER) {
            return ANOTHER;
        }
        notes.addKnown(INDEX, value, next);
        if (NEXT != null && next < end && notes.hasRoom()) {
            final int further = NEXT.read(bytes, next, end, notes, event);
            return further == ANOTHER ? next : further;
        }
        return next;
    }

    @Override
    int write(final Frame to, final int at, final Object event, final EventField[] fields) {
        final int next = isAtDefault(event, fields[INDEX]) ? at : put(to, at, event);
        return NEXT == null ? next : NEXT.write(to, next, event, fields);
    }

    /** What the default is, each codec knows for itself. */
    private static boolean isAtDefault(final Object event, final EventField field) {
        if (KIND == EventField.Kind.TEXT || KIND == EventField.Kind.ENUM) {
            return field.isAtDefault(event);
        }
        return get(EVENT.cast(event)) == field.defaultBits();
    }

    private static int put(final Frame to, final int at, final Object event) {
        final byte[] bytes = to.array();
        final int value = at + NAME_LENGTH;
        if (value <= bytes.length - WORST_VALUE && KIND != EventField.Kind.CHAR && KIND != EventField.Kind.ENUM) {
            putName(bytes, at);
            final int next = KIND == EventField.Kind.TEXT
                    ? putText(bytes, value, (Text) UnsafeApi.getReference(EVENT.cast(event), OFFSET))
                    : putNumber(bytes, value, get(EVENT.cast(event)));
            if (next != ANOTHER) {
                return next;
            }
        }
        return WireWriter.field(to, at, FIELD, event);
    }

    private static void putName(final byte[] bytes, final int at) {
        if (NAME_LENGTH <= 2 * Long.BYTES) {
            LittleEndian.putLong(bytes, at, NAME_WORD);
            if (NAME_LENGTH > Long.BYTES) {
                LittleEndian.putLong(bytes, at + NAME_LENGTH - Long.BYTES, NAME.lastWord);
            }
        } else {
            NAME.put(bytes, at);
        }
    }

    private static int putNumber(final byte[] bytes, final int at, final long bits) {
        switch (KIND) {
            case BOOLEAN:
                bytes[at] = (byte) (bits == 0 ? WireCode.FALSE : WireCode.TRUE);
                return at + 1;
            case FLOAT:
                bytes[at] = (byte) WireCode.FLOAT32;
                LittleEndian.putInt(bytes, at + 1, (int) bits);
                return at + 1 + Float.BYTES;
            case DOUBLE:
                bytes[at] = (byte) WireCode.FLOAT64;
                LittleEndian.putLong(bytes, at + 1, bits);
                return at + 1 + Double.BYTES;
            default:
                return UsualValue.putInteger(bytes, at, bits);
        }
    }

    /** As {@link #readText} reads it. */
    private static int putText(final byte[] bytes, final int at, final Text text) {
        final int length = text.lengthBytes();
        if (length > bytes.length - at - WORST_VALUE || length >= 1 << 14) {
            return ANOTHER;
        }
        final int from;
        if (length < 32) {
            bytes[at] = (byte) (WireCode.STRING_0 + length);
            from = at + 1;
        } else {
            bytes[at] = (byte) WireCode.STRING_ANY;
            from = WireNames.putStopBit(length, bytes, at + 1);
        }
        return Utf8.copyIfAscii(text.array(), text.offset(), length, bytes, from) ? from + length : ANOTHER;
    }

    private static long get(final Object event) {
        return switch (KIND) {
            case BOOLEAN, BYTE -> UnsafeApi.getByte(event, OFFSET);
            case SHORT -> UnsafeApi.getShort(event, OFFSET);
            case CHAR -> UnsafeApi.getChar(event, OFFSET);
            case INT, FLOAT -> UnsafeApi.getInt(event, OFFSET);
            default -> UnsafeApi.getLong(event, OFFSET);
        };
    }

    private static boolean isNamed(final byte[] bytes, final int at, final int end) {
        return ((LittleEndian.word(bytes, at) ^ NAME_WORD) & NAME_MASK) == 0
                && (NAME_LENGTH <= Long.BYTES || NAME.isAt(bytes, at, end));
    }

    private static int readNumber(
            final byte[] bytes, final int at, final int end, final FrameNotes notes, final Object event) {
        final int code = bytes[at] & 0xFF;
        final long word = LittleEndian.word(bytes, at + 1);
        final long bits;
        final int next;
        if (code == WIDE) {
            bits = word;
            next = at + 1 + Long.BYTES;
        } else if (KIND == EventField.Kind.DOUBLE && code == WireCode.FLOAT32) {
            bits = Double.doubleToRawLongBits(Float.intBitsToFloat((int) word));
            next = at + 1 + Float.BYTES;
        } else if (SIZES[code] > 0) {
            bits = UsualValue.bits(code, word);
            next = at + SIZES[code];
        } else {
            return ANOTHER;
        }
        if (next > end) {
            return ANOTHER;
        }
        set(EVENT.cast(event), bits);
        notes.bits[INDEX] = bits;
        return next;
    }

    private static void set(final Object event, final long bits) {
        switch (KIND) {
            case BOOLEAN, BYTE:
                UnsafeApi.putByte(event, OFFSET, (byte) bits);
                break;
            case SHORT:
                UnsafeApi.putShort(event, OFFSET, (short) bits);
                break;
            case INT, FLOAT:
                UnsafeApi.putInt(event, OFFSET, (int) bits);
                break;
            default:
                UnsafeApi.putLong(event, OFFSET, bits);
                break;
        }
    }

    /** ASCII of less than 16 KB: its length is at most two bytes of seven bits. */
    private static int readText(
            final byte[] bytes, final int at, final int end, final FrameNotes notes, final Object event) {
        final int code = bytes[at] & 0xFF;
        final int from;
        final int length;
        if (code >= WireCode.STRING_0) {
            from = at + 1;
            length = code - WireCode.STRING_0;
        } else if (code == WireCode.STRING_ANY && bytes[at + 1] >= 0) {
            from = at + 2;
            length = bytes[at + 1];
        } else if (code == WireCode.STRING_ANY && bytes[at + 2] > 0) {
            from = at + 3;
            length = bytes[at + 1] & 0x7F | bytes[at + 2] << 7;
        } else {
            return ANOTHER;
        }
        if (length > end - from || !Utf8.isAscii(bytes, from, from + length)) {
            return ANOTHER;
        }
        final Text text = IS_FINAL
                ? (Text) UnsafeApi.getReference(EVENT.cast(event), OFFSET)
                : notes.textFor(FIELD, EVENT.cast(event));
        if (text == null) {
            return ANOTHER;
        }
        text.wrap(bytes, from, length);
        notes.text(INDEX, bytes, from, length);
        return from + length;
    }
}
