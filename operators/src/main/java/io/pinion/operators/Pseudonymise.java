package io.pinion.operators;

import io.pinion.engine.GraphException;
import io.pinion.engine.Slot;
import io.pinion.engine.Stage;
import io.pinion.engine.Text;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;
import java.util.function.ToLongFunction;

/** Puts the keyed hash of a field in the field's place: of a text 32 hexadecimal digits, of a number another number. */
abstract class Pseudonymise<E> implements Stage<E> {
    private static final byte[] HEX_DIGITS = {
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
    };

    final SipHash128 hash = new SipHash128();

    private final String name;
    private final PseudonymKeys keys;
    private final String tooEarly;

    private Pseudonymise(final String name, final PseudonymKeys keys) {
        this.name = name;
        this.keys = Objects.requireNonNull(keys, "keys");
        tooEarly = "The log's time is before that of the first key of the stage \"" + name + "\", of " + keys + ".";
    }

    static <E> Stage<E> texts(
            final String name, final PseudonymKeys keys, final List<Function<? super E, Text>> fields) {
        if (fields.isEmpty()) {
            throw new GraphException("The stage \"" + name
                    + "\" has no field to pseudonymise: name at least one, as event ->" + " event.user.");
        }
        return new Texts<>(name, keys, fields);
    }

    static <E> Stage<E> number(
            final String name,
            final PseudonymKeys keys,
            final ToLongFunction<? super E> get,
            final ObjLongConsumer<? super E> set) {
        return new Number<>(name, keys, Objects.requireNonNull(get, "get"), Objects.requireNonNull(set, "set"));
    }

    /** All that the user's functions may throw happens before the first field changes. */
    abstract void read(E event);

    abstract void replace(E event);

    @Override
    public String name() {
        return name;
    }

    @Override
    public String describe() {
        return "pseudonymise, " + keys;
    }

    @Override
    public Scope scope() {
        return Scope.STATELESS;
    }

    @Override
    public void onEvent(final E event, final Slot<E> slot) {
        if (keys.begin(hash, slot.logTimeUs())) {
            read(event);
            replace(event);
        } else {
            slot.deadLetter(tooEarly);
        }
    }

    private static final class Texts<E> extends Pseudonymise<E> {
        private final List<Function<? super E, Text>> fields;
        private final Text[] texts;
        private final byte[] hex = new byte[4 * Long.BYTES];

        private Texts(final String name, final PseudonymKeys keys, final List<Function<? super E, Text>> fields) {
            super(name, keys);
            this.fields = List.copyOf(fields);
            texts = new Text[fields.size()];
        }

        @Override
        void read(final E event) {
            for (int i = 0; i < texts.length; i++) {
                texts[i] = Objects.requireNonNull(fields.get(i).apply(event), "a text to pseudonymise");
            }
        }

        @Override
        void replace(final E event) {
            for (final Text text : texts) {
                if (!text.isEmpty()) {
                    hash.reset();
                    hash.bytes(text.array(), text.offset(), text.lengthBytes());
                    toHex(hash.lo(), 0);
                    toHex(hash.hi(), 2 * Long.BYTES);
                    text.set(hex, 0, hex.length);
                }
            }
        }

        /** The lowest byte first, as the hash's bytes stand in every other implementation. */
        private void toHex(final long half, final int at) {
            for (int i = 0; i < Long.BYTES; i++) {
                final int b = (int) (half >>> i * Byte.SIZE) & 0xFF;
                hex[at + 2 * i] = HEX_DIGITS[b >> 4];
                hex[at + 2 * i + 1] = HEX_DIGITS[b & 0xF];
            }
        }
    }

    private static final class Number<E> extends Pseudonymise<E> {
        private final ToLongFunction<? super E> get;
        private final ObjLongConsumer<? super E> set;
        private long value;

        private Number(
                final String name,
                final PseudonymKeys keys,
                final ToLongFunction<? super E> get,
                final ObjLongConsumer<? super E> set) {
            super(name, keys);
            this.get = get;
            this.set = set;
        }

        @Override
        void read(final E event) {
            value = get.applyAsLong(event);
        }

        @Override
        void replace(final E event) {
            hash.word(value);
            hash.finish();
            set.accept(event, hash.lo());
        }
    }
}
