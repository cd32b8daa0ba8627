package io.pinion.engine;

import java.io.DataInput;
import java.io.IOException;

/** Gives the sections of a snapshot again, in the order in which a {@link SectionSink} took them. Used by one thread. */
public interface SectionSource {
    /** Reads one section. */
    @FunctionalInterface
    interface Body {
        /**
         * Reads it, once, to its end.
         *
         * @param in      where from, valid during the call.
         * @param version by which it was written.
         * @throws IOException from {@code in}, or when it holds something else.
         */
        void read(DataInput in, int version) throws IOException;
    }

    /**
     * Gives the next section.
     *
     * @param name which one it has to be.
     * @param body called once, during the call.
     * @throws IOException when the next one has another name, when the body leaves bytes unread, or asks for more than
     *                     there are.
     */
    void section(String name, Body body) throws IOException;
}
