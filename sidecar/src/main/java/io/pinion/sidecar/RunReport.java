package io.pinion.sidecar;

import io.pinion.engine.Account;
import io.pinion.engine.Processor;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What came of a run: read from a processor once, told as text by {@link TextReport} and as JSON by {@link JsonReport}.
 *
 * @param graph     its name.
 * @param logId     the identity of the run's log.
 * @param layout    as it was chosen.
 * @param threads   the parts that shared each thread.
 * @param elapsedNs from the start to the end.
 * @param account   where every event is.
 * @param latency   by hop, in nanoseconds; empty where it means nothing.
 * @param outputs   where each target's events went, by its name.
 * @param errors    distinct exceptions of users' functions.
 * @param notes     sentences on what its reader might not expect.
 */
record RunReport(
        String graph,
        String logId,
        String layout,
        List<List<String>> threads,
        long elapsedNs,
        Account account,
        Map<String, Histogram> latency,
        Map<String, String> outputs,
        List<String> errors,
        List<String> notes) {

    /**
     * Reads one.
     *
     * @param deployment what runs.
     * @param processor  that runs it.
     * @param elapsedNs  since its start.
     * @param latency    to tell; empty where it means nothing.
     * @param outputs    by target.
     * @param notes      sentences.
     */
    static RunReport of(
            final Deployment<?> deployment,
            final Processor<?> processor,
            final long elapsedNs,
            final Map<String, Histogram> latency,
            final Map<String, String> outputs,
            final List<String> notes) {
        return new RunReport(
                deployment.source().name(),
                processor.logId(),
                deployment.layout().name(),
                processor.threads(),
                elapsedNs,
                processor.account(),
                latency,
                outputs,
                processor.errors(),
                notes);
    }

    /** What does not add up; see {@link Account#gaps()}. */
    List<String> gaps() {
        return account.gaps();
    }
}
