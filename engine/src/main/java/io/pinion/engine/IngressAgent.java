package io.pinion.engine;

import java.util.ArrayList;
import java.util.List;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.Agent;

/**
 * Takes frames from the adapter into the ring. Changes of tables come in through {@link TableIngress}, before the events that
 * arrived with them.
 *
 * <p>A full ring is told to the adapter, which holds the frame and so its producer.
 */
final class IngressAgent<E> implements Agent, IngressAdapter.FrameHandler {
    private static final int POLL_LIMIT = 64;

    private final IngressAdapter adapter;
    private final List<IngressAdapter> updates = new ArrayList<>();
    private final ClockStamps stamps;
    private final SlotWriter<E> slots;
    private final TableIngress<E> tables;

    private volatile boolean drainAsked;
    private boolean ended;

    IngressAgent(
            final Processor.Builder<E> options,
            final ClockStamps stamps,
            final SlotWriter<E> slots,
            final List<TableFeed<E, ?>> feeds) {
        adapter = options.adapter;
        options.updates.values().forEach(feed -> updates.add(feed.adapter()));
        this.stamps = stamps;
        this.slots = slots;
        tables = new TableIngress<>(feeds);
    }

    /** Asks for the end: nothing more is taken in. Any thread. */
    void drain() {
        drainAsked = true;
    }

    @Override
    public int doWork() {
        if (ended) {
            return 0;
        }
        stamps.beginCycle();
        slots.beginCycle();
        if (drainAsked) {
            return publishEnd();
        }
        final int work = tables.doWork() + poll();
        return work == 0 && adapter.isAtEnd() ? publishEnd() : work;
    }

    private int poll() {
        final int taken;
        try {
            taken = adapter.poll(this, POLL_LIMIT);
        } finally {
            slots.publish();
        }
        if (taken == 0) {
            slots.idle();
        }
        return taken;
    }

    private int publishEnd() {
        if (!slots.end()) {
            return 0;
        }
        ended = true;
        tables.end();
        return 1;
    }

    TableIngress<E> tables() {
        return tables;
    }

    @Override
    public boolean onFrame(final DirectBuffer buffer, final int offset, final int length, final long dueNs) {
        return slots.event(buffer, offset, length, dueNs);
    }

    /** All of the adapters, whatever one says; what the first said is thrown at the end. */
    void closeEdges() {
        tables.end();
        final List<AutoCloseable> edges = new ArrayList<>();
        edges.add(adapter);
        edges.addAll(updates);
        CloseHelper.closeAll(edges);
    }

    @Override
    public String roleName() {
        return Layout.INGRESS;
    }
}
