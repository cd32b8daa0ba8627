package io.pinion.sidecar.chaos;

import io.aeron.Aeron;
import io.pinion.aeron.AeronDriver;
import io.pinion.aeron.AeronOptions;
import io.pinion.cluster.ClusterProducer;
import io.pinion.cluster.RouteConsumer;
import io.pinion.cluster.SharedSecret;
import io.pinion.cluster.SharedSecretCredentials;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.agrona.CloseHelper;
import org.agrona.concurrent.BackoffIdleStrategy;

/** Producers and consumers of one cluster, in this process. One thread starts and ends them. */
final class ClusterLoad implements AutoCloseable {
    /** From here on nobody's number: what comes of these was taken from somebody who was fenced. */
    private static final int STRANGERS = 1_000;

    private final AeronDriver driver;
    private final List<LoadProducer> producers = new ArrayList<>();
    private final Map<String, LoadConsumer> consumers = new LinkedHashMap<>();

    /**
     * Makes them; {@link #start} begins.
     *
     * @param producerCount how many.
     * @param rate          events a second, of all together.
     * @param channels      where each streamed target comes.
     */
    ClusterLoad(
            final ClusterSetup setup,
            final MemberPlaces places,
            final MemberProfile profile,
            final Map<String, String> channels,
            final int producerCount,
            final int rate,
            final Dice dice) {
        driver = AeronDriver.shared(AeronOptions.defaults(), new BackoffIdleStrategy());
        final Aeron client = driver.client();
        final SharedSecret secret = SharedSecret.inFile(profile.secret("clients"));
        for (int i = 0; i < producerCount; i++) {
            final int number = i;
            producers.add(new LoadProducer(
                    "producer-" + i,
                    () -> ClusterProducer.builder()
                            .aeron(client)
                            .endpoints(places.ingress())
                            .egress("aeron:udp?endpoint=" + places.clients() + ":0")
                            .producer(number + 1)
                            .credentials(SharedSecretCredentials.ofClient("producer-" + number, secret)),
                    setup.workload().of(i, dice.nextSeed()),
                    setup.workload().of(STRANGERS + i, dice.nextSeed()),
                    Math.max(1, rate / producerCount)));
        }
        channels.forEach((target, channel) ->
                consumers.put(target, new LoadConsumer("consumer-" + target, () -> RouteConsumer.builder()
                        .aeron(client)
                        .channel(channel, LoadConsumer.STREAM)
                        .members(places.routes())
                        .route(setup.graphName(), target)
                        .secret(secret))));
    }

    void start() {
        consumers.values().forEach(LoadConsumer::start);
        producers.forEach(LoadProducer::start);
    }

    List<LoadProducer> producers() {
        return producers;
    }

    Map<String, LoadConsumer> consumers() {
        return consumers;
    }

    long accepted() {
        return producers.stream().mapToLong(LoadProducer::accepted).sum();
    }

    long made() {
        return producers.stream().mapToLong(LoadProducer::made).sum();
    }

    /** Waits until so many more events are acknowledged. */
    void awaitProgress(final long events) {
        final long wanted = accepted() + events;
        Waiting.until(
                () -> accepted() >= wanted || failure() != null,
                Members.PATIENCE,
                () -> "only " + (accepted() - wanted + events) + " of " + events + " more events were acknowledged ("
                        + why() + ")");
        requireAlive();
    }

    /** No new events; waits until all that were made are acknowledged. */
    void awaitAllAccepted() {
        producers.forEach(LoadProducer::end);
        Waiting.until(
                () -> producers.stream().allMatch(LoadProducer::hasEnded),
                Members.PATIENCE,
                () -> (made() - accepted()) + " events are not acknowledged (" + why() + ")");
        requireAlive();
    }

    private void requireAlive() {
        final RuntimeException failure = failure();
        if (failure != null) {
            throw new ChaosException("a producer or consumer ended: " + failure.getMessage(), failure);
        }
    }

    private RuntimeException failure() {
        return Stream.concat(
                        producers.stream().map(LoadProducer::failure),
                        consumers.values().stream().map(LoadConsumer::failure))
                .filter(failure -> failure != null)
                .findFirst()
                .orElse(null);
    }

    /** What producers and consumers wait for. */
    String why() {
        final StringJoiner why = new StringJoiner("; ");
        producers.forEach(producer -> why.add("producer: " + producer.whyWaiting()));
        consumers.forEach((target, consumer) -> why.add("consumer of " + target + ": " + consumer.whyWaiting()));
        return why.toString();
    }

    /** Ends all, and tells an account what producers were told and consumers found. */
    void tell(final DeliveryAccount account) {
        producers.forEach(LoadProducer::close);
        consumers.values().forEach(LoadConsumer::close);
        producers.forEach(producer -> producer.tell(account));
        consumers.forEach((target, consumer) -> consumer.tell(account, target));
    }

    /** The longest time without an acknowledgement, of all producers. */
    Duration longestGap() {
        return Duration.ofNanos(
                producers.stream().mapToLong(LoadProducer::longestGapNs).max().orElse(0));
    }

    void forgetGap() {
        producers.forEach(LoadProducer::forgetGap);
    }

    @Override
    public void close() {
        producers.forEach(LoadProducer::close);
        consumers.values().forEach(LoadConsumer::close);
        CloseHelper.quietClose(driver);
    }
}
