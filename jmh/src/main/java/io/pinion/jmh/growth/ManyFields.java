package io.pinion.jmh.growth;

import java.lang.reflect.Field;
import java.util.concurrent.ThreadLocalRandom;

/** Events of 4 to 64 numbers: each class has the fields of the one before, and as many more. */
final class ManyFields {
    private ManyFields() {}

    /** Sets all fields to numbers of four bytes or so. */
    static void fill(final Object event, final int n) {
        try {
            for (final Field field : event.getClass().getFields()) {
                field.setLong(event, 1 + ThreadLocalRandom.current().nextInt(1 << 20, 1 << 30));
            }
        } catch (final IllegalAccessException e) {
            throw new IllegalStateException("event " + n, e);
        }
    }

    /** 4 of them. */
    public static class Four {
        /** A number. */
        public long a0;
        /** A number. */
        public long a1;
        /** A number. */
        public long a2;
        /** A number. */
        public long a3;
    }

    /** 8 of them. */
    public static class Eight extends Four {
        /** A number. */
        public long a4;
        /** A number. */
        public long a5;
        /** A number. */
        public long a6;
        /** A number. */
        public long a7;
    }

    /** 16 of them. */
    public static class Sixteen extends Eight {
        /** A number. */
        public long b0;
        /** A number. */
        public long b1;
        /** A number. */
        public long b2;
        /** A number. */
        public long b3;
        /** A number. */
        public long b4;
        /** A number. */
        public long b5;
        /** A number. */
        public long b6;
        /** A number. */
        public long b7;
    }

    /** 32 of them. */
    public static class ThirtyTwo extends Sixteen {
        /** A number. */
        public long c0;
        /** A number. */
        public long c1;
        /** A number. */
        public long c2;
        /** A number. */
        public long c3;
        /** A number. */
        public long c4;
        /** A number. */
        public long c5;
        /** A number. */
        public long c6;
        /** A number. */
        public long c7;
        /** A number. */
        public long d0;
        /** A number. */
        public long d1;
        /** A number. */
        public long d2;
        /** A number. */
        public long d3;
        /** A number. */
        public long d4;
        /** A number. */
        public long d5;
        /** A number. */
        public long d6;
        /** A number. */
        public long d7;
    }

    /** 64 of them. */
    public static class SixtyFour extends ThirtyTwo {
        /** A number. */
        public long e0;
        /** A number. */
        public long e1;
        /** A number. */
        public long e2;
        /** A number. */
        public long e3;
        /** A number. */
        public long e4;
        /** A number. */
        public long e5;
        /** A number. */
        public long e6;
        /** A number. */
        public long e7;
        /** A number. */
        public long f0;
        /** A number. */
        public long f1;
        /** A number. */
        public long f2;
        /** A number. */
        public long f3;
        /** A number. */
        public long f4;
        /** A number. */
        public long f5;
        /** A number. */
        public long f6;
        /** A number. */
        public long f7;
        /** A number. */
        public long g0;
        /** A number. */
        public long g1;
        /** A number. */
        public long g2;
        /** A number. */
        public long g3;
        /** A number. */
        public long g4;
        /** A number. */
        public long g5;
        /** A number. */
        public long g6;
        /** A number. */
        public long g7;
        /** A number. */
        public long h0;
        /** A number. */
        public long h1;
        /** A number. */
        public long h2;
        /** A number. */
        public long h3;
        /** A number. */
        public long h4;
        /** A number. */
        public long h5;
        /** A number. */
        public long h6;
        /** A number. */
        public long h7;
    }
}
