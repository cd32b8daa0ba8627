package io.pinion.jmh.bench;

import io.pinion.jmh.rig.Workplace;
import java.util.function.Consumer;

/** Two revisions in turn. */
final class Against {
    private final Workplace place;
    private final Consumer<String> progress;
    private final boolean quick;

    Against(final Workplace place, final Consumer<String> progress, final boolean quick) {
        this.place = place;
        this.progress = progress;
        this.quick = quick;
    }

    String compare(final String revision) {
        throw new IllegalStateException(revision + place + progress + quick);
    }
}
