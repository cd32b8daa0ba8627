package io.pinion.sidecar;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What one command, run inside the test's process, printed and said with its exit code. */
record CommandResult(int exitCode, String out, String err) {
    static CommandResult of(final Object... args) {
        final String[] words = new String[args.length];
        for (int i = 0; i < args.length; i++) {
            words[i] = args[i].toString();
        }
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final int exitCode = Main.run(words, new PrintWriter(out), new PrintWriter(err));
        return new CommandResult(exitCode, out.toString(), err.toString());
    }
}
