package io.pinion.sidecar;

import java.io.PrintStream;

/**
 * One line on a terminal that is written over again and again; on what is no terminal, nothing, or a line each time. One
 * thread.
 */
final class StatusLine implements AutoCloseable {
    private static final String CLEAR = "\r\u001b[K";

    private final PrintStream terminal;
    private final PrintStream plain;
    private boolean isShown;

    private StatusLine(final PrintStream terminal, final PrintStream plain) {
        this.terminal = terminal;
        this.plain = plain;
    }

    /** On standard error, so that standard output can be a file or a pipe. */
    static StatusLine onTerminal() {
        return new StatusLine(Terminal.isErr() ? System.err : null, null);
    }

    /** The same, but where standard error is no terminal each is a line of its own. */
    static StatusLine always() {
        return new StatusLine(Terminal.isErr() ? System.err : null, System.err);
    }

    boolean isVisible() {
        return terminal != null;
    }

    /** Whether {@link #show} does anything: to make a line costs more than to leave it out. */
    boolean isShowing() {
        return terminal != null || plain != null;
    }

    void show(final String line) {
        if (terminal != null) {
            terminal.print(CLEAR + line.substring(0, Math.min(Terminal.columns() - 1, line.length())));
            terminal.flush();
            isShown = true;
        } else if (plain != null) {
            plain.println(line);
        }
    }

    /** Takes the line away, before something else is printed. */
    void clear() {
        if (isShown) {
            terminal.print(CLEAR);
            terminal.flush();
            isShown = false;
        }
    }

    @Override
    public void close() {
        clear();
    }
}
