package io.pinion.aeron;

/** How many endpoints of an invoked driver are open, each with a socket or more. Under the lock of its client. */
final class OpenSockets {
    private int count;

    void opened() {
        count++;
    }

    void closed() {
        count--;
    }

    /** True too where one was closed twice: a socket that is taken for closed would be read seldom. */
    boolean isAny() {
        return count != 0;
    }
}
