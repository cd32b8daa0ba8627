package io.pinion.engine;

/** Gives an event each other time that it is asked, and nothing between. */
final class PausingAdapter implements IngressAdapter {
    private final ListAdapter events;
    private int times;

    PausingAdapter(final ListAdapter events) {
        this.events = events;
    }

    @Override
    public int poll(final FrameHandler handler, final int limit) {
        return times++ % 2 == 0 ? events.poll(handler, 1) : 0;
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
