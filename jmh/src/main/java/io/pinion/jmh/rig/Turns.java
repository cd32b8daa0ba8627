package io.pinion.jmh.rig;

import java.io.IOException;

/**
 * When a rig may measure its next piece, where several are compared: one at a time. What is compared in pieces of half a second
 * sees the same machine, which is another from minute to minute.
 */
@FunctionalInterface
interface Turns {
    /** Of a rig that is alone. */
    Turns ALONE = () -> {};

    /** What a rig prints when it waits for its next turn. */
    int WAITING = '.';
    /** What it reads when it has it. */
    int GO = '!';

    /** Waits for the next turn; the one before is over then. */
    void await() throws IOException;

    /** Of a rig that {@link InTurn} runs, over its standard input and output. */
    static Turns ofParent() {
        return () -> {
            System.out.write(WAITING);
            System.out.flush();
            if (System.in.read() != GO) {
                throw new IllegalStateException("who gives the turns is gone");
            }
        };
    }
}
