package io.pinion.sidecar;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Tells of targets that wait for long: when it has been a second, and every ten seconds from then on. One thread. */
final class WaitWatch {
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long AGAIN_NS = TimeUnit.SECONDS.toNanos(10);

    private final Consumer<String> tell;
    private final Map<String, Long> tellAtNs = new HashMap<>();
    private final Set<String> told = new HashSet<>();

    WaitWatch(final Consumer<String> tell) {
        this.tell = tell;
    }

    /**
     * Looks at who waits now.
     *
     * @param waiting why, by target.
     * @param nowNs   a clock that never goes back.
     */
    void observe(final Map<String, String> waiting, final long nowNs) {
        if (waiting.isEmpty() && tellAtNs.isEmpty()) { // nearly always, on a core that a stage may want
            return;
        }
        tellAtNs.keySet().retainAll(waiting.keySet());
        told.stream().filter(target -> !waiting.containsKey(target)).toList().forEach(target -> {
            told.remove(target);
            tell.accept("\"" + target + "\" takes events again");
        });
        waiting.forEach((target, why) -> {
            final long due = tellAtNs.computeIfAbsent(target, name -> nowNs + PATIENCE_NS);
            if (nowNs - due >= 0) {
                tellAtNs.put(target, nowNs + AGAIN_NS);
                told.add(target);
                tell.accept("waiting for \"" + target + "\": " + why);
            }
        });
    }
}
