package io.pinion.jmh.rig;

import java.util.List;

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

    private InTurn() {}

    /** Runs all rigs to their ends. They are started, and not stopped yet. */
    static void run(final List<Pair> pairs, final long patienceS) {
        boolean[] isOver = new boolean[pairs.size()];
        pairs.forEach(InTurn::awaitTurnOrEnd); // all have started, then
        pairs.forEach(Pair::pause);
        for (int left = pairs.size(); left > 0; ) {
            for (int i = 0; i < pairs.size(); i++) {
                if (!isOver[i]) {
                    final Pair pair = pairs.get(i);
                    pair.resume();
                    pair.rig().tell(Turns.GO);
                    if (awaitTurnOrEnd(pair)) {
                        pair.pause();
                    } else {
                        isOver[i] = true;
                        left--;
                        pair.rig().awaitSuccess(patienceS);
                        pair.other().pause();
                    }
                }
            }
        }
        pairs.forEach(pair -> pair.other().resume());
    }

    /** @return false where the rig has ended. */
    private static boolean awaitTurnOrEnd(final Pair pair) {
        final boolean isWaiting = pair.rig().hear() == Turns.WAITING;
        pair.other().requireAlive();
        return isWaiting;
    }
}
