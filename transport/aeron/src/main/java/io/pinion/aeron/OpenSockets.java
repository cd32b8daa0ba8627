package io.pinion.aeron;

/** How many endpoints of an invoked driver read a socket. Under the lock of its client. */
final class OpenSockets {
    private int count;

    void opened() {
        count++;
    }

    void closed() {
        count--;
    }

    boolean isAny() {
        return count > 0;
    }
}
