package io.pinion.wire;

import io.pinion.engine.Text;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.UnsafeApi;

/**
 * One field of an event class: its names as the formats write them, and the way to its value. A value travels as 64 bits:
 * an integer or a character as itself, a decimal as its raw bits, an enum constant as its ordinal or -1 for null.
 */
final class EventField {
    /** What a field may hold. */
    enum Kind {
        BOOLEAN,
        BYTE,
        SHORT,
        CHAR,
        INT,
        LONG,
        FLOAT,
        DOUBLE,
        ENUM,
        TEXT
    }

    private static final int ONE_BYTE = 0;
    private static final int TWO_BYTES = 1;
    private static final int CHARACTER = 2;
    private static final int FOUR_BYTES = 3;
    private static final int EIGHT_BYTES = 4;
    private static final int REFERENCE = 5;

    final String name;
    final Kind kind;
    /** Its place among the fields. */
    final int index;
    /** The name as BinaryWire writes it, its code included. */
    final InPlaceName wireName;
    /** The name as JSON has it, quotes included. */
    final InPlaceName jsonName;
    /** The name in UTF-8. */
    final byte[] plainName;
    /** The least and the most integer it holds; of a field that holds none, 1 and 0. */
    final long least;

    final long most;
    /** For enums: the constants' names, by ordinal. */
    final Text[] constantNames;

    /** How the value lies in the event. A switch on an int is cheaper than one on an enum. */
    private final int storage;

    /** The class that declares it, and the field's place there. */
    final Class<?> declaringClass;

    final long offset;
    private final Object[] constants;

    /** What a new event has here. */
    private long defaultBits;

    private final Text defaultText = new Text();

    /** Whether the event keeps the text it was made with. */
    final boolean isFinal;

    EventField(final Field field, final Kind kind, final int index) {
        this.kind = kind;
        this.index = index;
        isFinal = Modifier.isFinal(field.getModifiers());
        name = field.getName();
        declaringClass = field.getDeclaringClass();
        offset = UnsafeApi.objectFieldOffset(field);
        plainName = name.getBytes(StandardCharsets.UTF_8);
        wireName = new InPlaceName(WireNames.encode(name));
        jsonName = new InPlaceName(JsonStrings.quote(plainName));
        constants = kind == Kind.ENUM ? field.getType().getEnumConstants() : new Object[0];
        constantNames = Arrays.stream(constants)
                .map(constant -> Text.of(((Enum<?>) constant).name()))
                .toArray(Text[]::new);
        storage = switch (kind) {
            case BOOLEAN, BYTE -> ONE_BYTE;
            case SHORT -> TWO_BYTES;
            case CHAR -> CHARACTER;
            case INT, FLOAT -> FOUR_BYTES;
            case LONG, DOUBLE -> EIGHT_BYTES;
            case ENUM, TEXT -> REFERENCE;
        };
        least = switch (kind) {
            case BYTE -> Byte.MIN_VALUE;
            case SHORT -> Short.MIN_VALUE;
            case INT -> Integer.MIN_VALUE;
            case LONG -> Long.MIN_VALUE;
            default -> 1;
        };
        most = least < 0 ? -1 - least : 0;
    }

    /** Notes what a new event has here. */
    void learnDefault(final Object newEvent) {
        if (kind == Kind.TEXT) {
            defaultText.set(text(newEvent));
        } else {
            defaultBits = bits(newEvent);
        }
    }

    void setToDefault(final Object event, final FrameNotes notes) {
        if (kind == Kind.TEXT) {
            notes.textFor(this, event).wrap(defaultText.array(), defaultText.offset(), defaultText.lengthBytes());
        } else {
            set(event, defaultBits);
        }
    }

    /** What a new event has here, of any field but a text. */
    long defaultBits() {
        return defaultBits;
    }

    boolean isAtDefault(final Object event) {
        if (kind == Kind.TEXT) {
            final Text text = textOrNull(event);
            return text == null || isDefault(text);
        }
        return bits(event) == defaultBits;
    }

    /** Whether a text is what a new event has here. */
    boolean isDefault(final Text text) {
        return text.lengthBytes() == defaultText.lengthBytes() && text.equals(defaultText);
    }

    /** The value of any field but a text. */
    long bits(final Object event) {
        switch (storage) {
            case ONE_BYTE:
                return UnsafeApi.getByte(event, offset);
            case TWO_BYTES:
                return UnsafeApi.getShort(event, offset);
            case CHARACTER:
                return UnsafeApi.getChar(event, offset);
            case FOUR_BYTES:
                return UnsafeApi.getInt(event, offset);
            case EIGHT_BYTES:
                return UnsafeApi.getLong(event, offset);
            default:
                final Object constant = UnsafeApi.getReference(event, offset);
                return constant == null ? -1 : ((Enum<?>) constant).ordinal();
        }
    }

    /** Sets any field but a text. */
    void set(final Object event, final long bits) {
        switch (storage) {
            case ONE_BYTE:
                UnsafeApi.putByte(event, offset, (byte) bits);
                break;
            case TWO_BYTES:
                UnsafeApi.putShort(event, offset, (short) bits);
                break;
            case CHARACTER:
                UnsafeApi.putChar(event, offset, (char) bits);
                break;
            case FOUR_BYTES:
                UnsafeApi.putInt(event, offset, (int) bits);
                break;
            case EIGHT_BYTES:
                UnsafeApi.putLong(event, offset, bits);
                break;
            default:
                UnsafeApi.putReference(event, offset, bits < 0 ? null : constants[(int) bits]);
                break;
        }
    }

    /** The text of a text field, made where there is none. */
    Text text(final Object event) {
        final Text text = textOrNull(event);
        return text != null ? text : newText(event);
    }

    /** The text of a text field, or null. */
    Text textOrNull(final Object event) {
        return (Text) UnsafeApi.getReference(event, offset);
    }

    private Text newText(final Object event) {
        final Text text = new Text();
        text(event, text);
        return text;
    }

    /** Puts a text into a text field. */
    void text(final Object event, final Text text) {
        UnsafeApi.putReference(event, offset, text);
    }

    /** The ordinal of the constant of this name, or -1. */
    int ordinalOf(final byte[] bytes, final int from, final int to) {
        for (int i = 0; i < constantNames.length; i++) {
            final byte[] candidate = constantNames[i].array();
            if (Arrays.equals(candidate, 0, constantNames[i].lengthBytes(), bytes, from, to)) {
                return i;
            }
        }
        return -1;
    }

    /** What a value of this field must be, for sentences. */
    String requirement() {
        return switch (kind) {
            case BOOLEAN -> "true or false";
            case BYTE, SHORT, INT, LONG -> "an integer from " + least + " to " + most;
            case CHAR -> "a text of one character, no greater than U+FFFF";
            case FLOAT -> "a number that fits a float";
            case DOUBLE -> "a number that fits a double";
            case ENUM -> "one of " + Arrays.toString(constants()) + ", as text";
            case TEXT -> "text";
        };
    }

    private String[] constants() {
        return Arrays.stream(constantNames).map(Text::toString).toArray(String[]::new);
    }
}
