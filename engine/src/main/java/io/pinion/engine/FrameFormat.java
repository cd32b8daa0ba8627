package io.pinion.engine;

import java.util.Set;
import org.agrona.DirectBuffer;

/** How the bytes of a frame are to be read. */
public enum FrameFormat {
    /** The fields of an event as Chronicle Wire's BinaryWire writes them: name, value, name, value, … */
    WIRE,
    /** One JSON object. */
    JSON;

    /**
     * Tells the two apart by the first byte that is not white space: a JSON object begins with a brace, and no BinaryWire
     * field does.
     *
     * @param buffer where the frame lies.
     * @param offset where it begins there.
     * @param length how many bytes it has.
     * @return {@link #JSON} after a brace, {@link #WIRE} otherwise.
     */
    public static FrameFormat of(final DirectBuffer buffer, final int offset, final int length) {
        for (int i = offset; i < offset + length; i++) {
            final byte b = buffer.getByte(i);
            if (b != ' ' && b != '\t' && b != '\n' && b != '\r') {
                return b == '{' ? JSON : WIRE;
            }
        }
        return WIRE;
    }

    /** Where only one format may come it is that one, whatever the bytes; {@code only} is null where several may. */
    static FrameFormat of(final FrameFormat only, final DirectBuffer buffer, final int offset, final int length) {
        return only == null ? of(buffer, offset, length) : only;
    }

    /** The one of these, or null where there are several. */
    static FrameFormat onlyOneOf(final Set<FrameFormat> formats) {
        return formats.size() == 1 ? formats.iterator().next() : null;
    }
}
