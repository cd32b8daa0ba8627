package io.pinion.engine;

import java.io.IOException;
import java.util.List;

/** What a replica saves: whose log it is and how late it is there, each route, and each stage. While nothing is under way. */
final class ReplicaState<E> {
    private static final String ENGINE = "engine";
    private static final int ENGINE_VERSION = 1;
    private static final String ROUTES = "routes";

    private final SlotWriter<E> slots;
    private final RouteOutlets routes;
    private final List<Stage<E>> stages;
    private boolean begun;
    private long logId;

    ReplicaState(final SlotWriter<E> slots, final RouteOutlets routes, final List<Stage<E>> stages) {
        this.slots = slots;
        this.routes = routes;
        this.stages = stages;
    }

    void begin(final long ofLog) {
        begun = true;
        logId = ofLog;
    }

    boolean hasBegun() {
        return begun;
    }

    long logId() {
        return logId;
    }

    void save(final SectionSink sink) throws IOException {
        sink.section(ENGINE, ENGINE_VERSION, out -> {
            out.writeBoolean(begun);
            out.writeLong(logId);
            out.writeLong(slots.logTimeUs());
        });
        sink.section(ROUTES, RouteBacklog.VERSION, routes::save);
        for (final Stage<E> stage : stages) {
            sink.section(stage.name(), stage.stateVersion(), stage::save);
        }
    }

    void restore(final SectionSource source) throws IOException {
        source.section(ENGINE, (in, version) -> {
            requireVersion(ENGINE, version, ENGINE_VERSION);
            begun = in.readBoolean();
            logId = in.readLong();
            slots.logTimeUs(in.readLong());
        });
        source.section(ROUTES, (in, version) -> {
            requireVersion(ROUTES, version, RouteBacklog.VERSION);
            routes.restore(in);
        });
        for (final Stage<E> stage : stages) {
            source.section(stage.name(), stage::restore);
        }
    }

    private static void requireVersion(final String section, final int version, final int known) throws IOException {
        if (version != known) {
            throw new IOException("The section \"" + section + "\" is of version " + version + ", and this build reads "
                    + known + "; start the build that wrote it.");
        }
    }
}
