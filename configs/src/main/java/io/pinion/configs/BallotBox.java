package io.pinion.configs;

import io.pinion.engine.Counter;
import io.pinion.engine.DropReason;
import io.pinion.engine.GraphException;
import io.pinion.engine.Slot;
import io.pinion.engine.Stage;
import io.pinion.engine.StageContext;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.agrona.collections.Long2LongHashMap;

/**
 * A stage of one's own that has state: it counts the votes on each prompt, drops those beyond a limit, and sends to the
 * dead letters what can't be a vote.
 *
 * <p>The state is an array of records in the order in which the prompts first came, which is the log's; when it is full,
 * the oldest is overwritten. The hash map only finds them: it is never iterated and never saved, so two stages that saw
 * the same events save the same bytes.
 */
public final class BallotBox implements Stage<FeedbackEvent> {
    private static final int STATE_VERSION = 1;
    private static final long NOWHERE = -1;

    private final int maxVotes;
    private final int maxPrompts;

    /** Of the prompt that was the n-th to come, at index n modulo {@link #maxPrompts}. */
    private long[] promptIds;

    private int[] votes;
    private Long2LongHashMap placeOf;
    private long prompts;

    private DropReason tooMany;
    private Counter forgotten;

    /**
     * Makes one.
     *
     * @param maxVotes   how many votes on a prompt pass.
     * @param maxPrompts how many prompts are remembered; this decides on the memory.
     * @throws GraphException when one of them is less than 1.
     */
    public BallotBox(final int maxVotes, final int maxPrompts) {
        if (maxVotes < 1 || maxPrompts < 1) {
            throw new GraphException("A ballot box of " + maxVotes + " votes on " + maxPrompts
                    + " prompts is not possible: use 1 or more of each.");
        }
        this.maxVotes = maxVotes;
        this.maxPrompts = maxPrompts;
    }

    @Override
    public String name() {
        return "ballot-box";
    }

    @Override
    public String describe() {
        return "pass " + maxVotes + " votes on a prompt, up to " + maxPrompts + " prompts";
    }

    @Override
    public Scope scope() {
        return Scope.KEYED;
    }

    @Override
    public long stateBytes() {
        return maxPrompts * (long) (Long.BYTES + Integer.BYTES + 4 * Long.BYTES);
    }

    @Override
    public void open(final StageContext context) {
        tooMany = context.dropReason("too_many");
        forgotten = context.counter("forgotten");
        promptIds = new long[maxPrompts];
        votes = new int[maxPrompts];
        placeOf = new Long2LongHashMap(maxPrompts * 2, 0.55f, NOWHERE);
    }

    @Override
    public void onEvent(final FeedbackEvent event, final Slot<FeedbackEvent> slot) {
        if (event.kind != FeedbackEvent.Kind.VOTE) {
            return;
        }
        if (!(event.score >= 0 && event.score <= 1)) {
            slot.deadLetter("A vote has a score of 0 to 1.");
            return;
        }
        final long known = placeOf.get(event.promptId);
        final int place = known == NOWHERE ? add(event.promptId, 0) : (int) known;
        if (votes[place] == maxVotes) {
            slot.drop(tooMany);
        } else {
            votes[place]++;
        }
    }

    private int add(final long promptId, final int votesSoFar) {
        final int place = (int) (prompts % maxPrompts);
        if (prompts >= maxPrompts) {
            placeOf.remove(promptIds[place]);
            forgotten.increment();
        }
        promptIds[place] = promptId;
        votes[place] = votesSoFar;
        placeOf.put(promptId, place);
        prompts++;
        return place;
    }

    @Override
    public int stateVersion() {
        return STATE_VERSION;
    }

    @Override
    public void save(final DataOutput out) throws IOException {
        final int size = (int) Math.min(prompts, maxPrompts);
        out.writeInt(size);
        for (long i = prompts - size; i < prompts; i++) {
            final int place = (int) (i % maxPrompts);
            out.writeLong(promptIds[place]);
            out.writeInt(votes[place]);
        }
    }

    @Override
    public void restore(final DataInput in, final int version) throws IOException {
        if (version != STATE_VERSION) {
            throw new IOException("The stage \"ballot-box\" reads state of version " + STATE_VERSION
                    + ", and this is of version " + version + ".");
        }
        final int size = in.readInt();
        if (size < 0 || size > maxPrompts) {
            throw new IOException("The saved ballot box has " + size + " prompts, and there is room for " + maxPrompts
                    + ": make it larger.");
        }
        for (int i = 0; i < size; i++) {
            add(in.readLong(), in.readInt());
        }
    }
}
