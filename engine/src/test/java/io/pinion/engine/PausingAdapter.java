package io.pinion.engine;

/** Gives one event at a time, and nothing some times that it is asked between them. */
final class PausingAdapter implements IngressAdapter {
    private final ListAdapter events;
    private final int pauses;
    private int times;

    PausingAdapter(final ListAdapter events, final int pauses) {
        this.events = events;
        this.pauses = pauses;
    }

    @Override
    public int poll(final FrameHandler handler, final int limit) {
        return times++ % (pauses + 1) == 0 ? events.poll(handler, 1) : 0;
    }

    @Override
    public boolean isAtEnd() {
        return events.isAtEnd();
    }

    @Override
    public void close() {
        events.close();
    }
}
