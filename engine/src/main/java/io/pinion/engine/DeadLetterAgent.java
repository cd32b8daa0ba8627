package io.pinion.engine;

import java.util.ArrayList;
import java.util.List;

/**
 * Takes dead letters out of the ring, in log order. It comes after all targets, so that it sees also what a target could
 * not take, and so it is the last reader of the ring.
 */
final class DeadLetterAgent<E> extends OutletAgent<E> {
    private final List<Target> targets;
    private final RoutedSlots letters;
    private final LateLetters lateLetters;
    private final DeadLetterRecord<E> letter;
    private final Counter routed;

    DeadLetterAgent(
            final List<Target> targets,
            final RoutedSlots letters,
            final LateLetters lateLetters,
            final DeadLetterRecord<E> letter,
            final RingReader<E> reader,
            final Outlet outlet,
            final Counter routed) {
        super(reader, outlet);
        this.targets = targets;
        this.letters = letters;
        this.lateLetters = lateLetters;
        this.letter = letter;
        this.routed = routed;
    }

    @Override
    long toLookAt(final long from, final long last) {
        return lateLetters.isAnyFrom(from) ? RoutedSlots.all(from, last) : letters.from(from, last);
    }

    @Override
    boolean isSettled(final long at, final Slot<E> slot) {
        if (slot.verdict() == Slot.Verdict.DEAD) {
            return isSent(slot, slot.deadBy());
        }
        return slot.deadTargets() == 0 || isSent(slot, namesOf(slot.deadTargets()));
    }

    private boolean isSent(final Slot<E> slot, final String stage) {
        routed.increment();
        outlet().takeUp(slot);
        letter.write(slot, stage, outlet().frame());
        return outlet().put() != Outlet.Outcome.HELD;
    }

    private String namesOf(final long bits) {
        final List<String> names = new ArrayList<>();
        for (long rest = bits; rest != 0; rest &= rest - 1) {
            names.add(targets.get(Long.numberOfTrailingZeros(rest)).name());
        }
        return String.join(",", names);
    }

    Counter routed() {
        return routed;
    }

    @Override
    public String roleName() {
        return Target.DEAD_LETTERS;
    }
}
