package io.pinion.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import io.pinion.engine.EdgeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a member takes for a consumer's position, and what not: messages over a real driver, stepped by the test's thread. */
class PositionFeedTest {
    private static final String CHANNEL = "aeron:ipc?term-length=64k";
    private static final String TEXT = "the clients' own secret";
    private static final SharedSecret SECRET = SharedSecret.of("a test", TEXT);
    private static final long ROUTE = 9;
    private static final long PATIENCE_NS = Duration.ofMinutes(1).toNanos();

    @TempDir
    Path folder;

    private final List<String> said = new ArrayList<>();
    private final UnsafeBuffer position = new UnsafeBuffer(new byte[RouteMessages.POSITION_BYTES]);
    private MediaDriver driver;
    private Aeron aeron;
    private PositionFeed feed;
    private PositionFeed.Told told;
    private ExclusivePublication consumer;

    @BeforeEach
    void start() {
        driver = MediaDriver.launch(new MediaDriver.Context()
                .aeronDirectoryName(folder.resolve("aeron").toString())
                .threadingMode(ThreadingMode.INVOKER)
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true)
                .termBufferSparseFile(true));
        aeron = Aeron.connect(new Aeron.Context()
                .aeronDirectoryName(driver.aeronDirectoryName())
                .driverAgentInvoker(driver.sharedAgentInvoker())
                .useConductorAgentInvoker(true));
        feed = new PositionFeed(aeron, CHANNEL, SECRET, said::add);
        told = feed.of(ROUTE, "training");
        consumer = aeron.addExclusivePublication(CHANNEL, PositionFeed.STREAM);
        put(SECRET);
    }

    @AfterEach
    void stop() {
        CloseHelper.quietCloseAll(feed, aeron, driver);
    }

    private void put(final SharedSecret secret) {
        RouteMessages.put(position, RouteMessages.POSITION, 8, 77, ROUTE, 500, 3);
        new PositionMac(secret).put(position);
    }

    /** Until the member has heard it. */
    private void tell(final int lengthBytes) {
        until(() -> consumer.offer(position, 0, lengthBytes) > 0);
        until(() -> feed.doWork() > 0);
    }

    private void until(final BooleanSupplier condition) {
        final long beganNs = System.nanoTime();
        while (!condition.getAsBoolean()) {
            driver.sharedAgentInvoker().invoke();
            aeron.conductorAgentInvoker().invoke();
            assertThat(System.nanoTime() - beganNs).as("waited in vain").isLessThan(PATIENCE_NS);
        }
    }

    @Test
    void shouldTakeThePositionOfWhoKnowsTheSecret() {
        tell(RouteMessages.POSITION_BYTES);
        assertThat(told.count).isOne();
        assertThat(told.next).isEqualTo(500);
        assertThat(told.logId).isEqualTo(77);
        assertThat(told.ask).isEqualTo(3);
        assertThat(told.window).isEqualTo(8);
        assertThat(feed.refused()).isZero();
        assertThat(said).isEmpty();
    }

    @Test
    void shouldRefuseAPositionOfWhichAnyBitIsAnother() {
        final int bits = RouteMessages.POSITION_BYTES * Byte.SIZE;
        for (int bit = 0; bit < bits; bit++) {
            flip(bit);
            tell(RouteMessages.POSITION_BYTES);
            flip(bit);
            assertThat(feed.refused()).as("bit " + bit).isEqualTo(bit + 1);
        }
        assertThat(told.count).isZero();
        tell(RouteMessages.POSITION_BYTES);
        assertThat(told.count).as("with none flipped").isOne();
    }

    private void flip(final int bit) {
        final int at = bit / Byte.SIZE;
        position.putByte(at, (byte) (position.getByte(at) ^ 1 << bit % Byte.SIZE));
    }

    @Test
    void shouldRefuseAPositionByAnotherSecretAndSayItOnce() {
        put(SharedSecret.of("a test", "another clients' secret"));
        tell(RouteMessages.POSITION_BYTES);
        tell(RouteMessages.POSITION_BYTES);
        assertThat(feed.refused()).isEqualTo(2);
        assertThat(told.count).isZero();
        assertThat(said).hasSize(1);
        assertThat(said.get(0))
                .startsWith("The consumer of route \"training\" at ")
                .contains("does not have the secret of this cluster's clients");
    }

    @Test
    void shouldSayOfAConsumerThatIsOlderThatItIs() {
        tell(RouteMessages.HEADER_BYTES);
        tell(RouteMessages.HEADER_BYTES);
        assertThat(feed.refused()).isEqualTo(2);
        assertThat(told.count).isZero();
        assertThat(said).hasSize(1);
        assertThat(said.get(0))
                .startsWith("The consumer of route \"training\" at ")
                .contains("is older than this member");

        put(SharedSecret.none());
        tell(RouteMessages.POSITION_BYTES);
        assertThat(said).as("that its secret is wrong too").hasSize(2);
    }

    @Test
    void shouldRefuseWhatHasAnotherLength() {
        for (int length = 0; length < RouteMessages.POSITION_BYTES; length++) {
            tell(length);
        }
        assertThat(feed.refused()).isEqualTo(RouteMessages.POSITION_BYTES);
        assertThat(told.count).isZero();
        assertThat(said).as("of the route, and of nobody's").hasSize(3);
    }

    @Test
    void shouldTakeTheSecretOfAClusterWithoutOneFromNoneThatHasOne() {
        put(SharedSecret.none());
        tell(RouteMessages.POSITION_BYTES);
        assertThat(told.count).isZero();
        assertThat(feed.refused()).isOne();
    }

    @Test
    void shouldBeKeyedByAnHmacOfTheSecretAndNotByTheSecret() throws Exception {
        final byte[] message = new byte[RouteMessages.HEADER_BYTES];
        position.getBytes(0, message);
        final byte[] code = new byte[PositionMac.BYTES];
        position.getBytes(RouteMessages.HEADER_BYTES, code);
        final byte[] secret = TEXT.getBytes(StandardCharsets.UTF_8);
        final byte[] key = hmac(secret, "pinion POSITION".getBytes(StandardCharsets.UTF_8));
        assertThat(code).isEqualTo(hmac(key, message)).isNotEqualTo(hmac(secret, message));
    }

    private static byte[] hmac(final byte[] key, final byte[] message) throws Exception {
        final Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(message);
    }

    @Test
    void shouldOpenNoConsumerThatWasGivenNoSecret() {
        final RouteConsumer.Builder forgetful = RouteConsumer.builder()
                .aeron(aeron)
                .channel("aeron:ipc", 1)
                .members(List.of("localhost:1"))
                .route("Graph", "training");
        assertThatThrownBy(forgetful::open)
                .isInstanceOf(EdgeException.class)
                .hasMessageContaining("needs the secret of the cluster's clients");
    }
}
