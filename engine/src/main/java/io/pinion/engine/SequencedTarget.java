package io.pinion.engine;

import org.agrona.DirectBuffer;

/**
 * A target that knows itself how far it has come, so that whoever delivers can go on where another stopped. Used by one
 * thread at a time; never blocks on a peer.
 */
public interface SequencedTarget extends AutoCloseable {
    /** What {@link #next} says while the target has not said where it stands. */
    long UNKNOWN = -1;

    /**
     * The sequence it expects next: after that was offered and accepted, the one after it; a lower one where it asks for
     * something again.
     *
     * @param logId     whose outputs come.
     * @param firstKept the lowest sequence that can still be delivered, 1 or more.
     * @return 1 for one that has nothing of this log yet; {@link #UNKNOWN} while that isn't known.
     * @throws EdgeException when what it expects next can never be delivered: it lies before the first kept.
     */
    long next(long logId, long firstKept);

    /**
     * Offers one output.
     *
     * @param logId       as given to {@link #next}.
     * @param sequence    what {@link #next} said, or the one after what was accepted since.
     * @param logTimeUs   the log's time, in microseconds since 1970.
     * @param buffer      where the frame lies; taken over whole during the call, or not at all.
     * @param offset      where it begins there.
     * @param lengthBytes how long it is.
     * @return false when it can't be taken now.
     * @throws EdgeException when it can never be taken.
     */
    boolean offer(long logId, long sequence, long logTimeUs, DirectBuffer buffer, int offset, int lengthBytes);

    /**
     * How far no output will be asked for again, even after a crash.
     *
     * @return the highest such sequence; 0 where there is none.
     */
    long settled();

    /**
     * What there is to do between offers: what the target tells is heard, what was accepted is made safe.
     *
     * @return how much was done, 0 when nothing.
     * @throws EdgeException when what was accepted can't be put out.
     */
    int doWork();

    /**
     * Whether only the leader delivers there; otherwise each member has such a target of its own.
     *
     * @return false for a file.
     */
    boolean isLeadersOnly();

    /**
     * The longest frame it takes.
     *
     * @return in bytes.
     */
    int maxFrameBytes();

    /**
     * What a person should know when nothing leaves for long. Any thread.
     *
     * @return a sentence.
     */
    String whyWaiting();

    @Override
    void close();
}
