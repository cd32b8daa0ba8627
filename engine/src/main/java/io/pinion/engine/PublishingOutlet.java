package io.pinion.engine;

/**
 * Offers frames to a publisher; where that can't take one now, the target's policy decides. A spill is there where the policy
 * is to spill and the processor was told where.
 */
final class PublishingOutlet extends Outlet {
    private final EgressPublisher publisher;
    private final Spill spill;
    private final OutletTimes times;
    private long position;
    private long logTimeUs;
    private long dueNs;
    private long publishedNs;
    private long takenUpNs;
    /** How many of this batch the publisher has taken. */
    private int accepted;

    /** Whether the last offer was refused. Read by other threads, to say who waits. */
    private volatile boolean refuses;

    private PublishingOutlet(
            final Target target,
            final EgressPublisher publisher,
            final OutletTimes times,
            final Counters counters,
            final Spill spill) {
        super(target, publisher.maxFrameBytes(), counters);
        this.publisher = publisher;
        this.times = times;
        this.spill = spill;
    }

    /** Outlets to the publishers that the options name. */
    static Maker maker(final Processor.Builder<?> options, final long logId) {
        return (route, target, counters, latency) -> {
            final EgressPublisher publisher = options.publishers.get(target.name());
            return new PublishingOutlet(
                    target,
                    publisher,
                    new OutletTimes(options.clock, latency),
                    counters,
                    Spill.of(target, options.spillDirectory, logId, publisher.maxFrameBytes()));
        };
    }

    @Override
    void takeUp(final Slot<?> slot) {
        dueNs = slot.dueNs();
        publishedNs = slot.publishedNs();
        takenUpNs = times.takenUpNs();
        if (spill != null) {
            position = slot.position();
            logTimeUs = slot.logTimeUs();
        }
    }

    @Override
    Outcome put() {
        if (isOut()) {
            return Outcome.SETTLED;
        }
        return switch (policy().kind()) {
            case BLOCK, SPILL -> hold();
            case DROP_NEWEST -> drop();
            case DEAD_LETTER -> Outcome.REFUSED;
        };
    }

    /** Accepted by the publisher, once nothing older is on disk; or on disk. */
    @Override
    boolean isOut() {
        if (spill == null) {
            return isOffered();
        }
        return !spill.isBehind() && isOffered() || spill.append(position, logTimeUs, frame());
    }

    private boolean isOffered() {
        final boolean isTaken = publisher.offer(frame(), dueNs);
        if (isTaken) {
            accepted++;
            times.accepted(dueNs, publishedNs, takenUpNs);
        }
        tellRefused(!isTaken);
        return isTaken;
    }

    @Override
    void endBatch() {
        if (accepted > 0) {
            wereDelivered(accepted);
            accepted = 0;
        }
        times.endBatch();
    }

    @Override
    boolean isDrained() {
        return !isHolding() && (spill == null || spill.isSettled()) && publisher.isDrained();
    }

    @Override
    int doWork() {
        return publisher.doWork() + (spill != null && spill.isBehind() ? deliverSpilled() : 0);
    }

    private int deliverSpilled() {
        final int out = spill.deliver(publisher);
        if (out > 0) {
            wereDelivered(out);
        }
        tellRefused(spill.isBehind());
        return out;
    }

    private void tellRefused(final boolean isRefused) {
        if (refuses != isRefused) {
            refuses = isRefused;
        }
    }

    @Override
    long retired() {
        return publisher.retired();
    }

    @Override
    long onDisk() {
        return spill == null ? 0 : spill.onDisk();
    }

    @Override
    long carriedOver() {
        return spill == null ? 0 : spill.carriedOver();
    }

    @Override
    void close() {
        try {
            publisher.close();
        } finally { // it may say that it lost something: what is on disk is not lost with it
            if (spill != null) {
                spill.close();
            }
        }
    }

    @Override
    String whyRefused() {
        return publisher.whyWaiting();
    }

    @Override
    String whyWaiting() {
        if (!refuses) {
            return null;
        }
        return switch (policy().kind()) {
            case BLOCK -> publisher.whyWaiting();
            case SPILL ->
                publisher.whyWaiting() + "; " + (isHolding() ? whyHeld() : "meanwhile its events are kept on disk");
            case DROP_NEWEST -> publisher.whyWaiting() + "; meanwhile its events are dropped";
            case DEAD_LETTER -> publisher.whyWaiting() + "; meanwhile its events go to the dead letters";
        };
    }

    private String whyHeld() {
        return spill == null ? "nothing is set to spill to" : spill.whyFull() + ", and everybody waits";
    }
}
