package io.pinion.engine;

import java.io.DataOutput;
import java.io.IOException;

/** Takes the sections of a snapshot, in order. Used by one thread. */
public interface SectionSink {
    /** Writes one section. */
    @FunctionalInterface
    interface Body {
        /**
         * Writes it, once.
         *
         * @param out where to, valid during the call.
         * @throws IOException from {@code out}.
         */
        void write(DataOutput out) throws IOException;
    }

    /**
     * Takes one section, whole.
     *
     * @param name    what {@link SectionSource#section} has to ask for in its turn.
     * @param version of what the body writes.
     * @param body    called once, during the call.
     * @throws IOException when it can't be written.
     */
    void section(String name, int version, Body body) throws IOException;
}
