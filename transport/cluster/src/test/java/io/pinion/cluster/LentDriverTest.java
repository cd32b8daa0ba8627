package io.pinion.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.aeron.Aeron;
import io.aeron.Publication;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import java.nio.file.Path;
import org.agrona.concurrent.AgentInvoker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LentDriverTest {
    private static final int STREAM = 7;

    @TempDir
    Path directory;

    @Test
    void shouldWorkADriverWithoutAThreadForWhoWaitsForIt() {
        try (MediaDriver driver = MediaDriver.launch(context(ThreadingMode.INVOKER));
                Aeron client = Aeron.connect(new Aeron.Context()
                        .aeronDirectoryName(driver.aeronDirectoryName())
                        .driverAgentInvoker(driver.sharedAgentInvoker())
                        .useConductorAgentInvoker(true))) {
            final AgentInvoker lent = LentDriver.of(client);

            final long added = client.asyncAddPublication("aeron:ipc", STREAM);
            Publication publication = client.getPublication(added);
            while (publication == null) { // as a session waits
                client.conductorAgentInvoker().invoke();
                lent.invoke();
                publication = client.getPublication(added);
            }

            assertThat(publication.streamId()).isEqualTo(STREAM);
        }
    }

    @Test
    void shouldLendNothingWhereADriverHasThreads() {
        try (MediaDriver driver = MediaDriver.launch(context(ThreadingMode.SHARED));
                Aeron client = Aeron.connect(new Aeron.Context().aeronDirectoryName(driver.aeronDirectoryName()))) {
            assertThat(LentDriver.of(client)).isNull();
        }
    }

    private MediaDriver.Context context(final ThreadingMode threads) {
        return new MediaDriver.Context()
                .aeronDirectoryName(directory.resolve("driver").toString())
                .threadingMode(threads)
                .dirDeleteOnShutdown(true);
    }
}
