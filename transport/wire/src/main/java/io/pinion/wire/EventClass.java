package io.pinion.wire;

import io.pinion.engine.GraphException;
import io.pinion.engine.Text;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * What a codec knows of an event class: its fields, superclasses first, in the order they are declared, and how to find
 * one by its name. Read once; immutable.
 */
final class EventClass {
    /** More fields than any event has; frames are bounded by it too. */
    static final int MAX_FIELDS = 1024;

    private static final int ABSENT = -1;

    final Class<?> type;
    final EventField[] fields;
    final UsualField[] usual;
    final WireNameIndex wireNames;
    private final int[] table;
    private final int[] hashes;

    private EventClass(final Class<?> type, final List<EventField> fields) {
        this.type = type;
        this.fields = fields.toArray(EventField[]::new);
        usual = UsualField.of(type, this.fields);
        wireNames = new WireNameIndex(this.fields);
        table = new int[Integer.highestOneBit(fields.size() * 4 + 1) << 1];
        Arrays.fill(table, ABSENT);
        hashes = new int[fields.size()];
        for (final EventField field : fields) {
            hashes[field.index] = hash(field.plainName, 0, field.plainName.length);
            int at = hashes[field.index] & table.length - 1;
            while (table[at] != ABSENT) {
                at = at + 1 & table.length - 1;
            }
            table[at] = field.index;
        }
    }

    /** The class without fields: all that arrives is unknown to it. */
    static EventClass ofNoFields() {
        return new EventClass(Object.class, List.of());
    }

    /** Reads the class of what this makes, and the defaults it makes it with. */
    static EventClass of(final Supplier<?> newEvent) {
        final Object event = Objects.requireNonNull(newEvent.get(), "the supplier of new events gave null");
        final List<EventField> fields = new ArrayList<>();
        final List<String> problems = new ArrayList<>();
        for (final Class<?> type : superclassesFirst(event.getClass())) {
            for (final Field field : type.getDeclaredFields()) {
                if ((field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0 && !field.isSynthetic()) {
                    add(field, fields, problems);
                }
            }
        }
        if (fields.size() > MAX_FIELDS) {
            problems.add(event.getClass().getName() + " has " + fields.size() + " fields, and can have " + MAX_FIELDS);
        }
        if (!problems.isEmpty()) {
            throw new GraphException(problems);
        }
        fields.forEach(field -> field.learnDefault(event));
        return new EventClass(event.getClass(), fields);
    }

    private static Deque<Class<?>> superclassesFirst(final Class<?> type) {
        final Deque<Class<?>> types = new ArrayDeque<>();
        for (Class<?> at = type; at != Object.class; at = at.getSuperclass()) {
            types.addFirst(at);
        }
        return types;
    }

    private static void add(final Field field, final List<EventField> fields, final List<String> problems) {
        final String where =
                "field " + field.getName() + " of " + field.getDeclaringClass().getName();
        final EventField.Kind kind = kindOf(field.getType());
        if (kind == null) {
            problems.add(
                    where + " is a " + field.getType().getTypeName() + ", and must be " + insteadOf(field.getType()));
        } else if (Modifier.isFinal(field.getModifiers()) && kind != EventField.Kind.TEXT) {
            problems.add(where + " is final, and can't be set when an event arrives: take the final away");
        } else if (field.getName().chars().anyMatch(c -> c > 0xFF)) {
            problems.add(
                    where + " has a character beyond Latin-1 in its name, which Chronicle Wire can't write: rename it");
        } else if (fields.stream().anyMatch(other -> other.name.equals(field.getName()))) {
            problems.add(where + " hides the one of a superclass: rename one of them");
        } else {
            fields.add(new EventField(field, kind, fields.size()));
        }
    }

    private static EventField.Kind kindOf(final Class<?> type) {
        if (type.isPrimitive()) {
            return EventField.Kind.valueOf(type.getName().toUpperCase(Locale.ROOT));
        }
        return type == Text.class ? EventField.Kind.TEXT : type.isEnum() ? EventField.Kind.ENUM : null;
    }

    private static String insteadOf(final Class<?> type) {
        if (CharSequence.class.isAssignableFrom(type) || type == byte[].class || type == char[].class) {
            return "a " + Text.class.getName();
        }
        if (Number.class.isAssignableFrom(type) || type == Boolean.class || type == Character.class) {
            return "a primitive";
        }
        return "a primitive, an enum or a " + Text.class.getName() + ", or transient";
    }

    /** Sets the fields that a frame lacked to what a new event has. */
    void setMissing(final Object event, final FrameNotes notes) {
        for (int first = 0; first < fields.length; first += Long.SIZE) {
            for (long missing = notes.missingAround(first); missing != 0; missing &= missing - 1) {
                fields[first + Long.numberOfTrailingZeros(missing)].setToDefault(event, notes);
            }
        }
    }

    /** The field of this name, or null. */
    EventField find(final byte[] name, final int from, final int to) {
        final int hash = hash(name, from, to);
        for (int at = hash & table.length - 1; table[at] != ABSENT; at = at + 1 & table.length - 1) {
            final EventField field = fields[table[at]];
            if (hashes[field.index] == hash
                    && Arrays.equals(field.plainName, 0, field.plainName.length, name, from, to)) {
                return field;
            }
        }
        return null;
    }

    /** The hash of a name in UTF-8. */
    static int hash(final byte[] name, final int from, final int to) {
        int hash = to - from;
        for (int at = from; at < to; at++) {
            hash = 31 * hash + name[at];
        }
        return hash ^ hash >>> 15;
    }
}
