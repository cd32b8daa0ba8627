package io.pinion.operators;

import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.ToLongFunction;

/**
 * Reads the key of an event or a row, by the user's function: a number as it is, several fields as the 128 bits of their
 * hash. One for each stage, on its thread.
 */
abstract class KeyOf<T> {
    /** The key itself where it is a number; else the first half of its hash. */
    long lo;
    /** 0 where the key is a number; else the other half of its hash. */
    long hi;

    private KeyOf() {}

    static <T> KeyOf<T> number(final ToLongFunction<? super T> function) {
        return new Number<>(Objects.requireNonNull(function, "key"));
    }

    /** Of rows, not of events. */
    static <T> KeyOf<T> numberOfRows(final ToLongFunction<? super T> function) {
        return new RowNumber<>(Objects.requireNonNull(function, "key"));
    }

    static <T> KeyOf<T> fields(final BiConsumer<? super T, Key> function) {
        return new Fields<>(Objects.requireNonNull(function, "key"));
    }

    /** The same key, read on another thread. */
    abstract KeyOf<T> another();

    /** Sets {@link #lo} and {@link #hi}; false when there is no key. Throws what the user's function throws. */
    abstract boolean read(T from);

    /** Whether {@link #hi} is part of it. */
    abstract boolean isWide();

    /** The user's function where the key is a number, else null. */
    ToLongFunction<? super T> number() {
        return null;
    }

    /** In the words of an outline. */
    abstract String describe();

    private static class Number<T> extends KeyOf<T> {
        private final ToLongFunction<? super T> function;

        @Override
        KeyOf<T> another() {
            return new Number<>(function);
        }

        private Number(final ToLongFunction<? super T> function) {
            this.function = function;
        }

        @Override
        boolean read(final T from) {
            lo = function.applyAsLong(from);
            return true;
        }

        @Override
        ToLongFunction<? super T> number() {
            return function;
        }

        @Override
        boolean isWide() {
            return false;
        }

        @Override
        String describe() {
            return "a number";
        }
    }

    /** The same for rows: apart, so that the compiler does not mix their functions, called at each start, with what stages call. */
    private static final class RowNumber<T> extends Number<T> {
        private RowNumber(final ToLongFunction<? super T> function) {
            super(function);
        }

        @Override
        KeyOf<T> another() {
            return new RowNumber<>(number());
        }

        @Override
        boolean read(final T from) {
            lo = number().applyAsLong(from);
            return true;
        }
    }

    private static final class Fields<T> extends KeyOf<T> {
        private final BiConsumer<? super T, Key> function;
        private final Key key = new Key();

        @Override
        KeyOf<T> another() {
            return new Fields<>(function);
        }

        private Fields(final BiConsumer<? super T, Key> function) {
            this.function = function;
        }

        @Override
        boolean read(final T from) {
            key.clear();
            function.accept(from, key);
            key.finish();
            lo = key.lo();
            hi = key.hi();
            return !key.isKeyless();
        }

        @Override
        boolean isWide() {
            return true;
        }

        @Override
        String describe() {
            return "a key of fields";
        }
    }
}
