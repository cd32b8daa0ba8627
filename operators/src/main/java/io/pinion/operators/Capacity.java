package io.pinion.operators;

/** So many keys or rows and no more; for dedupe, each stays until it is evicted. Made by {@link Operators#upTo}. */
public final class Capacity extends Retention {
    private Capacity(final Options options) {
        super(options);
    }

    static Capacity of(final int n) {
        return new Capacity(new Options(Limits.capacity(n), 0, 0, 0, Otherwise.PASS, Otherwise.PASS, false));
    }

    @Override
    public Retention keyless(final Otherwise otherwise) {
        return new Capacity(options().keyless(chosen(otherwise)));
    }

    @Override
    public Retention refreshing() {
        return new Capacity(options().toRefresh());
    }
}
