package io.pinion.wire;

import io.pinion.engine.Frame;

/** A frame with what decoding noted about it. */
final class NotedFrame extends Frame {
    final FrameNotes notes;

    NotedFrame(final int initialBytes, final int maxBytes, final EventClass eventClass) {
        super(initialBytes, maxBytes);
        notes = new FrameNotes(eventClass);
    }
}
