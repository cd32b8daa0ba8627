package io.pinion.engine;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The ways out of a replica, by route: one for each of the graph's targets, then the dead letters. */
final class RouteOutlets implements Outlet.Maker {
    private static final long LEAST_OUTPUT_BYTES = 1 << 20;
    private static final long MOST_OUTPUT_BYTES = 15 << 20;

    private final Path directory;
    private final RouteBounds bounds;
    private final int maxOutputBytes;
    private final List<RouteOutlet> outlets = new ArrayList<>();

    RouteOutlets(final Path directory, final RouteBounds bounds, final int maxFrameBytes) {
        this.directory = directory;
        this.bounds = bounds;
        // Room for what stages and JSON add to a frame; no more than a segment of a route log takes.
        maxOutputBytes = (int) Math.min(MOST_OUTPUT_BYTES, Math.max(LEAST_OUTPUT_BYTES, 2L * maxFrameBytes));
    }

    @Override
    public Outlet outletOf(final int route, final Target target, final Counters counters, final Latency latency) {
        final RouteOutlet outlet = new RouteOutlet(route, target, directory, bounds, maxOutputBytes, counters);
        outlets.add(outlet);
        return outlet;
    }

    int count() {
        return outlets.size();
    }

    RouteOutlet of(final int route) {
        return outlets.get(route);
    }

    int maxOutputBytes() {
        return maxOutputBytes;
    }

    void begin(final long logId) {
        outlets.forEach(outlet -> outlet.begin(logId));
    }

    /** Whether a frame could not be appended yet. */
    boolean isHolding() {
        boolean isHolding = false;
        for (int i = 0; !isHolding && i < outlets.size(); i++) {
            isHolding = outlets.get(i).isHolding();
        }
        return isHolding;
    }

    boolean isHoldingBack() {
        boolean isHoldingBack = false;
        for (int i = 0; !isHoldingBack && i < outlets.size(); i++) {
            isHoldingBack = outlets.get(i).isHoldingBack();
        }
        return isHoldingBack;
    }

    boolean mayHoldBack(final long slotsUnderWay) {
        boolean mayHoldBack = false;
        for (int i = 0; !mayHoldBack && i < outlets.size(); i++) {
            mayHoldBack = outlets.get(i).mayHoldBack(slotsUnderWay);
        }
        return mayHoldBack;
    }

    void save(final DataOutput out) throws IOException {
        out.writeInt(outlets.size());
        for (final RouteOutlet outlet : outlets) {
            outlet.backlog().save(out);
        }
    }

    void restore(final DataInput in) throws IOException {
        final int saved = in.readInt();
        if (saved != outlets.size()) {
            throw new IOException("The snapshot has " + saved + " routes, and the graph has " + outlets.size()
                    + ", its dead letters among them: it is another graph's.");
        }
        for (final RouteOutlet outlet : outlets) {
            outlet.backlog().restore(in);
        }
    }

    void force() {
        outlets.forEach(outlet -> outlet.log().force());
    }

    void close() {
        outlets.forEach(RouteOutlet::close);
    }
}
