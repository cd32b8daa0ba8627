package io.pinion.operators;

import io.pinion.engine.Counter;
import io.pinion.engine.Slot;
import io.pinion.engine.Stage;
import io.pinion.engine.StageContext;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * Joins an event to what an earlier one said: some events are remembered as rows, others look such a row up. One stage does
 * both, so that what is remembered is found by the very next event. Made by {@link #join}:
 *
 * <pre>{@code
 * Table<Answer> answers = table("answers", Answer::new, answer -> answer.id, upTo(100_000)).keptFor(ofHours(1));
 * …
 * .then(join("answer", answers,
 *     remember(event -> event.kind == COMPLETION, (event, answer) -> { answer.id = event.id; answer.prompt.set(event.prompt); }),
 *     lookUp(event -> event.kind == THUMB, event -> event.answerId, (event, answer) -> event.prompt.set(answer.prompt)),
 *     orDeadLetter()))
 * }</pre>
 *
 * <p>An event for which both conditions hold looks up first. All events pass, but for those that miss and shall not.
 *
 * @param <E> the event class.
 * @param <R> the row class.
 */
public final class Join<E, R> implements Stage<E> {
    private final String name;
    private final Table<R> table;
    private final Remember<E, R> remember;
    private final LookUp<E, R> lookUp;
    private final OddCase miss;
    private TableReplica<R> replica;
    private Counter keyless;

    private Join(
            final String name,
            final Table<R> table,
            final Remember<E, R> remember,
            final LookUp<E, R> lookUp,
            final Otherwise otherwise) {
        this.name = name;
        this.table = Objects.requireNonNull(table, "table");
        this.remember = remember;
        this.lookUp = lookUp;
        table.refuseOtherKeys(name, lookUp.key);
        table.rememberedBy(name);
        miss = new OddCase(
                "miss",
                Objects.requireNonNull(otherwise, "otherwise"),
                "The stage \"" + name + "\" remembers no row of the table \"" + table.name()
                        + "\" for the key of this event.");
    }

    /** Which events are remembered, and what of them. Made by {@link Join#remember}. */
    public static final class Remember<E, R> {
        private final Predicate<? super E> when;
        private final BiConsumer<? super E, ? super R> fill;

        private Remember(final Predicate<? super E> when, final BiConsumer<? super E, ? super R> fill) {
            this.when = Objects.requireNonNull(when, "when");
            this.fill = Objects.requireNonNull(fill, "fill");
        }
    }

    /** Which events look a row up, and what they take of it. Made by {@link Join#lookUp}. */
    public static final class LookUp<E, R> {
        private final Predicate<? super E> when;
        private final KeyOf<E> key;
        private final BiConsumer<? super E, ? super R> copy;

        private LookUp(
                final Predicate<? super E> when, final KeyOf<E> key, final BiConsumer<? super E, ? super R> copy) {
            this.when = Objects.requireNonNull(when, "when");
            this.key = key;
            this.copy = Objects.requireNonNull(copy, "copy");
        }
    }

    /**
     * Joins events to what earlier ones said.
     *
     * @param name      of the stage.
     * @param table     what is remembered: its rows, for how long, and how many; when there is no room, the row that was
     *                  remembered longest ago goes. No other stage can read it, and no file fills it.
     * @param remember  which events are remembered.
     * @param lookUp    which events look up.
     * @param otherwise what becomes of an event that looks up and finds nothing.
     * @param <E>       the event class.
     * @param <R>       the row class.
     * @return the stage.
     * @throws io.pinion.engine.GraphException when the table has another kind of key, or another use.
     */
    public static <E, R> Stage<E> join(
            final String name,
            final Table<R> table,
            final Remember<E, R> remember,
            final LookUp<E, R> lookUp,
            final Otherwise otherwise) {
        return new Join<>(name, table, remember, lookUp, otherwise);
    }

    /**
     * Which events are remembered.
     *
     * @param when on the event.
     * @param fill from the event into the row, its key among what is filled; the row comes with nothing set.
     * @param <E>  the event class.
     * @param <R>  the row class.
     * @return for {@link #join}.
     */
    public static <E, R> Remember<E, R> remember(
            final Predicate<? super E> when, final BiConsumer<? super E, ? super R> fill) {
        return new Remember<>(when, fill);
    }

    /**
     * Which events look a row up by a number.
     *
     * @param when on the event.
     * @param key  of the row.
     * @param copy from the row into the event.
     * @param <E>  the event class.
     * @param <R>  the row class.
     * @return for {@link #join}.
     */
    public static <E, R> LookUp<E, R> lookUp(
            final Predicate<? super E> when,
            final ToLongFunction<? super E> key,
            final BiConsumer<? super E, ? super R> copy) {
        return new LookUp<>(when, KeyOf.number(key), copy);
    }

    /**
     * Which events look a row up by text or several fields.
     *
     * @param when on the event.
     * @param key  adds the fields of the row's key, as the table does.
     * @param copy from the row into the event.
     * @param <E>  the event class.
     * @param <R>  the row class.
     * @return for {@link #join}.
     */
    public static <E, R> LookUp<E, R> lookUp(
            final Predicate<? super E> when,
            final BiConsumer<? super E, Key> key,
            final BiConsumer<? super E, ? super R> copy) {
        return new LookUp<>(when, KeyOf.fields(key), copy);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String describe() {
        return "join what is remembered in " + table.name() + ", up to " + Limits.count(table.capacity(), "row")
                + table.describeOptions();
    }

    @Override
    public Scope scope() {
        return Scope.KEYED;
    }

    @Override
    public long stateBytes() {
        return table.rowsBytes();
    }

    @Override
    public void open(final StageContext context) {
        miss.open(context);
        keyless = context.counter("keyless");
        replica = new TableReplica<>(table);
        replica.open(context);
    }

    @Override
    public void onEvent(final E event, final Slot<E> slot) {
        // The user's functions first: they may throw, and nothing must have changed then.
        final boolean looksUp = lookUp.when.test(event);
        final boolean hasKey = looksUp && lookUp.key.read(event);
        final boolean isRemembered = remember.when.test(event);
        R found = null;
        if (hasKey) {
            found = replica.find(lookUp.key.lo, lookUp.key.hi, slot);
            if (found != null) {
                lookUp.copy.accept(event, found);
            }
        }
        if (isRemembered) {
            remember.fill.accept(event, replica.blank());
            if (!replica.putBlank(slot.logTimeUs())) {
                keyless.increment();
            }
        }
        replica.onSlot(slot);
        if (looksUp && found == null) {
            miss.happenedTo(slot);
        }
    }

    @Override
    public void onControl(final Slot<E> slot) {
        replica.onSlot(slot);
    }

    @Override
    public int stateVersion() {
        return TableReplica.STATE_VERSION;
    }

    @Override
    public void save(final DataOutput out) throws IOException {
        replica.save(out);
    }

    @Override
    public void restore(final DataInput in, final int version) throws IOException {
        replica.restore(in, version);
    }
}
