package io.pinion.cluster;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Which tables have had their rows, and who is putting other rows into which. One thread.
 *
 * <pre>
 *   begin ─▶ rows … ─┬─▶ end: the table is loaded
 *                    └─▶ cancel
 * </pre>
 *
 * <p>A begin ends what another producer had begun, whose further steps then do nothing. Live rows of a table wait while it is
 * being swapped, or they would be lost with the rows they were put among; but not for one that has gone silent.
 */
final class TableLoads {
    static final int VERSION = 1;

    /** A swap whose producer said nothing for so long holds up no live row. */
    static final long SILENCE_US = 60_000_000;

    private static final long NOBODY = 0;

    private final long required;
    private final long[] swapper;
    private final long[] epoch;
    private final long[] lastStepUs;
    private long loaded;

    /**
     * Makes it for a graph.
     *
     * @param tables   how many it has.
     * @param required those without whose file no event may come in: a bit for each, that of the first is 1.
     */
    TableLoads(final int tables, final long required) {
        this.required = required;
        swapper = new long[tables];
        epoch = new long[tables];
        lastStepUs = new long[tables];
    }

    int tables() {
        return swapper.length;
    }

    /** Tables that have to be loaded before events can come in. */
    long missing() {
        return required & ~loaded;
    }

    /** Whether a live row has to wait. A swap that has gone silent is ended by it, so that the row isn't lost to it later. */
    boolean holdsBack(final int table, final long timeUs) {
        final int at = table - 1;
        if (swapper[at] != NOBODY && timeUs - lastStepUs[at] >= SILENCE_US) {
            swapper[at] = NOBODY;
        }
        return swapper[at] != NOBODY;
    }

    /**
     * Notes a step of a swap.
     *
     * @return false when it is of one that has ended: it has to do nothing.
     */
    boolean step(final int table, final long producer, final long producerEpoch, final int step, final long timeUs) {
        final int at = table - 1;
        if (step == ClusterMessages.SWAP_BEGIN) {
            swapper[at] = producer;
            epoch[at] = producerEpoch;
        } else if (swapper[at] != producer || epoch[at] != producerEpoch) {
            return false;
        }
        lastStepUs[at] = timeUs;
        if (step == ClusterMessages.SWAP_END || step == ClusterMessages.SWAP_CANCEL) {
            swapper[at] = NOBODY;
            if (step == ClusterMessages.SWAP_END) {
                loaded |= 1L << at;
            }
        }
        return true;
    }

    void save(final DataOutput out) throws IOException {
        out.writeInt(swapper.length);
        out.writeLong(loaded);
        for (int i = 0; i < swapper.length; i++) {
            out.writeLong(swapper[i]);
            out.writeLong(epoch[i]);
            out.writeLong(lastStepUs[i]);
        }
    }

    void restore(final DataInput in) throws IOException {
        final int saved = in.readInt();
        if (saved != swapper.length) {
            throw new IOException(
                    "The snapshot is of a graph with " + saved + " tables, and this one has " + swapper.length + ".");
        }
        loaded = in.readLong();
        for (int i = 0; i < swapper.length; i++) {
            swapper[i] = in.readLong();
            epoch[i] = in.readLong();
            lastStepUs[i] = in.readLong();
        }
    }
}
