package io.pinion.wire;

import io.pinion.engine.Frame;

/** Room at the end of a frame that is being written: asked for byte by byte, so that what fits is never refused. */
final class FrameRoom {
    private FrameRoom() {}

    /** The frame's array, with room for so many bytes from here on; what is before stays. */
    static byte[] at(final Frame frame, final int at, final int lengthBytes) {
        final byte[] bytes = frame.array();
        return lengthBytes <= bytes.length - at ? bytes : grown(frame, at, lengthBytes);
    }

    private static byte[] grown(final Frame frame, final int at, final int lengthBytes) {
        frame.lengthBytes(at);
        frame.ensureCapacity((int) Math.min(Integer.MAX_VALUE, (long) at + lengthBytes));
        return frame.array();
    }

    static int put(final Frame frame, final int at, final int singleByte) {
        at(frame, at, 1)[at] = (byte) singleByte;
        return at + 1;
    }

    static int copy(final Frame frame, final int at, final byte[] bytes, final int from, final int to) {
        System.arraycopy(bytes, from, at(frame, at, to - from), at, to - from);
        return at + to - from;
    }
}
