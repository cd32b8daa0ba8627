package io.pinion.engine.routelog;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.J_Result;

/** A record in a segment, while it is written. Two actors each: more than there are cores would not run. */
public final class SegmentStress {
    private SegmentStress() {}

    /** It is seen whole or not at all: what was found, and its sequence. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "read before it was published")
    @Outcome(id = "40, 7", expect = ACCEPTABLE, desc = "read after that: whole")
    @State
    public static class Reading {
        private final OneRecord record = new OneRecord();

        /** Writes a record. */
        @Actor
        public void write() {
            record.write();
        }

        /**
         * Looks for a record.
         *
         * @param result what was found, and its sequence.
         */
        @Actor
        public void read(final JJ_Result result) {
            result.r1 = record.find();
            result.r2 = result.r1 == Segment.NOTHING ? 0 : record.sequence();
        }
    }

    /** Taking the page faults, on another thread, takes nothing from it: what is found at the end. */
    @JCStressTest
    @Outcome(id = "40", expect = ACCEPTABLE, desc = "whole")
    @State
    public static class Touching {
        private final OneRecord record = new OneRecord();

        /** Writes a record. */
        @Actor
        public void write() {
            record.write();
        }

        /** Touches its page. */
        @Actor
        public void touch() {
            record.touch();
        }

        /**
         * Looks for it when all is done.
         *
         * @param result what was found.
         */
        @Arbiter
        public void read(final J_Result result) {
            result.r1 = record.find();
        }
    }
}
