package io.pinion.wire;

import io.pinion.engine.Frame;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Reads one known field where it stands as it usually does: its name in the usual form, at once after it a value of the
 * usual kind; and writes it so. For each field there is a hidden class of its own, made of the same bytes
 * ({@link UsualFieldTemplate}), so that name, kind and place are constants to the compiler and not looked up for each frame.
 *
 * <p>What is another way, twice, wrong or torn it leaves to {@link WireReader}'s general way, which reads the usual ones too,
 * to the same effect.
 */
abstract class UsualField {
    /**
     * None of a run stands here, or not as usual; nothing was added. What was set in the event meanwhile the general way sets
     * again, or the frame is refused.
     */
    static final int ANOTHER = -1;

    /**
     * So many fields, in the class's order, are read or written in one go, each a constant of {@link UsualFieldTemplate}: the compiler
     * does not always make more of them one.
     */
    static final int RUN = 5;

    /**
     * So many bytes beyond the last of a frame may be looked at before it is known where a field ends: a word of its name, a
     * code, two bytes of a length, and a word. A longer name is looked for within the frame.
     */
    static final int BEYOND = Long.BYTES + 3 + Long.BYTES;

    private static final byte[] TEMPLATE = template();

    /** What was made for the fields of an event class: they have no state, and serve each codec of that class. */
    private static final ClassValue<AtomicReference<UsualField[]>> MADE = new ClassValue<>() {
        @Override
        protected AtomicReference<UsualField[]> computeValue(final Class<?> type) {
            return new AtomicReference<>();
        }
    };

    /** What tells one such class from another: its field, and those of its run that come after it. */
    record Plan(EventField field, List<UsualField> rest) {
        Plan {
            if (rest.size() >= RUN) {
                throw new IllegalArgumentException("a run of " + (1 + rest.size()) + " fields, and it can have " + RUN);
            }
        }

        /** The one that comes so many after it in the same run, or null. */
        UsualField after(final int many) {
            return many <= rest.size() ? rest.get(many - 1) : null;
        }
    }

    /** One for each field of the class of events, in its order. */
    static UsualField[] of(final Class<?> type, final EventField[] fields) {
        final AtomicReference<UsualField[]> made = MADE.get(type);
        if (made.get() == null) {
            made.compareAndSet(null, make(fields));
        }
        return made.get();
    }

    private static UsualField[] make(final EventField[] fields) {
        final UsualField[] usual = new UsualField[fields.length];
        for (int i = fields.length - 1; i >= 0; i--) {
            usual[i] = make(fields[i], Arrays.asList(usual).subList(i + 1, Math.min(endOfRun(i), fields.length)));
        }
        return usual;
    }

    /** The field that begins the next run. What a run has read is noted in one go, and that is in words of 64 fields. */
    private static int endOfRun(final int index) {
        return Math.min((index / RUN + 1) * RUN, (index / Long.SIZE + 1) * Long.SIZE);
    }

    private static UsualField make(final EventField field, final List<UsualField> rest) {
        try {
            return (UsualField) MethodHandles.lookup()
                    .defineHiddenClassWithClassData(TEMPLATE, new Plan(field, List.copyOf(rest)), true)
                    .lookupClass()
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (final ReflectiveOperationException e) {
            throw new IllegalStateException("the class that reads field \"" + field.name + "\" could not be made", e);
        }
    }

    private static byte[] template() {
        final String name = UsualField.class.getSimpleName() + "Template.class";
        try (InputStream in = UsualField.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads what begins here of this field and those of its run after it, in their order, into event and notes, which have room
     * for {@link #RUN} of them; {@link FrameNotes#last} is the last of them. Those that the frame lacks are passed over.
     *
     * @param end where to leave off; the array goes on for {@link #BEYOND} bytes more.
     * @return where the next one may begin, or {@link #ANOTHER}.
     */
    abstract int read(byte[] bytes, int at, int end, FrameNotes notes, Object event);

    /**
     * Reads this field alone into event and notes, where it is added once all of its run are.
     *
     * @param ahead how many were read before it and are not added yet.
     * @return where the next one may begin; beyond {@code end} where it does not stand here, or not as usual, though it may have been
     *         set. A {@code long}, as {@code at}: then its sum with a constant is part of an address.
     */
    abstract long readOne(byte[] bytes, long at, int end, FrameNotes notes, Object event, int ahead);

    /**
     * Writes the field with its name, unless it is at its default, and those after it up to the end of its {@link #RUN}.
     *
     * @param fields the codec's own, for their defaults.
     * @return where the next one begins.
     */
    abstract int write(Frame to, int at, Object event, EventField[] fields);

    /** Writes this field alone. */
    abstract long writeOne(Frame to, long at, Object event, EventField[] fields);

    /** Writes all fields that are not at their defaults to the start of a frame; returns where they end. */
    static int writeAll(final EventClass eventClass, final Object event, final Frame to) {
        int at = 0;
        int first = 0;
        while (first < eventClass.usual.length) {
            at = eventClass.usual[first].write(to, at, event, eventClass.fields);
            first = endOfRun(first);
        }
        return at;
    }

    /**
     * Which of this field and those after it, up to the end of its {@link #RUN}, may have another value than the frame had: a
     * bit for each, as in {@link FrameNotes#missingAround}. That of a field that the frame lacks says nothing.
     */
    abstract long changed(Object event, FrameNotes notes, byte[] frame);

    /** The same of this field alone. */
    abstract boolean mayHaveChanged(Object event, FrameNotes notes, byte[] frame);

    /** Whether any field that the frame has may have another value since. */
    static boolean anyMayHaveChanged(
            final EventClass eventClass, final Object event, final FrameNotes notes, final byte[] frame) {
        int first = 0;
        while (first < eventClass.usual.length) {
            if ((eventClass.usual[first].changed(event, notes, frame) & ~notes.missingAround(first)) != 0) {
                return true;
            }
            first = endOfRun(first);
        }
        return false;
    }
}
