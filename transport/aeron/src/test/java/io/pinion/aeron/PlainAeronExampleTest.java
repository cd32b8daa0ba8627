package io.pinion.aeron;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainAeronExampleTest {
    @ParameterizedTest
    @ValueSource(strings = {"udp", "ipc"})
    void shouldSendOneEventThatPinionReads(final String medium) throws Exception {
        final String channel = medium.equals("ipc") ? "aeron:ipc" : FreePorts.channel();
        final String json = "{\"eventId\":\"1\",\"score\":0.5}";
        final List<String> read = new ArrayList<>();
        final List<Long> due = new ArrayList<>();
        try (AeronDriver driver = AeronDriver.shared(Rig.options(), new SleepingMillisIdleStrategy(1));
                AeronIngressAdapter adapter = new AeronIngressAdapter(driver.client(), channel, 1001)) {
            final CompletableFuture<Void> sender = CompletableFuture.runAsync(
                    () -> PlainAeronExample.send(driver.directory().toString(), channel, 1001, json));
            final long startNs = System.nanoTime();
            while (read.isEmpty()
                    && System.nanoTime() - startNs < Duration.ofMinutes(2).toNanos()) {
                adapter.poll(
                        (buffer, offset, length, dueNs) -> {
                            due.add(dueNs);
                            return read.add(buffer.getStringWithoutLengthUtf8(offset, length));
                        },
                        10);
            }
            sender.get(120, TimeUnit.SECONDS);
        }
        assertThat(read).containsExactly(json);
        assertThat(due.get(0)).isPositive();
    }

    @Test
    void shouldStandInTheDocumentationWordByWord() throws Exception {
        final String source = Files.readString(
                Path.of("src/test/java", PlainAeronExample.class.getName().replace('.', '/') + ".java"));
        final String example = source.substring(
                source.indexOf("        // example\n") + "        // example\n".length(),
                source.indexOf("        // end of example"));
        final String page = Files.readString(Path.of("../../docs/aeron.md"));
        assertThat(page).contains("```java\n" + example.replaceAll("(?m)^ {8}", "") + "```");
    }
}
