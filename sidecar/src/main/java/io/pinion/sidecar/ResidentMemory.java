package io.pinion.sidecar;

import io.pinion.engine.Graph;

/**
 * What a sidecar will have resident once all of it has been used: each key and row, each slot, each page of the buffers.
 * Told beforehand, so it is an estimate, on the safe side; {@code ./pinion bench} holds it against the truth.
 *
 * @param jvmBytes    of code, classes, stacks and the JVM's own books.
 * @param heapBytes   of keys, tables and the ring, and what starting leaves behind, which nobody collects, since nothing more
 *                    comes.
 * @param aeronBytes  of the media driver, and of the term buffers, with one producer at each ingress.
 */
record ResidentMemory(long jvmBytes, long heapBytes, long aeronBytes) {
    private static final long MIB = 1 << 20;
    /** What JDK 25 takes, compiled code and all; JDK 17 takes some 20 MiB less. */
    private static final long JVM_BYTES = 104 * MIB;

    private static final long LEFT_FROM_START_BYTES = 64 * MIB;
    /** The event, its frame of up to half a KiB, and what is noted about it. */
    private static final long SLOT_BYTES = 2_048;
    /** Commands, counters, errors. */
    private static final long DRIVER_BYTES = 12 * MIB;

    private static final int TERMS = 3;

    static ResidentMemory of(final Deployment<?> deployment) {
        final Graph<?> graph = deployment.graph();
        final Profile profile = deployment.profile();
        final long publications = profile.egressesOf(graph).values().stream()
                .filter(address -> !address.isFile())
                .count();
        final long producers = 1 + profile.updatesOf(graph).size();
        return new ResidentMemory(
                JVM_BYTES,
                graph.stateBytes() + profile.ringSlots() * SLOT_BYTES + LEFT_FROM_START_BYTES,
                (profile.aeron().embedded() ? DRIVER_BYTES : 0)
                        + TERMS * profile.aeron().termLengthBytes() * (publications + producers));
    }

    long bytes() {
        return jvmBytes + heapBytes + aeronBytes;
    }

    /** What it is made of, for people. */
    @Override
    public String toString() {
        return "once all is in use: " + Units.sizeOf(jvmBytes) + " of the JVM, " + Units.sizeOf(heapBytes)
                + " of heap (frames up to half a KiB), " + Units.sizeOf(aeronBytes)
                + " of Aeron (one producer, of the same term length)";
    }
}
