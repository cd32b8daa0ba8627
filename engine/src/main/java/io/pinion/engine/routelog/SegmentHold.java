package io.pinion.engine.routelog;

/**
 * Keeps the one segment that a reader is in mapped. The reader says which it enters, then looks whether it was freed; the
 * preparer says that it is freed, then looks who is in it. Both stores and loads are volatile, so at least one of the two
 * sees the other.
 */
final class SegmentHold {
    private volatile Segment held;

    /** False when the segment was freed: it must not be looked into. */
    boolean take(final Segment segment) {
        held = segment;
        if (segment.isFreed()) {
            held = null;
            return false;
        }
        return true;
    }

    void release() {
        held = null;
    }

    boolean holds(final Segment segment) {
        return held == segment;
    }
}
