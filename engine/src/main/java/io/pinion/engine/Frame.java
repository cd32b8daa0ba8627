package io.pinion.engine;

import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The bytes of one event as they came, or as they leave; reused. A codec extends it with what it noted while decoding.
 *
 * <p>It grows, by doubling, to the longest frame it ever held and no further than its maximum. Owned by the thread that
 * owns the slot at the time.
 */
public class Frame {
    private static final int SHORT_BYTES = 32;
    private static final long FIRST = UnsafeApi.arrayBaseOffset(byte[].class);

    private final int maxBytes;
    private final UnsafeBuffer view = new UnsafeBuffer(new byte[0]);
    private byte[] bytes;
    private int lengthBytes;
    private FrameFormat format = FrameFormat.WIRE;
    private String fault;

    /**
     * Makes an empty frame.
     *
     * @param initialBytes room at the start.
     * @param maxBytes     the most it ever holds.
     */
    public Frame(final int initialBytes, final int maxBytes) {
        this.maxBytes = maxBytes;
        bytes = new byte[Math.min(initialBytes, maxBytes)];
        view.wrap(bytes);
    }

    /**
     * Copies a frame in. What is beyond the maximum is cut off: {@link #lengthBytes()} tells what was kept.
     *
     * @param source      where it lies.
     * @param offset      where it begins there.
     * @param lengthBytes how long it is.
     * @param format      how it is to be read.
     * @return true when it fitted whole.
     */
    public final boolean copyFrom(
            final DirectBuffer source, final int offset, final int lengthBytes, final FrameFormat format) {
        final int kept = Math.min(lengthBytes, maxBytes);
        clear(format);
        ensureCapacity(kept);
        if (kept > SHORT_BYTES) {
            source.getBytes(offset, bytes, 0, kept);
        } else {
            copyShort(source, offset, kept);
        }
        this.lengthBytes = kept;
        return kept == lengthBytes;
    }

    /**
     * To set out for a copy of many bytes costs more than to copy a few: words from both ends, which may overlap. What is read
     * is looked at once for all of them, and {@code bytes} has room for it.
     */
    private void copyShort(final DirectBuffer source, final int offset, final int kept) {
        source.boundsCheck(offset, kept);
        final byte[] array = source.byteArray();
        final long from = source.addressOffset() + offset;
        if (kept < Long.BYTES) {
            for (int at = 0; at < kept; at++) {
                bytes[at] = UnsafeApi.getByte(array, from + at);
            }
            return;
        }
        copyWord(array, from, 0);
        if (kept > Long.BYTES) {
            copyWord(array, from, kept - Long.BYTES);
            if (kept > 2 * Long.BYTES) {
                copyWord(array, from, Long.BYTES);
                copyWord(array, from, kept - 2 * Long.BYTES);
            }
        }
    }

    private void copyWord(final byte[] array, final long from, final int at) {
        UnsafeApi.putLong(bytes, FIRST + at, UnsafeApi.getLong(array, from + at));
    }

    /**
     * Empties it, for bytes of this format.
     *
     * @param newFormat what will be in it.
     */
    public final void clear(final FrameFormat newFormat) {
        format = newFormat;
        lengthBytes = 0;
        fault = null;
    }

    /**
     * Makes room for so many bytes in all; what is in it stays.
     *
     * @param capacityBytes how many.
     * @throws FrameTooLongException when that is more than the maximum.
     */
    public final void ensureCapacity(final int capacityBytes) {
        if (capacityBytes > bytes.length) {
            if (capacityBytes > maxBytes) {
                throw new FrameTooLongException(capacityBytes, maxBytes);
            }
            final byte[] larger = new byte[(int) Math.min(maxBytes, Math.max(capacityBytes, bytes.length * 2L))];
            System.arraycopy(bytes, 0, larger, 0, lengthBytes);
            bytes = larger;
            view.wrap(bytes);
        }
    }

    /**
     * The array it lies in, from index 0; another one after {@link #ensureCapacity} made room.
     *
     * @return the array, not a copy.
     */
    public final byte[] array() {
        return bytes;
    }

    /**
     * The same array as an Agrona buffer; its capacity is the room there is, not {@link #lengthBytes()}.
     *
     * @return the buffer.
     */
    public final DirectBuffer buffer() {
        return view;
    }

    /**
     * How much of {@link #array()} is the frame.
     *
     * @return its length in bytes.
     */
    public final int lengthBytes() {
        return lengthBytes;
    }

    /**
     * Says how much of {@link #array()} is the frame, after writing into it.
     *
     * @param newLengthBytes at most what there is room for.
     */
    public final void lengthBytes(final int newLengthBytes) {
        lengthBytes = newLengthBytes;
    }

    /**
     * The most it ever holds.
     *
     * @return in bytes.
     */
    public final int maxBytes() {
        return maxBytes;
    }

    /**
     * How the bytes are to be read.
     *
     * @return the format.
     */
    public final FrameFormat format() {
        return format;
    }

    /**
     * Why it could not be decoded.
     *
     * @return a sentence that names the field and what was wrong, or null.
     */
    public final String fault() {
        return fault;
    }

    /**
     * Notes why it could not be decoded.
     *
     * @param sentence names the field and what was wrong.
     */
    public final void fault(final String sentence) {
        fault = sentence;
    }
}
