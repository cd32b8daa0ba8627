package io.pinion.engine;

/** A table being swapped for other rows, see {@link Processor#swap}: how far it is. Written by the ingress, read by any. */
public final class TableSwap {
    private final String table;
    private final IngressAdapter rows;
    private volatile long taken;
    private volatile long position = -1;
    private volatile String failure;
    /** Written last. */
    private volatile boolean done;

    TableSwap(final String table, final IngressAdapter rows) {
        this.table = table;
        this.rows = rows;
    }

    /**
     * The table.
     *
     * @return its name.
     */
    public String table() {
        return table;
    }

    /**
     * Whether it has come to an end, good or bad.
     *
     * @return false while rows come in.
     */
    public boolean isDone() {
        return done;
    }

    /**
     * Why the table stays as it was.
     *
     * @return a sentence, or null.
     */
    public String failure() {
        return failure;
    }

    /**
     * The rows that came in so far.
     *
     * @return rows.
     */
    public long rows() {
        return taken;
    }

    /**
     * The place in the log from which on events see the new rows.
     *
     * @return -1 where there is none.
     */
    public long position() {
        return position;
    }

    IngressAdapter source() {
        return rows;
    }

    void took(final long rowsSoFar) {
        taken = rowsSoFar;
    }

    void succeeded(final long at) {
        position = at;
        end();
    }

    void failed(final String why) {
        failure = why;
        end();
    }

    private void end() {
        rows.close();
        done = true;
    }
}
