package io.pinion.jmh.rig;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Runs rigs that are compared piece by piece, in turn. Whose turn it is not is stopped, with what is at its other end, all
 * threads of both, so that it takes nothing from the one that is measured.
 */
final class InTurn {
    /**
     * One of those that are compared.
     *
     * @param other at the other end of its rig.
     * @param rig   that waits for {@link Turns}.
     */
    record Pair(Subprocess other, Subprocess rig) {
        private void pause() {
            rig.pause();
            other.pause();
        }

        private void resume() {
            other.resume();
            rig.resume();
        }
    }

    private static final String RUNNING = " is running";

    private InTurn() {}

    /**
     * Runs all rigs to their ends, and stops what is at their other ends. They are started, and not stopped yet.
     *
     * @param patienceS for each turn.
     * @return what each process at another end exited with, by SIGTERM.
     */
    static List<Integer> run(final List<Pair> pairs, final long patienceS) {
        final Integer[] codes = new Integer[pairs.size()];
        for (final Pair pair : pairs) { // all have started, then
            awaitTurnOrEnd(pair, patienceS);
            pair.other().awaitPrinted(RUNNING, patienceS);
        }
        pairs.forEach(Pair::pause);
        while (Arrays.stream(codes).anyMatch(Objects::isNull)) {
            for (int i = 0; i < codes.length; i++) {
                if (codes[i] == null && !hasMeasuredAPiece(pairs.get(i), patienceS)) {
                    pairs.get(i).rig().awaitSuccess(patienceS);
                    codes[i] = pairs.get(i).other().stop(); // who is stopped for long is taken for dead
                }
            }
        }
        return List.of(codes);
    }

    /** @return false where there was no more to measure. */
    private static boolean hasMeasuredAPiece(final Pair pair, final long patienceS) {
        pair.resume();
        pair.rig().tell(Turns.GO);
        final boolean isWaiting = awaitTurnOrEnd(pair, patienceS);
        if (isWaiting) {
            pair.pause();
        }
        return isWaiting;
    }

    /** @return false where the rig has ended. */
    private static boolean awaitTurnOrEnd(final Pair pair, final long patienceS) {
        final boolean isWaiting = pair.rig().hears(Turns.WAITING, patienceS);
        pair.other().requireAlive();
        return isWaiting;
    }
}
