package io.pinion.aeron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pinion.engine.EdgeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AeronDriverTest {
    private static final int STREAM = 1001;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void shouldHaveADirectoryOfItsOwnForAsLongAsItRuns() {
        final Path path;
        try (AeronDriver driver = AeronDriver.invoked(Rig.options());
                AeronDriver other = AeronDriver.invoked(Rig.options())) {
            path = driver.directory();
            assertThat(path).isDirectory().isNotEqualTo(other.directory());
            assertThat(path.getFileName().toString())
                    .startsWith("pinion-" + ProcessHandle.current().pid());
            assertThat(AeronDriver.isActive(path, PATIENCE)).isTrue();
        }
        assertThat(path).doesNotExist();
    }

    @Test
    void shouldRemoveWhatAKilledProcessLeftBehindAndNothingElse() throws Exception {
        final Process process = new ProcessBuilder("true").start();
        process.waitFor();
        final Path parent;
        try (AeronDriver driver = AeronDriver.invoked(Rig.options())) {
            parent = driver.directory().getParent();
        }
        final Path leftBehind = Files.createDirectory(parent.resolve("pinion-" + process.pid() + "-0"));
        final Path ofTheLiving = Files.createDirectory(
                parent.resolve("pinion-" + ProcessHandle.current().pid() + "-999999"));
        final Path another = Files.createDirectory(parent.resolve("pinion-" + process.pid() + "-0-other"));
        Files.writeString(leftBehind.resolve("image"), "x");
        try (AeronDriver driver = AeronDriver.invoked(Rig.options())) {
            assertThat(driver.directory()).isDirectory();
            assertThat(leftBehind).doesNotExist();
            assertThat(ofTheLiving).isDirectory();
            assertThat(another).isDirectory();
        } finally {
            Files.delete(ofTheLiving);
            Files.delete(another);
        }
    }

    @Test
    void shouldRunOnAThreadOfItsOwnAndServeAnotherClient() {
        final SleepingMillisIdleStrategy idle = new SleepingMillisIdleStrategy(1);
        try (AeronDriver shared = AeronDriver.shared(Rig.options(), idle, directory.resolve("driver"));
                AeronDriver client = AeronDriver.external(shared.directory(), PATIENCE);
                AeronIngressAdapter adapter = new AeronIngressAdapter(shared.client(), "aeron:ipc", STREAM);
                AeronPublisher publisher = new AeronPublisher(client.client(), "aeron:ipc", STREAM)) {
            assertThat(shared.agent()).isEmpty();
            assertThat(client.agent()).isEmpty();
            final int[] seen = {0};
            boolean isOffered = false;
            while (seen[0] == 0 || !publisher.isDrained()) {
                isOffered = isOffered || publisher.offer(new UnsafeBuffer(new byte[50]), 0, 50, 0);
                adapter.poll((buffer, offset, length, dueNs) -> ++seen[0] > 0, 10);
                idle.idle();
            }
            assertThat(seen[0]).isOne();
            assertThat(client.errors()).isEmpty();
        }
        assertThat(directory.resolve("driver")).isDirectory();
    }

    @Test
    void shouldStartAgainInAGivenDirectory() {
        AeronDriver.invoked(Rig.options(), directory).close();
        // Its last sign of life is fresh, but it said on leaving that it is gone.
        AeronDriver.invoked(Rig.options(), directory).close();
    }

    @Test
    void shouldRefuseADirectoryThatHoldsSomethingElse() throws Exception {
        Files.writeString(directory.resolve("thesis.txt"), "mine");
        assertThatThrownBy(() -> AeronDriver.invoked(Rig.options(), directory))
                .isInstanceOf(EdgeException.class)
                .hasMessageContaining(directory + " is no media driver's directory and is not empty");
        assertThat(directory.resolve("thesis.txt")).hasContent("mine");
    }

    @Test
    void shouldSayThatAnotherDriverRunsInTheDirectory() {
        try (AeronDriver first = AeronDriver.invoked(Rig.options(), directory)) {
            assertThatThrownBy(() -> AeronDriver.invoked(Rig.options(), directory))
                    .isInstanceOf(EdgeException.class)
                    .hasMessageContaining("Another media driver runs in " + directory)
                    .hasMessageContaining("driver: external");
            assertThat(AeronDriver.isActive(first.directory(), PATIENCE)).isTrue();
        }
    }

    @Test
    void shouldSayThatNoDriverRunsInTheDirectory() {
        assertThatThrownBy(() -> AeronDriver.external(directory, Duration.ofMillis(200)))
                .isInstanceOf(EdgeException.class)
                .hasMessageContaining("No media driver is running in " + directory)
                .hasMessageContaining("driver: embedded");
    }

    @Test
    void shouldSayThatADriverWasLostWhileRunning() throws InterruptedException {
        final AeronDriver shared =
                AeronDriver.shared(Rig.options(), new SleepingMillisIdleStrategy(1), directory.resolve("driver"));
        // Also how long it takes to be told.
        try (AeronDriver client = AeronDriver.external(shared.directory(), Duration.ofSeconds(4));
                AeronIngressAdapter adapter = new AeronIngressAdapter(client.client(), "aeron:ipc", STREAM)) {
            shared.close();
            EdgeException said = null;
            for (int i = 0; i < 6_000 && said == null; i++) {
                Thread.sleep(10);
                try {
                    adapter.poll((buffer, offset, length, dueNs) -> true, 10);
                } catch (final EdgeException e) {
                    said = e;
                }
            }
            assertThat(said)
                    .isNotNull()
                    .hasMessageContaining(
                            "aeron:ipc stream 1001 is lost: the media driver in " + client.directory() + " is gone")
                    .hasMessageContaining("start this process again");
            // Aeron closes what is open, and tells why after that.
            for (int i = 0; i < 1_000 && client.errors().isEmpty(); i++) {
                Thread.sleep(10);
            }
            assertThat(client.errors()).isNotEmpty();
        }
    }

    @Test
    void shouldNotMindBeingClosedTwiceOrSteppedAfterwards() throws Exception {
        final AeronDriver driver = AeronDriver.invoked(Rig.options());
        driver.close();
        driver.close();
        assertThat(driver.agent().orElseThrow().doWork()).isZero();
    }
}
