package io.pinion.jmh.bench;

import java.io.PrintStream;
import java.util.function.Consumer;

/** What is going on, on one line of a terminal; elsewhere nothing. */
final class Progress implements Consumer<String> {
    private final PrintStream out;
    private final boolean isTerminal;
    private final long beganNs = System.nanoTime();

    Progress(final PrintStream out, final boolean isTerminal) {
        this.out = out;
        this.isTerminal = isTerminal;
    }

    @Override
    public void accept(final String what) {
        if (isTerminal) {
            final long seconds = (System.nanoTime() - beganNs) / 1_000_000_000;
            out.printf("\r\033[K%d:%02d  %s… ", seconds / 60, seconds % 60, what);
            out.flush();
        }
    }

    void clear() {
        if (isTerminal) {
            out.print("\r\033[K");
            out.flush();
        }
    }
}
