package io.pinion.sidecar;

import io.pinion.aeron.AeronDriver;
import io.pinion.aeron.AeronIngressAdapter;
import io.pinion.cluster.ConsumerPositions;
import io.pinion.cluster.RouteConsumer;
import io.pinion.engine.IngressAdapter;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.agrona.CloseHelper;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pinion listen}: a small consumer. */
@Command(
        name = "listen",
        description = {
            "Prints the events that a running sidecar sends, as JSON lines, until Ctrl-C.",
            "Without options it fits pinion run with the profiles that come with Pinion, and prints all targets' events;"
                    + " one of them alone is one stream, which pinion run names."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  pinion listen",
            "  pinion listen --stream 2001 --count 10",
            "  pinion listen --cluster 10.0.0.1,10.0.0.2,10.0.0.3 --graph Feedback --target training --stream 2001",
            "  pinion listen --channel 'aeron:udp?endpoint=10.0.0.9:20122' --stream 2001,2002 > events.jsonl"
        })
final class ListenCommand implements Callable<Integer> {
    private static final int FIRST_STREAM = 2001;
    private static final int LAST_STREAM = 2016;
    private static final int BUFFER_BYTES = 64 * 1024;

    @Option(
            names = "--channel",
            paramLabel = "URI",
            defaultValue = "aeron:udp?endpoint=localhost:2" + EdgeAddress.STREAM,
            description = "The Aeron channel, where {stream} is the number of the stream; ${DEFAULT-VALUE} otherwise.")
    private String channel;

    @Option(
            names = "--stream",
            paramLabel = "ID",
            split = ",",
            description = "One or more streams in it; " + FIRST_STREAM + " to " + LAST_STREAM + " otherwise.")
    private List<Integer> streams;

    @Option(names = "--count", paramLabel = "N", description = "End after so many events.")
    private long count;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "End when nothing came for so long; then it exits 1 if --count was not reached.")
    private Duration timeout;

    @Option(names = "--graph", paramLabel = "NAME", description = "The graph that a cluster runs.")
    private String graph;

    @Option(names = "--target", paramLabel = "NAME", description = "Which of its targets; one consumer to each.")
    private String target;

    @Option(
            names = "--position",
            paramLabel = "FILE",
            description =
                    "Where it keeps how far it has come in a cluster's target; otherwise it begins with all there is.")
    private Path position;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private ChannelOptions driver;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        final List<IngressAdapter> adapters = new ArrayList<>();
        try (AeronDriver aeron = driver.openDriver()) {
            try {
                if (cluster.isWanted()) {
                    adapters.add(new RouteAdapter(consumer(aeron)));
                    return listen(adapters);
                }
                wanted().forEach(stream -> adapters.add(
                        new AeronIngressAdapter(aeron.client(), EdgeAddress.channelOf(channel, stream), stream)));
                return listen(adapters);
            } finally {
                CloseHelper.quietCloseAll(adapters);
            }
        }
    }

    private RouteConsumer consumer(final AeronDriver aeron) {
        if (graph == null || target == null || streams == null || streams.size() != 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--cluster needs --graph and --target, and the --stream that the members' profiles name for it");
        }
        return RouteConsumer.builder()
                .aeron(aeron.client())
                .channel(EdgeAddress.channelOf(channel, streams.get(0)), streams.get(0))
                .members(cluster.routes())
                .route(graph, target)
                .secret(cluster.clients())
                .positions(position == null ? ConsumerPositions.inMemory() : ConsumerPositions.inFile(position))
                .open();
    }

    private List<Integer> wanted() {
        return streams != null
                ? streams
                : IntStream.rangeClosed(FIRST_STREAM, LAST_STREAM).boxed().toList();
    }

    private int listen(final List<IngressAdapter> adapters) {
        // Bytes, not characters: System.out would encode them again.
        final OutputStream out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER_BYTES);
        final Listener listener = new Listener(adapters, out, count, this::tell);
        final StopSignals signals =
                StopSignals.install(() -> Runtime.getRuntime().halt(1));
        if (Terminal.isErr()) {
            tell("listening at " + channel + " stream "
                    + (streams == null
                            ? FIRST_STREAM + " to " + LAST_STREAM
                            : String.join(
                                    ", ", streams.stream().map(String::valueOf).toList()))
                    + "; Ctrl-C ends it");
        }
        try {
            final long received = listener.listen(timeout, signals::isStopWanted);
            tell("received " + Units.of(received, "event"));
            return count > 0 && received < count && !signals.isStopWanted() ? 1 : 0;
        } catch (final IOException | UncheckedIOException closed) {
            // Whoever read the pipe has seen enough, as in listen | head.
            return 0;
        }
    }

    private void tell(final String sentence) {
        final PrintWriter err = spec.commandLine().getErr();
        err.println("pinion: " + sentence);
        err.flush();
    }
}
