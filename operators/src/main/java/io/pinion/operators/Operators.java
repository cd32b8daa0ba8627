package io.pinion.operators;

import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.pinion.engine.Stage;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * The words in which a graph's stages are written: {@code import static io.pinion.operators.Operators.*}; those for
 * consent, pseudonyms and redaction are in {@link Privacy}. What each promises, with all options and counters, is in {@code docs/operators.md}.
 *
 * <p>A stage belongs to one graph, and keeps its functions; they must give the same answer for the same event, keep no
 * reference to it, and allocate nothing if the pipeline shall not. One that throws makes its event a dead letter.
 */
public final class Operators {
    private Operators() {}

    /**
     * Passes events for which a condition holds; the others are dropped as {@code filtered}.
     *
     * @param name      of the stage.
     * @param condition on the event.
     * @param <E>       the event class.
     * @return the stage.
     */
    public static <E> Stage<E> filter(final String name, final Predicate<? super E> condition) {
        return new Filter<>(name, condition);
    }

    /**
     * Changes fields of each event in place. It never adds or drops an event.
     *
     * @param name   of the stage.
     * @param change what to do with an event.
     * @param <E>    the event class.
     * @return the stage.
     */
    public static <E> Stage<E> map(final String name, final Consumer<? super E> change) {
        return new Mapping<>(name, change);
    }

    /**
     * Keeps a share of the keys, which are numbers, with all their events; the others are dropped as {@code not_sampled}.
     * Which keys is decided by their hash: the same on every machine and in every run.
     *
     * @param name  of the stage.
     * @param key   of an event.
     * @param share how many of the keys to keep.
     * @param <E>   the event class.
     * @return the stage.
     */
    public static <E> Stage<E> sample(final String name, final ToLongFunction<? super E> key, final Share share) {
        return new Sample<>(name, KeyOf.number(key), share);
    }

    /**
     * Keeps a share of the keys, which are text or several fields, with all their events; the others are dropped as
     * {@code not_sampled}. Which keys is decided by their hash: the same on every machine and in every run.
     *
     * @param name  of the stage.
     * @param key   adds the fields of an event's key.
     * @param share how many of the keys to keep.
     * @param <E>   the event class.
     * @return the stage.
     */
    public static <E> Stage<E> sample(final String name, final BiConsumer<? super E, Key> key, final Share share) {
        return new Sample<>(name, KeyOf.fields(key), share);
    }

    /**
     * One key of so many.
     *
     * @param n 1 (every key) or more.
     * @return the share, to which options can be added.
     * @throws io.pinion.engine.GraphException when it is out of bounds.
     */
    public static Share oneIn(final int n) {
        return Share.oneIn(n);
    }

    /**
     * So many keys of a hundred.
     *
     * @param percent 0 to 100, such as 2.5.
     * @return the share, to which options can be added.
     * @throws io.pinion.engine.GraphException when it is out of bounds.
     */
    public static Share percent(final double percent) {
        return Share.percent(percent);
    }

    /**
     * Passes no more events of a key, which is a number, than a rate allows; the others are dropped as {@code limited}.
     *
     * @param name  of the stage.
     * @param key   of an event.
     * @param limit the rate, and for how many keys: {@code perSecond(10).burst(20).upTo(100_000)}.
     * @param <E>   the event class.
     * @return the stage.
     */
    public static <E> Stage<E> rateLimit(
            final String name, final ToLongFunction<? super E> key, final Rate.Limited limit) {
        return new RateLimit<>(name, KeyOf.number(key), limit);
    }

    /**
     * Passes no more events of a key, which is text or several fields, than a rate allows; the others are dropped as
     * {@code limited}.
     *
     * @param name  of the stage.
     * @param key   adds the fields of an event's key.
     * @param limit the rate, and for how many keys: {@code perSecond(10).burst(20).upTo(100_000)}.
     * @param <E>   the event class.
     * @return the stage.
     */
    public static <E> Stage<E> rateLimit(
            final String name, final BiConsumer<? super E, Key> key, final Rate.Limited limit) {
        return new RateLimit<>(name, KeyOf.fields(key), limit);
    }

    /**
     * A rate, of log time.
     *
     * @param events a second; 1 to 1,000,000,000.
     * @return its capacity is said next.
     * @throws io.pinion.engine.GraphException when it is out of bounds.
     */
    public static Rate perSecond(final int events) {
        return Rate.of("perSecond", "second", events, SECONDS.toMicros(1));
    }

    /**
     * A rate, of log time.
     *
     * @param events a minute; 1 to 1,000,000,000.
     * @return its capacity is said next.
     * @throws io.pinion.engine.GraphException when it is out of bounds.
     */
    public static Rate perMinute(final int events) {
        return Rate.of("perMinute", "minute", events, MINUTES.toMicros(1));
    }

    /**
     * A rate, of log time.
     *
     * @param events an hour; 1 to 1,000,000,000.
     * @return its capacity is said next.
     * @throws io.pinion.engine.GraphException when it is out of bounds.
     */
    public static Rate perHour(final int events) {
        return Rate.of("perHour", "hour", events, HOURS.toMicros(1));
    }

    /**
     * Keeps the first event of each key, which is a number; the others are dropped as {@code repeat}. The first is the first
     * in the log, and passes at once: nothing waits for one that has an earlier time and comes later.
     *
     * @param name      of the stage.
     * @param key       of an event.
     * @param retention how many keys are remembered, and for how long.
     * @param <E>       the event class.
     * @return the stage.
     */
    public static <E> Stage<E> dedupe(
            final String name, final ToLongFunction<? super E> key, final Retention retention) {
        return new Dedupe<>(name, KeyOf.number(key), retention);
    }

    /**
     * Keeps the first event of each key, which is text or several fields; the others are dropped as {@code repeat}, as
     * above. Keys are compared by 128 bits of hash, see {@link Key}.
     *
     * @param name      of the stage.
     * @param key       adds the fields of an event's key: {@code (event, key) -> key.add(event.user).add(event.item)}.
     * @param retention how many keys are remembered, and for how long.
     * @param <E>       the event class.
     * @return the stage.
     */
    public static <E> Stage<E> dedupe(
            final String name, final BiConsumer<? super E, Key> key, final Retention retention) {
        return new Dedupe<>(name, KeyOf.fields(key), retention);
    }

    /**
     * A time for which keys are remembered: a repeat is an event less than this before or after the first of its key.
     *
     * @param window whole microseconds, more than 0.
     * @return its capacity is said next.
     * @throws io.pinion.engine.GraphException when it is out of bounds.
     */
    public static Window.Within within(final Duration window) {
        return new Window.Within(window);
    }

    /**
     * A capacity: of a table, or of a dedupe whose keys stay until they are evicted.
     *
     * @param n rows or keys, 1 to 268,435,456; their memory is taken at start.
     * @return the capacity.
     * @throws io.pinion.engine.GraphException when it is out of bounds.
     */
    public static Capacity upTo(final int n) {
        return Capacity.of(n);
    }

    /**
     * A table whose rows are found by a number. A key has one row, the one put last: no event is ever joined to two, for a
     * stage makes no events.
     *
     * @param name     of the table, by which it is filled.
     * @param rows     the constructor of the row class.
     * @param key      of a row.
     * @param capacity how many rows it can have.
     * @param <R>      the row class.
     * @return the table.
     */
    public static <R> Table<R> table(
            final String name, final Supplier<R> rows, final ToLongFunction<? super R> key, final Capacity capacity) {
        return new Table<>(
                name, rows, KeyOf.numberOfRows(key), capacity.options().capacity());
    }

    /**
     * A table whose rows are found by text or several fields, compared by 128 bits of hash, see {@link Key}; one row to a
     * key, as above. Texts are compared byte by byte, which is the same in every language: where cases shall be one, let both
     * keys say so, this one and that of the stage.
     *
     * @param name     of the table, by which it is filled.
     * @param rows     the constructor of the row class.
     * @param key      adds the fields of a row's key: {@code (row, key) -> key.add(row.item)}.
     * @param capacity how many rows it can have.
     * @param <R>      the row class.
     * @return the table.
     */
    public static <R> Table<R> table(
            final String name, final Supplier<R> rows, final BiConsumer<? super R, Key> key, final Capacity capacity) {
        return new Table<>(name, rows, KeyOf.fields(key), capacity.options().capacity());
    }

    /**
     * Looks a number up in a table and copies fields over; an event without a row passes as it is.
     *
     * @param name  of the stage.
     * @param table what to look in.
     * @param key   of an event.
     * @param copy  from the row into the event.
     * @param <E>   the event class.
     * @param <R>   the row class.
     * @return the stage.
     * @throws io.pinion.engine.GraphException when the table has another kind of key.
     */
    public static <E, R> Stage<E> enrich(
            final String name,
            final Table<R> table,
            final ToLongFunction<? super E> key,
            final BiConsumer<? super E, ? super R> copy) {
        return enrich(name, table, key, copy, orKeep());
    }

    /**
     * Looks a number up in a table and copies fields over.
     *
     * @param name      of the stage.
     * @param table     what to look in.
     * @param key       of an event.
     * @param copy      from the row into the event.
     * @param otherwise what becomes of an event without a row.
     * @param <E>       the event class.
     * @param <R>       the row class.
     * @return the stage.
     * @throws io.pinion.engine.GraphException when the table has another kind of key.
     */
    public static <E, R> Stage<E> enrich(
            final String name,
            final Table<R> table,
            final ToLongFunction<? super E> key,
            final BiConsumer<? super E, ? super R> copy,
            final Otherwise otherwise) {
        return new Enrich<>(name, table, KeyOf.number(key), copy, otherwise);
    }

    /**
     * Looks text or several fields up in a table and copies fields over; an event without a row passes as it is.
     *
     * @param name  of the stage.
     * @param table what to look in.
     * @param key   adds the fields of an event's key, as the table adds those of a row's.
     * @param copy  from the row into the event.
     * @param <E>   the event class.
     * @param <R>   the row class.
     * @return the stage.
     * @throws io.pinion.engine.GraphException when the table has another kind of key.
     */
    public static <E, R> Stage<E> enrich(
            final String name,
            final Table<R> table,
            final BiConsumer<? super E, Key> key,
            final BiConsumer<? super E, ? super R> copy) {
        return enrich(name, table, key, copy, orKeep());
    }

    /**
     * Looks text or several fields up in a table and copies fields over.
     *
     * @param name      of the stage.
     * @param table     what to look in.
     * @param key       adds the fields of an event's key, as the table adds those of a row's.
     * @param copy      from the row into the event.
     * @param otherwise what becomes of an event without a row.
     * @param <E>       the event class.
     * @param <R>       the row class.
     * @return the stage.
     * @throws io.pinion.engine.GraphException when the table has another kind of key.
     */
    public static <E, R> Stage<E> enrich(
            final String name,
            final Table<R> table,
            final BiConsumer<? super E, Key> key,
            final BiConsumer<? super E, ? super R> copy,
            final Otherwise otherwise) {
        return new Enrich<>(name, table, KeyOf.fields(key), copy, otherwise);
    }

    /**
     * Such an event passes as it is, counted.
     *
     * @return {@link Otherwise#PASS}.
     */
    public static Otherwise orKeep() {
        return Otherwise.PASS;
    }

    /**
     * Such an event is dropped, counted under a reason of its own.
     *
     * @return {@link Otherwise#DROP}.
     */
    public static Otherwise orDrop() {
        return Otherwise.DROP;
    }

    /**
     * Such an event goes to the dead letters.
     *
     * @return {@link Otherwise#DEAD_LETTER}.
     */
    public static Otherwise orDeadLetter() {
        return Otherwise.DEAD_LETTER;
    }
}
