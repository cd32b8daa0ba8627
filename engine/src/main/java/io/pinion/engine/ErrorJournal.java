package io.pinion.engine;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.errors.DistinctErrorLog;
import org.agrona.concurrent.errors.ErrorLogReader;

/**
 * The exceptions of one part of the graph: each distinct one once, with its stack and a count, in a fixed space. Written
 * by the part's thread, read by any.
 */
final class ErrorJournal {
    private static final int CAPACITY_BYTES = 64 * 1024;

    private final String part;
    /** Direct, so that it is aligned: Agrona complains of others on standard error. */
    private final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(CAPACITY_BYTES));

    private final DistinctErrorLog log = new DistinctErrorLog(buffer, SystemEpochClock.INSTANCE);
    private final Counter unrecorded;
    private final boolean tellsMessages;

    /**
     * Without messages a reason is the exception's class alone: a message may differ between two processes that saw the same
     * (an identity hash code, a JDK's own words), and a dead letter must not.
     */
    ErrorJournal(final String part, final Counter unrecorded, final boolean tellsMessages) {
        this.part = part;
        this.unrecorded = unrecorded;
        this.tellsMessages = tellsMessages;
    }

    /** Records an exception of a user's function, and says what its dead letter is to say. */
    String reasonOf(final Throwable error) {
        record(error);
        return tellsMessages ? describe(error) : error.getClass().getName();
    }

    static String describe(final Throwable e) {
        final String name = e.getClass().getName();
        try {
            return e.getMessage() == null ? name : name + ": " + e.getMessage();
        } catch (final RuntimeException
                | StackOverflowError own) { // a user's exception may have a getMessage() that throws
            return name;
        }
    }

    void record(final Throwable error) {
        boolean recorded = false;
        try {
            recorded = log.record(error);
        } catch (final RuntimeException | StackOverflowError e) { // a user's exception may not let itself be printed
            recorded = false;
        }
        if (!recorded) {
            unrecorded.increment();
        }
    }

    List<String> lines() {
        final List<String> lines = new ArrayList<>();
        ErrorLogReader.read(
                buffer,
                (count, first, last, stack) -> lines.add(count + " × at \"" + part + "\": " + firstLines(stack)));
        if (unrecorded.get() > 0) {
            lines.add(unrecorded.get() + " × at \"" + part + "\": other errors, which could not be kept");
        }
        return lines;
    }

    /** The exception, and the first place it came from. */
    private static String firstLines(final String stack) {
        final String[] lines = stack.split("\\R", 3);
        return lines.length > 1 ? lines[0] + " " + lines[1].trim() : lines[0];
    }
}
