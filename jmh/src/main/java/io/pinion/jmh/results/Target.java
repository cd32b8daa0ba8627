package io.pinion.jmh.results;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * What a figure has to be.
 *
 * @param part  of the measurements that it belongs to, as {@code --only} has it.
 * @param name  what is measured, beside what.
 * @param value where it comes from.
 * @param sense which side of the bound is right.
 * @param bound that it is held against.
 * @param unit  of both; {@code ×} for ratios.
 */
public record Target(
        String part, String name, Function<Results, OptionalDouble> value, Sense sense, double bound, String unit) {
    /** Which side of a bound is right; the bound itself always is. */
    public enum Sense {
        /** Less is better. */
        AT_MOST("≤"),
        /** More is better. */
        AT_LEAST("≥");

        private final String sign;

        Sense(final String sign) {
            this.sign = sign;
        }
    }

    /** What became of a target. */
    public enum Outcome {
        /** It is kept. */
        HOLDS("holds"),
        /** It is not. */
        MISSED("does not hold"),
        /** This run left it out. */
        NOT_MEASURED("not measured");

        private final String words;

        Outcome(final String words) {
            this.words = words;
        }

        /** For people. */
        @Override
        public String toString() {
            return words;
        }
    }

    /**
     * A target beside what a run showed.
     *
     * @param target  that was set.
     * @param value   empty where it was not measured.
     * @param outcome of both.
     */
    public record Verdict(Target target, OptionalDouble value, Outcome outcome) {
        /**
         * The value for people.
         *
         * @return a dash where it was not measured.
         */
        public String valueText() {
            return value.isEmpty() ? "–" : target.text(value.getAsDouble());
        }
    }

    /**
     * Holds a run against it.
     *
     * @param results of the run.
     * @return what became of it.
     */
    public Verdict judge(final Results results) {
        final OptionalDouble measured = value.apply(results);
        if (measured.isEmpty() || Double.isNaN(measured.getAsDouble())) {
            return new Verdict(this, OptionalDouble.empty(), Outcome.NOT_MEASURED);
        }
        final double is = measured.getAsDouble();
        final boolean holds = sense == Sense.AT_MOST ? is <= bound : is >= bound;
        return new Verdict(this, measured, holds ? Outcome.HOLDS : Outcome.MISSED);
    }

    /**
     * The bound for people.
     *
     * @return such as {@code ≤ 1.25 ×}.
     */
    public String boundText() {
        return sense.sign + " " + text(bound);
    }

    private String text(final double number) {
        final double size = Math.abs(number);
        final String digits =
                size == Math.rint(size) && size < 1e6 || size >= 100 ? "%.0f" : size < 0.1 ? "%.3f" : "%.2f";
        return String.format(Locale.ROOT, digits, number) + (unit.isEmpty() ? "" : " " + unit);
    }
}
