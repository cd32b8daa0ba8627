package io.pinion.jmh.rig;

import java.io.IOException;

/**
 * When a rig may measure its next piece, where several are compared: one at a time. What is compared in pieces of half a second
 * sees the same machine, which is another from minute to minute.
 */
interface Turns {
    /** Of a rig that is alone. */
    Turns ALONE = new Turns() {
        @Override
        public void begin() {}

        @Override
        public void end() {}
    };

    /** What a rig prints when it waits for its next turn. */
    int WAITING = '.';
    /** What it reads when it has it. */
    int GO = '!';

    /** Waits for a turn. */
    void begin() throws IOException;

    /** Gives it up. */
    void end() throws IOException;

    /** Of a rig that {@link InTurn} runs, over its standard input and output. */
    static Turns ofParent() {
        return new Turns() {
            @Override
            public void begin() throws IOException {
                System.out.write(WAITING);
                System.out.flush();
                if (System.in.read() != GO) {
                    throw new IllegalStateException("who gives the turns is gone");
                }
            }

            @Override
            public void end() {} // the next begin, or the end of the process, tells it
        };
    }
}
