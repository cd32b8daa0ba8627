package io.pinion.operators;

import io.pinion.engine.Stage;
import io.pinion.engine.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * The words for what people's data needs: {@code import static io.pinion.operators.Privacy.*}. What each promises, what it
 * protects against and what not, is in {@code docs/operators.md}. For the functions, the rules of {@link Operators} hold.
 */
public final class Privacy {
    private Privacy() {}

    /**
     * Drops, as {@code revoked}, events whose key, a number, has a row in a table of revocations.
     *
     * @param name        of the stage.
     * @param revocations a row for each who took their consent back.
     * @param key         of an event.
     * @param <E>         the event class.
     * @return the stage.
     * @throws io.pinion.engine.GraphException when the table has another kind of key.
     */
    public static <E> Stage<E> consent(
            final String name, final Table<?> revocations, final ToLongFunction<? super E> key) {
        return new Consent<>(name, revocations, KeyOf.number(key), null);
    }

    /**
     * Drops, as {@code revoked}, events whose key, a number, has a row in a table of revocations; and, as {@code
     * no_consent}, those that say themselves that there is none.
     *
     * @param name        of the stage.
     * @param revocations a row for each who took their consent back.
     * @param key         of an event.
     * @param given       whether the event itself says that there is consent.
     * @param <E>         the event class.
     * @return the stage.
     * @throws io.pinion.engine.GraphException when the table has another kind of key.
     */
    public static <E> Stage<E> consent(
            final String name,
            final Table<?> revocations,
            final ToLongFunction<? super E> key,
            final Predicate<? super E> given) {
        return new Consent<>(name, revocations, KeyOf.number(key), Objects.requireNonNull(given, "given"));
    }

    /**
     * Drops, as {@code revoked}, events whose key, text or several fields, has a row in a table of revocations; and, as
     * {@code keyless}, those without a key.
     *
     * @param name        of the stage.
     * @param revocations a row for each who took their consent back.
     * @param key         adds the fields of an event's key, as the table adds those of a row's.
     * @param <E>         the event class.
     * @return the stage.
     * @throws io.pinion.engine.GraphException when the table has another kind of key.
     */
    public static <E> Stage<E> consent(
            final String name, final Table<?> revocations, final BiConsumer<? super E, Key> key) {
        return new Consent<>(name, revocations, KeyOf.fields(key), null);
    }

    /**
     * Drops, as {@code revoked}, events whose key, text or several fields, has a row in a table of revocations; as {@code
     * keyless}, those without a key; and, as {@code no_consent}, those that say themselves that there is none.
     *
     * @param name        of the stage.
     * @param revocations a row for each who took their consent back.
     * @param key         adds the fields of an event's key, as the table adds those of a row's.
     * @param given       whether the event itself says that there is consent.
     * @param <E>         the event class.
     * @return the stage.
     * @throws io.pinion.engine.GraphException when the table has another kind of key.
     */
    public static <E> Stage<E> consent(
            final String name,
            final Table<?> revocations,
            final BiConsumer<? super E, Key> key,
            final Predicate<? super E> given) {
        return new Consent<>(name, revocations, KeyOf.fields(key), Objects.requireNonNull(given, "given"));
    }

    /**
     * Puts the keyed hash (128 bits of SipHash-2-4) of texts in their place, as 32 hexadecimal digits: the same text has
     * the same pseudonym as long as a key holds, in whatever field. An empty text stays empty.
     *
     * @param name  of the stage.
     * @param keys  the secret keys, each with the log time from which it holds; before the first, an event is a dead
     *              letter.
     * @param texts the fields, as {@code event -> event.user}.
     * @param <E>   the event class.
     * @return the stage.
     * @throws io.pinion.engine.GraphException when there is no field.
     */
    @SafeVarargs
    public static <E> Stage<E> pseudonymise(
            final String name, final PseudonymKeys keys, final Function<? super E, Text>... texts) {
        final List<Function<? super E, Text>> fields = new ArrayList<>();
        for (final Function<? super E, Text> text : texts) {
            fields.add(text);
        }
        return Pseudonymise.<E>texts(name, keys, fields);
    }

    /**
     * Puts 64 bits of the keyed hash (SipHash-2-4) of a number in its place. Any number, 0 too, becomes another; two may
     * become the same one, with a chance of some n²/2⁶⁵ among n different ones.
     *
     * @param name of the stage.
     * @param keys the secret keys, each with the log time from which it holds; before the first, an event is a dead
     *             letter.
     * @param get  reads the field, as {@code event -> event.userId}.
     * @param set  writes it, as {@code (event, pseudonym) -> event.userId = pseudonym}.
     * @param <E>  the event class.
     * @return the stage.
     */
    public static <E> Stage<E> pseudonymise(
            final String name,
            final PseudonymKeys keys,
            final ToLongFunction<? super E> get,
            final ObjLongConsumer<? super E> set) {
        return Pseudonymise.number(name, keys, get, set);
    }

    /**
     * Takes out of a text what nobody shall read: URLs first, then e-mail addresses, then numbers, then what is too long,
     * in whatever order they are named.
     *
     * @param name       of the stage.
     * @param text       the field, as {@code event -> event.text}.
     * @param redactions what to take out, each kind once.
     * @param <E>        the event class.
     * @return the stage.
     * @throws io.pinion.engine.GraphException when there is none, or two of a kind.
     */
    public static <E> Stage<E> redact(
            final String name, final Function<? super E, Text> text, final Redaction... redactions) {
        return new Redact<>(name, text, List.of(redactions));
    }

    /**
     * {@code scheme://…} and {@code www.…}, which become {@code [url]}.
     *
     * @return what {@link #redact} takes.
     */
    public static Redaction urls() {
        return Redaction.urls();
    }

    /**
     * {@code local@domain.tld}, which becomes {@code [email]}.
     *
     * @return what {@link #redact} takes.
     */
    public static Redaction emails() {
        return Redaction.emails();
    }

    /**
     * Numbers of telephones, cards and the like, which become {@code [number]}: digits with at most two of space, {@code
     * - . / ( )} between one and the next.
     *
     * @param digits how many it has at least; 1 to 1,000.
     * @return what {@link #redact} takes.
     * @throws io.pinion.engine.GraphException when it is out of bounds.
     */
    public static Redaction numbers(final int digits) {
        return Redaction.numbers(digits);
    }

    /**
     * What a text has beyond so many bytes; it is cut between two code points.
     *
     * @param bytes how many may stay; with 0, nothing does.
     * @return what {@link #redact} takes.
     * @throws io.pinion.engine.GraphException when it is less than 0.
     */
    public static Redaction longerThan(final int bytes) {
        return Redaction.longerThan(bytes);
    }
}
