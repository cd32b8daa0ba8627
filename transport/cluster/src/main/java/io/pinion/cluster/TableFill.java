package io.pinion.cluster;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.aeron.Aeron;
import io.aeron.security.CredentialsSupplier;
import io.pinion.engine.EdgeException;
import io.pinion.engine.IngressAdapter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/**
 * Brings the rows of tables' files into the log: a producer of its own, while this member leads and a table was never loaded,
 * or is to be loaded again. A new leader's begins anew, and ends what the one before it had begun. Used by the delivery thread.
 *
 * <pre>
 *   begin ─▶ rows, many to a message … ─┬─▶ end: it is loaded
 *                                       └─▶ cancel, where the file is no good: told, and read again later if the table has none
 * </pre>
 */
final class TableFill implements AutoCloseable {
    /** The producer that members are for tables; no other may have this id. */
    static final long PRODUCER = Long.MIN_VALUE;

    private static final int NONE = 0;
    private static final int BATCH_BYTES = 32 << 10;
    private static final int ROWS_A_ROUND = 64;
    private static final long RETRY_NS = TimeUnit.SECONDS.toNanos(10);

    private final ClusterProducer.Builder options;
    private final IntFunction<IngressAdapter> files;
    private final IntFunction<String> names;
    private final ServiceView view;
    private final Consumer<String> tell;
    /** Tables to load again: a bit for each, that of the first is 1. */
    private final AtomicLong again = new AtomicLong();

    private final ExpandableArrayBuffer batch = new ExpandableArrayBuffer(BATCH_BYTES);
    private final IngressAdapter.FrameHandler takeRow = this::takeRow;

    private ClusterProducer producer;
    private IngressAdapter rows;
    private int table;
    private boolean isAgain;
    private boolean isBegun;
    private boolean isEnding;
    private boolean isCancelled;
    private int batchBytes;
    private int batchRows;
    private long rowsTaken;
    private long startAtNs;
    private volatile String trouble;

    /**
     * Makes one.
     *
     * @param aeron         not closed with this.
     * @param endpoints     each member's ingress: {@code 0=host:port,1=host:port}.
     * @param egressChannel where answers come.
     * @param credentials   of a member.
     * @param files         opens the file of a table, counted from 1; each row a frame.
     * @param names         of the tables, likewise.
     * @param view          of this member's service.
     * @param tell          takes what came of tables that were loaded again.
     */
    TableFill(
            final Aeron aeron,
            final String endpoints,
            final String egressChannel,
            final CredentialsSupplier credentials,
            final IntFunction<IngressAdapter> files,
            final IntFunction<String> names,
            final ServiceView view,
            final Consumer<String> tell) {
        options = ClusterProducer.builder()
                .aeron(aeron)
                .ingressEndpoints(endpoints)
                .egress(egressChannel)
                .credentials(credentials)
                .producer(PRODUCER);
        this.files = files;
        this.names = names;
        this.view = view;
        this.tell = tell;
        startAtNs = System.nanoTime();
    }

    /** Has tables loaded again, if this member leads: a bit for each. Any thread. */
    void loadAgain(final long tables) {
        again.getAndUpdate(before -> before | tables);
    }

    int doWork(final long nowNs) {
        if (!view.isLeader) {
            refuse();
        }
        final boolean isWanted = view.isLeader && view.logId != 0 && (table != NONE || wanted() != 0);
        if (!isWanted) {
            if (producer != null) {
                stop();
            }
            return 0;
        }
        if (nowNs - startAtNs < 0) {
            return 0;
        }
        try {
            if (producer == null) {
                producer = options.open();
            }
            return producer.poll() + fill(nowNs);
        } catch (final EdgeException e) {
            // Fenced by a new leader, for example, before this one knows.
            notLoaded(e.getMessage());
            startAtNs = nowNs + RETRY_NS;
            stop();
            return 0;
        }
    }

    private long wanted() {
        return view.tablesToLoad | again.get();
    }

    /** Only who leads reads files: all others get their rows by the log. */
    private void refuse() {
        if (again.getAndSet(0) != 0) {
            tell.accept("no table is read again: this member follows, and the one that leads reads files for all");
        }
        if (table != NONE && isAgain) {
            notLoaded("this member leads no longer");
        }
    }

    private void notLoaded(final String why) {
        if (table != NONE && isAgain) {
            tell.accept("the table \"" + names.apply(table) + "\" stays as it was: " + why);
        } else {
            trouble = why;
        }
    }

    private int fill(final long nowNs) {
        if (table == NONE) {
            table = Long.numberOfTrailingZeros(wanted()) + 1;
            final long bit = 1L << table - 1;
            isAgain = (view.tablesToLoad & bit) == 0;
            again.getAndUpdate(before -> before & ~bit);
            rowsTaken = 0;
            rows = files.apply(table);
            isBegun = false;
            isEnding = false;
            isCancelled = false;
            batchBytes = 0;
            batchRows = 0;
        }
        if (!isBegun) {
            isBegun = producer.swap(table, ClusterMessages.SWAP_BEGIN, 0, batch, 0);
            return isBegun ? 1 : 0;
        }
        return isEnding ? end(nowNs) : readRows();
    }

    private int readRows() {
        if (batchBytes >= BATCH_BYTES && !flush()) {
            return 0;
        }
        int done = 0;
        try {
            done = rows.poll(takeRow, ROWS_A_ROUND);
            isEnding = done == 0 && rows.isAtEnd();
        } catch (final EdgeException torn) {
            notLoaded(isAgain ? torn.getMessage() : "table " + table + " stays without its rows: " + torn.getMessage());
            isEnding = true;
            isCancelled = true;
            batchBytes = 0;
            batchRows = 0;
        }
        return done;
    }

    private boolean takeRow(final DirectBuffer buffer, final int offset, final int length, final long dueNs) {
        if (batchBytes > 0 && batchBytes + Integer.BYTES + length > BATCH_BYTES && !flush()) {
            return false;
        }
        batch.putInt(batchBytes, length, LITTLE_ENDIAN);
        batch.putBytes(batchBytes + Integer.BYTES, buffer, offset, length);
        batchBytes += Integer.BYTES + length;
        batchRows++;
        rowsTaken++;
        return true;
    }

    private boolean flush() {
        if (batchRows == 0) {
            return true;
        }
        if (!producer.swap(table, ClusterMessages.SWAP_ROWS, batchRows, batch, batchBytes)) {
            return false;
        }
        batchBytes = 0;
        batchRows = 0;
        return true;
    }

    private int end(final long nowNs) {
        final int step = isCancelled ? ClusterMessages.SWAP_CANCEL : ClusterMessages.SWAP_END;
        if (rows != null) {
            if (!flush() || !producer.swap(table, step, 0, batch, 0)) {
                return 0;
            }
            rows.close();
            rows = null;
        }
        if (producer.accepted() < producer.sent()) {
            return 0;
        }
        if (isCancelled) {
            startAtNs = isAgain ? nowNs : nowNs + RETRY_NS;
            table = NONE;
            return 1;
        }
        if ((view.tablesToLoad & 1L << table - 1) != 0) {
            return 0; // accepted, and not yet applied by this member
        }
        if (isAgain) {
            tell.accept(
                    "the table \"" + names.apply(table) + "\" was swapped for the " + rowsTaken + " rows of its file");
        } else {
            trouble = null;
        }
        table = NONE;
        return 1;
    }

    private void stop() {
        CloseHelper.quietCloseAll(producer, rows);
        producer = null;
        rows = null;
        table = NONE;
    }

    /** Why a table is not loaded, as far as its file is to blame; null when there is nothing to tell. Any thread. */
    String trouble() {
        return trouble;
    }

    @Override
    public void close() {
        stop();
    }
}
