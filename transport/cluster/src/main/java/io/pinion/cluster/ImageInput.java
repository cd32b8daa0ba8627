package io.pinion.cluster;

import io.aeron.FragmentAssembler;
import io.aeron.Image;
import io.aeron.logbuffer.FragmentHandler;
import org.agrona.concurrent.IdleStrategy;

/** Takes a snapshot's messages from the replay of its recording; waits where it has to. */
final class ImageInput implements SnapshotReader.Input {
    private final Image image;
    private final IdleStrategy idle;
    private final FragmentAssembler assembler;
    private Handler handler;
    private boolean isGiven;

    ImageInput(final Image image, final IdleStrategy idle) {
        this.image = image;
        this.idle = idle;
        final FragmentHandler onMessage = (buffer, offset, length, header) -> {
            isGiven = true;
            handler.onMessage(buffer, offset, length);
        };
        assembler = new FragmentAssembler(onMessage);
    }

    @Override
    public boolean next(final Handler takes) {
        handler = takes;
        isGiven = false;
        idle.reset();
        while (true) {
            final int fragments = image.poll(assembler, 1);
            if (isGiven) {
                return true;
            }
            if (fragments == 0) {
                if (image.isEndOfStream() || image.isClosed()) {
                    return false;
                }
                idle.idle(); // may throw, to end this thread
            }
        }
    }
}
