package io.pinion.jmh.peers;

import java.util.List;

/**
 * What came of one process.
 *
 * @param version       of the engine.
 * @param failure       a sentence, where its outputs differ or it broke: then nothing else counts; otherwise null.
 * @param throughput    events a second, as fast as it takes them.
 * @param cores         that it used meanwhile: its processor time over the time.
 * @param bytesPerEvent that it allocated meanwhile.
 * @param rates         what came of each rate, ascending.
 */
record ForkResult(
        String version, String failure, double throughput, double cores, double bytesPerEvent, List<RateResult> rates) {
    /** One that broke. */
    static ForkResult failed(final String version, final String failure) {
        return new ForkResult(version, failure, 0, 0, 0, List.of());
    }

    /** Events a second and core. */
    double perCore() {
        return throughput / cores;
    }
}
