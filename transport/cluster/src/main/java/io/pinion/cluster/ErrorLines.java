package io.pinion.cluster;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.agrona.ErrorHandler;

/**
 * What Aeron's parts complain of: each distinct sentence is told once, and up to a bound kept. Which request it is about makes no
 * difference: one that is refused again and again would leave no room for others. Any thread.
 */
final class ErrorLines implements ErrorHandler {
    private static final int MAX_LINES = 100;

    private static final Pattern REQUEST = Pattern.compile("(correlationId|replaySessionId)=-?\\d+");

    private final Consumer<String> tell;
    private final List<String> lines = new ArrayList<>();
    private final Set<String> known = new HashSet<>();

    ErrorLines(final Consumer<String> tell) {
        this.tell = tell;
    }

    @Override
    public void onError(final Throwable error) {
        final String line = error.toString().lines().findFirst().orElse("");
        synchronized (lines) {
            if (lines.size() == MAX_LINES || !known.add(REQUEST.matcher(line).replaceAll("$1"))) {
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
