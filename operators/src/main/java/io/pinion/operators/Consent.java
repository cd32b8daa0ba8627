package io.pinion.operators;

import io.pinion.engine.DropReason;
import io.pinion.engine.ReferenceTable;
import io.pinion.engine.Slot;
import io.pinion.engine.Stage;
import io.pinion.engine.StageContext;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Lets nothing through without consent. What it can't tell it does not let through: an event without a key is dropped, as
 * nobody knows whose it is.
 */
final class Consent<E> implements Stage<E> {
    private final String name;
    private final Table<?> revocations;
    private final KeyOf<E> keyOf;
    private final Predicate<? super E> given;
    private DropReason revoked;
    private DropReason noConsent;
    private DropReason keyless;

    /** Where {@code given} is null, an event has no flag of its own. */
    Consent(final String name, final Table<?> revocations, final KeyOf<E> keyOf, final Predicate<? super E> given) {
        this.name = name;
        this.revocations = Objects.requireNonNull(revocations, "revocations");
        this.keyOf = keyOf;
        this.given = given;
        revocations.refuseOtherKeys(name, keyOf);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String describe() {
        return "drop what is without consent, revocations in the table " + revocations.name();
    }

    @Override
    public Scope scope() {
        return Scope.STATELESS;
    }

    @Override
    public List<? extends ReferenceTable<?>> tables() {
        return List.of(revocations);
    }

    @Override
    public void open(final StageContext context) {
        revoked = context.dropReason("revoked");
        if (given != null) {
            noConsent = context.dropReason("no_consent");
        }
        if (keyOf.isWide()) {
            keyless = context.dropReason("keyless");
        }
    }

    @Override
    public void onEvent(final E event, final Slot<E> slot) {
        if (given != null && !given.test(event)) {
            slot.drop(noConsent);
        } else if (!keyOf.read(event)) {
            slot.drop(keyless);
        } else if (revocations.find(keyOf.lo, keyOf.hi) != null) {
            slot.drop(revoked);
        }
    }
}
