package io.pinion.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.ErrorHandler;

/** What Aeron's parts complain of: each distinct sentence is told once, and up to a bound kept. Any thread. */
final class ErrorLines implements ErrorHandler {
    private static final int MAX_LINES = 100;

    private final Consumer<String> tell;
    private final List<String> lines = new ArrayList<>();

    ErrorLines(final Consumer<String> tell) {
        this.tell = tell;
    }

    @Override
    public void onError(final Throwable error) {
        final String line = error.toString().lines().findFirst().orElse("");
        synchronized (lines) {
            if (lines.contains(line) || lines.size() == MAX_LINES) {
                return;
            }
            lines.add(line);
        }
        tell.accept(line);
    }

    List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }
}
