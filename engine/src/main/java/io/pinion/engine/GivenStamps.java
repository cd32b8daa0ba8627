package io.pinion.engine;

/** The place and time of slots as a log gives them. */
final class GivenStamps implements SlotWriter.Stamps {
    private long position;
    private long nowNs;

    /** What the log says of the slot that is written next. */
    void set(final long newPosition, final long timeUs) {
        position = newPosition;
        nowNs = timeUs * 1_000;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public long nowNs() {
        return nowNs;
    }
}
