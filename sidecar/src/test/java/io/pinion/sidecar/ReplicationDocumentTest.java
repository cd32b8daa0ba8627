package io.pinion.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/replication.md}: what it shows of a producer and of a consumer compiles. */
class ReplicationDocumentTest {
    private static final Pattern JAVA = Pattern.compile("```java\\n((?s:.*?)\\n)```");

    @TempDir
    private Path folder;

    @Test
    void shouldShowAProducerAndAConsumerThatCompile() throws Exception {
        final List<String> blocks = new ArrayList<>();
        final Matcher block = JAVA.matcher(Files.readString(PinionProcess.home().resolve("docs/replication.md")));
        while (block.find()) {
            blocks.add(block.group(1).replace("{ … }", "{ }"));
        }
        assertThat(blocks).hasSize(2);
        final Path source = Sources.write(folder, "Documented.java", """
                import io.aeron.Aeron;
                import io.pinion.cluster.*;
                import java.nio.file.Path;
                import java.time.Duration;
                import java.util.List;
                import org.agrona.DirectBuffer;

                class Documented {
                    void producer(Aeron aeron, Path secret, boolean running, DirectBuffer event, int length, long dueNs)
                            throws Exception {
                        %s
                    }

                    void consumer(Aeron aeron, Path file, Path secret, boolean running) throws Exception {
                        %s
                    }
                }
                """.formatted(blocks.get(0), blocks.get(1)));
        assertThat(new SourceCompiler(List.of()).compile(source).classNames()).containsExactly("Documented");
    }
}
