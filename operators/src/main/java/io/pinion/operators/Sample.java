package io.pinion.operators;

import io.pinion.engine.DropReason;
import io.pinion.engine.Slot;
import io.pinion.engine.Stage;
import io.pinion.engine.StageContext;
import java.util.Objects;

/**
 * Keeps a share of the keys, chosen by their hash under the salt: the same keys on every machine and in every run, and of
 * two shares the larger keeps all that the smaller keeps.
 */
final class Sample<E> implements Stage<E> {
    private final String name;
    private final KeyOf<E> keyOf;
    private final Share share;
    private final OddCase keyless;
    private final SipHash128 hash = new SipHash128();
    private DropReason notSampled;

    Sample(final String name, final KeyOf<E> keyOf, final Share share) {
        this.name = name;
        this.keyOf = keyOf;
        this.share = Objects.requireNonNull(share, "share");
        final SipHash128 salt = share.hashOfSalt();
        hash.reset(salt.lo(), salt.hi());
        keyless = new OddCase(
                "keyless",
                share.keyless(),
                "The event has no key for the stage \"" + name + "\": each field of its key is empty.");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String describe() {
        return "sample " + share.describe();
    }

    @Override
    public Scope scope() {
        return Scope.STATELESS;
    }

    @Override
    public void open(final StageContext context) {
        notSampled = context.dropReason("not_sampled");
        if (keyOf.isWide()) {
            keyless.open(context);
        }
    }

    @Override
    public void onEvent(final E event, final Slot<E> slot) {
        if (!keyOf.read(event)) {
            keyless.happenedTo(slot);
            return;
        }
        hash.reset();
        hash.word(keyOf.lo);
        hash.word(keyOf.hi);
        hash.finish();
        if (!share.keeps(hash.lo())) {
            slot.drop(notSampled);
        }
    }
}
