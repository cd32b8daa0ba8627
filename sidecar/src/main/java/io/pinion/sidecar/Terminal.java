package io.pinion.sidecar;

/** Whether a person looks at what is printed; the launcher, which can tell, says so. */
final class Terminal {
    private Terminal() {}

    static boolean isOut() {
        return is("pinion.terminal.out");
    }

    static boolean isErr() {
        return is("pinion.terminal.err");
    }

    static int columns() {
        return Integer.getInteger("pinion.terminal.columns", 80);
    }

    private static boolean is(final String property) {
        return Boolean.getBoolean(property);
    }
}
