package io.pinion.operators;

import io.pinion.engine.DropReason;
import io.pinion.engine.ReferenceTable;
import io.pinion.engine.Slot;
import io.pinion.engine.Stage;
import io.pinion.engine.StageContext;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
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
    private TableReplica<?> replica;

    /** Where {@code given} is null, an event has no flag of its own. */
    Consent(final String name, final Table<?> revocations, final KeyOf<E> keyOf, final Predicate<? super E> given) {
        this.name = name;
        this.revocations = Objects.requireNonNull(revocations, "revocations");
        this.keyOf = keyOf;
        this.given = given;
        revocations.refuseOtherKeys(name, keyOf);
        revocations.readBy(name);
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
        replica = revocations.replicaFor(context);
    }

    @Override
    public void onEvent(final E event, final Slot<E> slot) {
        final boolean isGiven = given == null || given.test(event);
        final boolean hasKey = isGiven && keyOf.read(event);
        replica.onSlot(slot); // not before: those may throw, and nothing must have changed then
        if (!isGiven) {
            slot.drop(noConsent);
        } else if (!hasKey) {
            slot.drop(keyless);
        } else if (replica.find(keyOf.lo, keyOf.hi, slot) != null) {
            slot.drop(revoked);
        }
    }

    @Override
    public void onControl(final Slot<E> slot) {
        replica.onControl(slot);
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
