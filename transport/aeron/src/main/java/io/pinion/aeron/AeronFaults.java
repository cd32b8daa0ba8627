package io.pinion.aeron;

import io.aeron.exceptions.ClientTimeoutException;
import io.aeron.exceptions.ConductorServiceTimeoutException;
import io.aeron.exceptions.DriverTimeoutException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.ErrorHandler;

/**
 * What went wrong inside the driver and the client, where no caller is there to be told: kept, counted and never
 * printed. At most so many different ones; later ones are counted together. Any thread.
 */
final class AeronFaults implements ErrorHandler {
    private static final int MAX_DIFFERENT = 32;
    private static final String OTHERS = "others";

    private final Map<String, Long> counts = new LinkedHashMap<>();
    private volatile Throwable ending;

    @Override
    public void onError(final Throwable fault) {
        if (isEnding(fault)) {
            ending = fault;
        }
        final String sentence = AeronErrors.sentenceOf(fault);
        synchronized (counts) {
            final boolean isKept = counts.containsKey(sentence) || counts.size() < MAX_DIFFERENT;
            counts.merge(isKept ? sentence : OTHERS, 1L, Long::sum);
        }
    }

    /** What ended the client or the driver, or null. */
    Throwable ending() {
        return ending;
    }

    List<String> sentences() {
        final List<String> sentences = new ArrayList<>();
        synchronized (counts) {
            counts.forEach((sentence, count) -> sentences.add(count + " x " + sentence));
        }
        return sentences;
    }

    private static boolean isEnding(final Throwable fault) {
        return fault instanceof DriverTimeoutException
                || fault instanceof ConductorServiceTimeoutException
                || fault instanceof ClientTimeoutException
                || fault instanceof Error;
    }
}
