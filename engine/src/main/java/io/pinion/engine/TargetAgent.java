package io.pinion.engine;

/** Takes the copies for one target out of the ring, in log order, encodes each and offers it to the publisher. */
final class TargetAgent<E> extends OutletAgent<E> {
    private final RoutedSlots routed;
    private final long targetBit;
    private final FrameFormat format;
    private final Codec<E> codec;
    private final LateLetters lateLetters;
    private final ErrorJournal errors;

    /** Format null means: as the event came. */
    TargetAgent(
            final RoutedSlots routed,
            final long targetBit,
            final FrameFormat format,
            final Codec<E> codec,
            final RingReader<E> reader,
            final Outlet outlet,
            final LateLetters lateLetters,
            final ErrorJournal errors) {
        super(reader, outlet);
        this.routed = routed;
        this.targetBit = targetBit;
        this.format = format;
        this.codec = codec;
        this.lateLetters = lateLetters;
        this.errors = errors;
    }

    @Override
    long toLookAt(final long from, final long last) {
        return routed.from(from, last);
    }

    @Override
    boolean isSettled(final long at, final Slot<E> slot) {
        if (!encode(at, slot)) {
            return true;
        }
        final Outlet.Outcome outcome = outlet().put();
        if (outcome == Outlet.Outcome.REFUSED) {
            die(at, slot, outlet().whyRefused());
        }
        return outcome != Outlet.Outcome.HELD;
    }

    private boolean encode(final long at, final Slot<E> slot) {
        outlet().takeUp(slot);
        try {
            codec.encode(
                    slot.frame(),
                    slot.event(),
                    outlet().frame(),
                    format == null ? slot.frame().format() : format);
            return true;
        } catch (final FrameTooLongException e) {
            die(at, slot, e.getMessage());
        } catch (final RuntimeException e) {
            die(at, slot, "the codec: " + errors.reasonOf(e));
        }
        return false;
    }

    /** Encodes what it has put out already, for nothing but to have memory and code near: see {@link SlotWriter}. */
    void rehearse(final long at, final Slot<E> slot) {
        if (hasRead(at)
                && routed.from(at, at) != 0
                && (slot.deadTargets() & targetBit) == 0
                && !outlet().isHolding()
                && format != FrameFormat.JSON) {
            codec.encode(slot.frame(), slot.event(), outlet().frame(), FrameFormat.WIRE);
        }
    }

    private void die(final long at, final Slot<E> slot, final String reason) {
        slot.deadAtTarget(targetBit, "target \"" + target().name() + "\": " + reason);
        lateLetters.at(at);
        outlet().died();
    }

    Target target() {
        return outlet().target();
    }

    @Override
    public String roleName() {
        return target().name();
    }
}
