package io.pinion.sidecar;

import io.pinion.aeron.AeronDriver;
import io.pinion.aeron.AeronPublisher;
import io.pinion.cluster.ClusterProducer;
import io.pinion.engine.FrameFormat;
import io.pinion.file.JsonLinesAdapter;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pinion send}: a small producer. */
@Command(
        name = "send",
        description = {
            "Sends events from a file to a running sidecar, and waits until it has read them all;",
            "with --cluster to a replicated one, and waits until all are acknowledged.",
            "Without options but --in it fits pinion run with the profiles that come with Pinion."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  pinion send --in reviews.jsonl.gz",
            "  pinion send --in events.jsonl --rate 1000/s --frames wire",
            "  tail -f app.log | pinion send --in - --channel 'aeron:udp?endpoint=10.0.0.7:20121' --stream 1001",
            "  pinion send --in events.jsonl --cluster 10.0.0.1,10.0.0.2,10.0.0.3 --address 10.0.0.9"
        })
final class SendCommand implements Callable<Integer> {
    private static final Pattern RATE = Pattern.compile("(\\d+(?:\\.\\d+)?)(k?)(?:/s)?");
    private static final int MAX_LINE_BYTES = 1 << 24;

    @Option(
            names = "--in",
            paramLabel = "FILE",
            required = true,
            description = "The events: JSON lines, gzipped where the name ends in .gz; - is standard input.")
    private String in;

    @Option(
            names = "--channel",
            paramLabel = "URI",
            defaultValue = "aeron:udp?endpoint=localhost:20121",
            description = "The Aeron channel; ${DEFAULT-VALUE} otherwise.")
    private String channel;

    @Option(
            names = "--stream",
            paramLabel = "ID",
            defaultValue = "1001",
            description = "The stream in it; ${DEFAULT-VALUE} otherwise.")
    private int stream;

    @Option(
            names = "--rate",
            paramLabel = "N/s",
            description = "Events a second, such as 1000/s or 50k/s; otherwise as fast as they are taken.")
    private String rate;

    @Option(
            names = "--frames",
            paramLabel = "FORMAT",
            defaultValue = "json",
            description = "json sends each line as it is, wire as Chronicle Wire; ${DEFAULT-VALUE} otherwise.")
    private FrameFormat frames;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "30s",
            converter = DurationConverter.class,
            description = "How long to wait for somebody who takes them; ${DEFAULT-VALUE} otherwise.")
    private Duration timeout;

    @Option(
            names = "--producer",
            paramLabel = "ID",
            defaultValue = "1",
            description = "Who it is, to a cluster: one at a time of each; ${DEFAULT-VALUE} otherwise.")
    private long producer;

    @Option(
            names = "--address",
            paramLabel = "HOST",
            defaultValue = "localhost",
            description = "This host, as a cluster's members see it; ${DEFAULT-VALUE} otherwise.")
    private String address;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private ChannelOptions driver;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        eventsPerSecond(); // refused before anything is opened
        final Path file = in.equals("-") ? null : Path.of(in);
        if (file != null && !Files.exists(file)) {
            throw new SidecarException("there is no file " + file + " to send.");
        }
        try (AeronDriver aeron = driver.openDriver()) {
            return cluster.isWanted() ? sendToCluster(aeron, file) : sendToChannel(aeron, file);
        }
    }

    private int sendToChannel(final AeronDriver aeron, final Path file) {
        final String where = channel + " stream " + stream;
        try (AeronPublisher publisher = new AeronPublisher(aeron.client(), channel, stream)) {
            return send(Destination.channel(publisher), where, file);
        }
    }

    private int sendToCluster(final AeronDriver aeron, final Path file) {
        try (ClusterProducer to = ClusterProducer.builder()
                .aeron(aeron.client())
                .endpoints(cluster.ingress())
                .egress("aeron:udp?endpoint=" + address + ":0")
                .producer(producer)
                .credentials(cluster.credentials("send-" + producer))
                .open()) {
            return send(Destination.cluster(to), "the cluster at " + String.join(", ", cluster.ingress()), file);
        }
    }

    private int send(final Destination to, final String where, final Path file) {
        final PrintWriter err = spec.commandLine().getErr();
        try (JsonLinesAdapter lines = open(file, Math.min(MAX_LINE_BYTES, to.maxFrameBytes()))) {
            final Sender sender = new Sender(lines, to, where, frames, eventsPerSecond(), sentence -> {
                err.println("pinion: " + sentence);
                err.flush();
            });
            sender.awaitConsumer(timeout);
            final long beganNs = System.nanoTime();
            final long sent = sender.sendAll();
            final boolean isRead = sender.awaitRead();
            final long tookNs = System.nanoTime() - beganNs;
            if (!isRead) {
                throw new SidecarException("the consumer of " + where + " went away while " + Units.of(sent, "event")
                        + " were sent: the last of them may be lost.");
            }
            spec.commandLine()
                    .getOut()
                    .println("sent " + Units.of(sent, "event") + " in " + Units.seconds(tookNs) + ", "
                            + Units.rate(sent, tookNs) + tooLong(lines));
            return 0;
        }
    }

    private static String tooLong(final JsonLinesAdapter lines) {
        return lines.cutLines() == 0
                ? ""
                : "; " + Units.of(lines.cutLines(), "line") + " too long for the channel, and cut";
    }

    private static JsonLinesAdapter open(final Path file, final int maxFrameBytes) {
        // A line that is too long is handed over with one byte more than the longest, which has to fit as well.
        final int longest = maxFrameBytes - 1;
        return file == null
                ? JsonLinesAdapter.ofStream(System.in, "standard input", longest)
                : JsonLinesAdapter.ofFile(file, longest);
    }

    private double eventsPerSecond() {
        if (rate == null) {
            return 0;
        }
        final Matcher wanted = RATE.matcher(rate);
        final double number = wanted.matches()
                ? Double.parseDouble(wanted.group(1)) * (wanted.group(2).isEmpty() ? 1 : 1000)
                : 0;
        if (number <= 0) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--rate has to be events a second, such as 1000/s or 50k/s; it is \"" + rate + "\"");
        }
        return number;
    }
}
