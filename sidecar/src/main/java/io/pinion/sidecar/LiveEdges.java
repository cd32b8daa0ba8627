package io.pinion.sidecar;

import io.pinion.aeron.AeronDriver;
import io.pinion.aeron.AeronIngressAdapter;
import io.pinion.aeron.AeronOptions;
import io.pinion.aeron.AeronPublisher;
import io.pinion.engine.EgressPublisher;
import io.pinion.engine.FrameFormat;
import io.pinion.engine.Processor;
import io.pinion.file.JsonLinesPublisher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Opens what a profile says that a graph's names mean: the media driver, the ingress, and each target's egress. */
final class LiveEdges implements AutoCloseable {
    private static final Duration DRIVER_TIMEOUT = Duration.ofSeconds(10);

    private final Deployment<?> deployment;
    private final AeronDriver driver;
    private final EdgeAddress ingress;
    private final Map<String, EdgeAddress> updates;
    private final Map<String, EdgeAddress> egresses;

    /**
     * Starts or finds the media driver.
     *
     * @param deployment what is to run.
     * @param egresses   where each target's events go, by its name.
     */
    LiveEdges(final Deployment<?> deployment, final Map<String, EdgeAddress> egresses) {
        this.deployment = deployment;
        this.egresses = egresses;
        ingress = deployment.profile().ingressOf(deployment.graph());
        updates = deployment.profile().updatesOf(deployment.graph());
        driver = openDriver(deployment.profile().aeron());
    }

    private static AeronDriver openDriver(final AeronSettings settings) {
        if (!settings.embedded()) {
            return AeronDriver.external(Path.of(settings.directory()), DRIVER_TIMEOUT);
        }
        final AeronOptions options = AeronOptions.defaults()
                .withTermLengthBytes(settings.termLengthBytes())
                .withMtuBytes(settings.mtuBytes());
        return settings.directory() == null
                ? AeronDriver.invoked(options)
                : AeronDriver.invoked(options, Path.of(settings.directory()));
    }

    /** A processor between these edges, which owns what is opened for it here, but for the driver. */
    Processor<?> newProcessor() {
        try (Opened opened = new Opened()) {
            final Processor.Builder<?> builder = deployment.processor();
            builder.ingress(
                    opened.add(new AeronIngressAdapter(driver.client(), ingress.channel(), ingress.stream())),
                    ingress.frames().toArray(FrameFormat[]::new));
            updates.forEach((table, address) -> builder.updates(
                    table,
                    opened.add(new AeronIngressAdapter(driver.client(), address.channel(), address.stream())),
                    address.frames().toArray(FrameFormat[]::new)));
            egresses.forEach(
                    (target, address) -> builder.egress(target, opened.add(open(address)), address.outgoing()));
            driver.agent().ifPresent(builder::driver);
            builder.spillDirectory(deployment
                    .profile()
                    .spillDirectory()
                    .resolve(deployment.source().name()));
            final Processor<?> processor = builder.build();
            opened.handOver();
            return processor;
        }
    }

    private EgressPublisher open(final EdgeAddress address) {
        if (!address.isFile()) {
            return new AeronPublisher(driver.client(), address.channel(), address.stream());
        }
        final Path file = Path.of(address.file());
        return address.kept() == null
                ? new JsonLinesPublisher(file, JsonLinesPublisher.Existing.APPEND, JsonLinesPublisher.WhenFailing.WAIT)
                : JsonLinesPublisher.kept(file, address.kept());
    }

    EdgeAddress ingress() {
        return ingress;
    }

    /** Where each table's live updates come from, for people. */
    Map<String, String> updateNames() {
        final Map<String, String> names = new LinkedHashMap<>();
        updates.forEach((table, address) -> names.put(table, address.toString()));
        return names;
    }

    /** Where each target's events go, for people. */
    Map<String, String> names() {
        final Map<String, String> names = new LinkedHashMap<>();
        egresses.forEach((target, address) -> names.put(target, address.toString()));
        return names;
    }

    /** What went wrong inside the media driver; any thread. */
    List<String> driverErrors() {
        return driver.errors();
    }

    /** Closes the driver; the processor before it. */
    @Override
    public void close() {
        driver.close();
    }
}
