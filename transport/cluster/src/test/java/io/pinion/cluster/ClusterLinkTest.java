package io.pinion.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aeron.Aeron;
import io.aeron.Publication;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.pinion.engine.EdgeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a session does where there is no cluster; with one, {@link OneMemberTest} and {@link ClientsAcrossLeadersTest}. */
class ClusterLinkTest {
    @TempDir
    Path folder;

    private MediaDriver driver;
    private Aeron aeron;
    private ClusterLink link;

    @BeforeEach
    void start() {
        driver = MediaDriver.launch(new MediaDriver.Context()
                .aeronDirectoryName(folder.resolve("aeron").toString())
                .threadingMode(ThreadingMode.SHARED)
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true));
        aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(driver.aeronDirectoryName()));
        link = new ClusterLink(
                aeron,
                ClusterLink.endpoints(List.of("localhost:1", "localhost:2")),
                "aeron:udp?endpoint=localhost:0",
                null,
                "test",
                (buffer, offset, lengthBytes) -> {});
    }

    @AfterEach
    void stop() {
        CloseHelper.quietCloseAll(link, aeron, driver);
    }

    @Test
    void shouldNameMembersAsAeronDoes() {
        assertThat(ClusterLink.endpoints(List.of("a:1", "b:2"))).isEqualTo("0=a:1,1=b:2");
    }

    @Test
    void shouldTakeNothingAndSayWhyWhileThereIsNoCluster() {
        for (int i = 0; i < 100; i++) {
            link.doWork(System.nanoTime());
            LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
        assertThat(link.isConnected()).isFalse();
        assertThat(link.offer(new UnsafeBuffer(new byte[8]), 0, 8)).isFalse();
        assertThat(link.whyWaiting()).isEqualTo("not connected yet to a cluster at 0=localhost:1,1=localhost:2");
    }

    @Test
    void shouldKnowEachResultOfAnOffer() {
        assertThat(link.isTaken(64)).isTrue();
        assertThat(link.isTaken(Publication.BACK_PRESSURED)).isFalse();
        assertThat(link.isTaken(Publication.ADMIN_ACTION)).isFalse();
        assertThat(link.whyWaiting()).isNull();
        for (final long gone :
                List.of(Publication.NOT_CONNECTED, Publication.CLOSED, Publication.MAX_POSITION_EXCEEDED)) {
            assertThat(link.isTaken(gone)).isFalse();
            assertThat(link.whyWaiting()).contains("is gone, and no other has come yet");
            link.isTaken(1);
            assertThat(link.whyWaiting()).isNull();
        }
        assertThatThrownBy(() -> link.isTaken(-77))
                .isInstanceOf(EdgeException.class)
                .hasMessageContaining("-77");
    }

    @Test
    void shouldEndWhenItsDriverIsGone() {
        aeron.close();
        assertThatThrownBy(() -> link.doWork(System.nanoTime()))
                .isInstanceOf(EdgeException.class)
                .hasMessageContaining("the media driver in " + driver.aeronDirectoryName());
    }
}
