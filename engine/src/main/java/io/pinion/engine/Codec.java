package io.pinion.engine;

/**
 * Bytes to event and back. One codec serves one class of events; it is used by one thread at a time unless its own
 * documentation says more.
 *
 * <p>What it promises: decoding and encoding allocate nothing, but for a frame that is refused; nothing that arrives
 * loads or creates a class; fields it does not know leave as they came; a field nobody changed leaves as it came. What it does
 * depends on nothing but what it is given: while no event comes, the last one may be decoded and encoded again, for nothing but to
 * have memory and code near.
 *
 * @param <E> the user's own event class.
 */
public interface Codec<E> {
    /**
     * A new event, ready to be decoded into.
     *
     * @return never null.
     */
    E newEvent();

    /**
     * A new frame with room for what {@link #decode} notes about it.
     *
     * @param initialBytes room at the start.
     * @param maxBytes     the most it ever holds.
     * @return the frame; only such frames may be given to this codec.
     */
    Frame newFrame(int initialBytes, int maxBytes);

    /**
     * Reads a frame strictly. Each field of the event is set: to what the frame says, or to its default where it says
     * nothing. Text fields look into the frame.
     *
     * @param frame the bytes.
     * @param event set from them; of no use after false.
     * @return true when the frame was good; otherwise {@link Frame#fault()} says what is wrong with it.
     */
    boolean decode(Frame frame, E event);

    /**
     * Lets a decoded event outlive its frame: its text fields get copies of their own. Allocates only where a text is
     * longer than the field ever held.
     *
     * @param event from {@link #decode}.
     */
    void detach(E event);

    /**
     * Writes an event: the frame it came in, with the fields changed since then replaced, and those it did not have
     * added where they are not at their default.
     *
     * @param from   the frame that this event was decoded from, as decoding left it.
     * @param event  the event.
     * @param to     where to; what was in it is gone. From a codec, or any other frame.
     * @param format the format to write.
     * @throws FrameTooLongException when it does not fit.
     */
    void encode(Frame from, E event, Frame to, FrameFormat format);
}
