package io.pinion.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResidentMemoryTest {
    private static final String EDGES = """
            ingress: {"*": {channel: "aeron:udp?endpoint=localhost:20121", stream: 1001}}
            egress: {"*": {channel: "aeron:udp?endpoint=localhost:20122", stream: 2001}, dead-letters: {file: d.jsonl}}
            """;

    @TempDir
    private Path folder;

    @Test
    void shouldGrowWithTheTermsOfTheTargetsAndOfOneProducer() {
        final long small = of("aeron: {termLength: 1m}").bytes();
        final long large = of("aeron: {termLength: 2m}").bytes();

        // Three targets, and the dead letters are a file.
        assertThat(large - small).isEqualTo((3 + 1) * 3 * (1L << 20));
    }

    @Test
    void shouldGrowWithTheRing() {
        assertThat(of("ringSlots: 8192").heapBytes())
                .isGreaterThan(of("ringSlots: 1024").heapBytes());
    }

    @Test
    void shouldHaveNoDriverWhereThatRunsElsewhere() {
        final long inside = of("aeron: {driver: embedded}").aeronBytes();
        final long outside =
                of("aeron: {driver: external, directory: /dev/shm/aeron-x}").aeronBytes();

        assertThat(inside).isGreaterThan(outside);
    }

    @Test
    void shouldHoldTheFeedbackGraphInTheSidecarProfile() {
        final Deployment<?> deployment = Deployment.of(GraphLoader.shipped("Feedback"), Profiles.load("sidecar"));

        assertThat(ResidentMemory.of(deployment).bytes()).isLessThanOrEqualTo(256L << 20);
    }

    private ResidentMemory of(final String setting) {
        final Profile profile = ProfileReader.read("test", "test.yaml", setting + "\n" + EDGES, folder);
        return ResidentMemory.of(Deployment.of(GraphLoader.shipped("Feedback"), profile));
    }
}
