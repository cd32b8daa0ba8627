package io.pinion.sidecar;

import io.pinion.engine.FrameFormat;
import io.pinion.file.Retention;
import java.util.List;

/**
 * Where a profile says that events come in or go out: an Aeron channel and stream, or a file of JSON lines.
 *
 * @param channel an Aeron URI, or null.
 * @param stream  on that channel.
 * @param file    a path as it is used, or null.
 * @param frames  what is taken in; or the one format that is put out, where empty means as it came.
 * @param kept    how much of the file is kept, or null for all.
 */
record EdgeAddress(String channel, int stream, String file, List<FrameFormat> frames, Retention kept) {
    /** What stands for the name of a target in a pattern. */
    static final String TARGET = "{target}";

    /** What stands for the number of a stream in the pattern of a channel, so that each can have a port of its own. */
    static final String STREAM = "{stream}";

    /** A file of JSON lines, all of which is kept. */
    static EdgeAddress ofFile(final String file) {
        return ofFile(file, null);
    }

    /** A file of JSON lines. */
    static EdgeAddress ofFile(final String file, final Retention kept) {
        return new EdgeAddress(null, 0, file, List.of(FrameFormat.JSON), kept);
    }

    /** An Aeron stream. */
    static EdgeAddress ofStream(final String channel, final int stream, final List<FrameFormat> frames) {
        return new EdgeAddress(channel, stream, null, frames, null);
    }

    boolean isFile() {
        return file != null;
    }

    /** The format to put out; null for as it came. */
    FrameFormat outgoing() {
        return frames.isEmpty() ? null : frames.get(0);
    }

    /**
     * One target's address of a pattern for all of them.
     *
     * @param target its name.
     * @param index  its place among the graph's targets, by which its stream is numbered.
     */
    EdgeAddress of(final String target, final int index) {
        return new EdgeAddress(
                channel == null ? null : channelOf(channel.replace(TARGET, target), stream + index),
                stream + index,
                file == null ? null : file.replace(TARGET, target),
                frames,
                kept);
    }

    /** The channel of one stream. */
    static String channelOf(final String pattern, final int stream) {
        return pattern.replace(STREAM, Integer.toString(stream));
    }

    @Override
    public String toString() {
        return isFile() ? file : channel + " stream " + stream;
    }
}
