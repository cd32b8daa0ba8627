package io.pinion.operators;

import io.pinion.engine.GraphException;
import java.util.Locale;

/**
 * One thing that {@code redact} takes out of a text. Made by {@link Privacy#urls}, {@link Privacy#emails}, {@link
 * Privacy#numbers} and {@link Privacy#longerThan}.
 */
public final class Redaction {
    /** In the order in which they are applied: an address inside a URL goes with it, digits inside an address too. */
    enum Kind {
        URL,
        EMAIL,
        NUMBER,
        CUT;

        /** What it is called in counters and outlines. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final int MAX_DIGITS = 1_000;

    final Kind kind;
    /** Of a number, how many digits it has at least; of a cut, how many bytes stay. */
    final int limit;

    private Redaction(final Kind kind, final int limit) {
        this.kind = kind;
        this.limit = limit;
    }

    static Redaction urls() {
        return new Redaction(Kind.URL, 0);
    }

    static Redaction emails() {
        return new Redaction(Kind.EMAIL, 0);
    }

    static Redaction numbers(final int digits) {
        if (digits < 1 || digits > MAX_DIGITS) {
            throw new GraphException(String.format(
                    Locale.ROOT, "numbers(%,d) is not possible: use 1 to %,d digits.", digits, MAX_DIGITS));
        }
        return new Redaction(Kind.NUMBER, digits);
    }

    static Redaction longerThan(final int bytes) {
        if (bytes < 0) {
            throw new GraphException(
                    String.format(Locale.ROOT, "longerThan(%,d) is not possible: use 0 bytes or more.", bytes));
        }
        return new Redaction(Kind.CUT, bytes);
    }

    String describe() {
        return switch (kind) {
            case URL -> "URLs";
            case EMAIL -> "e-mail addresses";
            case NUMBER -> String.format(Locale.ROOT, "numbers of %,d digits or more", limit);
            case CUT -> String.format(Locale.ROOT, "what is longer than %,d bytes", limit);
        };
    }

    /** What finds it; null where nothing is to be found. */
    Matcher matcher() {
        return switch (kind) {
            case URL -> new Matcher.Url();
            case EMAIL -> new Matcher.Email();
            case NUMBER -> new Matcher.Number(limit);
            case CUT -> null;
        };
    }
}
