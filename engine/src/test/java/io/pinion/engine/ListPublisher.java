package io.pinion.engine;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/** Keeps what is put out; refuses when it is told to. */
class ListPublisher implements EgressPublisher {
    private final List<String> frames = new CopyOnWriteArrayList<>();
    private final BooleanSupplier hasRoom;
    private final int maxFrameBytes;
    volatile boolean isClosed;

    ListPublisher() {
        this(() -> true, 4_096);
    }

    ListPublisher(final BooleanSupplier hasRoom, final int maxFrameBytes) {
        this.hasRoom = hasRoom;
        this.maxFrameBytes = maxFrameBytes;
    }

    List<String> frames() {
        return frames;
    }

    @Override
    public boolean offer(final Frame frame, final long dueNs) {
        if (!hasRoom.getAsBoolean()) {
            return false;
        }
        frames.add(new String(frame.array(), 0, frame.lengthBytes(), StandardCharsets.UTF_8));
        return true;
    }

    @Override
    public int doWork() {
        return 0;
    }

    @Override
    public boolean isDrained() {
        return true;
    }

    @Override
    public int maxFrameBytes() {
        return maxFrameBytes;
    }

    @Override
    public String whyWaiting() {
        return "the list has no room";
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
