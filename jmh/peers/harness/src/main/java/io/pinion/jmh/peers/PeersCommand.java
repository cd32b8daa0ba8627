package io.pinion.jmh.peers;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.pinion.jmh.rig.Additions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures the peers, each in processes of its own, in turn. */
@Command(
        name = "peers",
        description = {
            "The job of the benchmarks on Pinion, the plain loop and other engines, each in processes of its own, in turn.",
            "Outputs are compared with the plain loop's before a figure counts. Exits 1 where one's differ."
        })
public final class PeersCommand implements Callable<Integer> {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    private boolean help;

    @Option(
            names = "--forks",
            paramLabel = "N",
            defaultValue = "3",
            description = "Processes for each; medians are told. Default: ${DEFAULT-VALUE}.")
    private int forks;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "2",
            description = "How long each measurement takes. Default: ${DEFAULT-VALUE}.")
    private double seconds;

    @Option(
            names = "--warm-up",
            paramLabel = "S",
            defaultValue = "3",
            description = "How long each is warmed up. Default: ${DEFAULT-VALUE}.")
    private double warmUpSeconds;

    @Option(
            names = "--only",
            paramLabel = "PEER",
            split = ",",
            description = "Only these, such as loop,pinion,jet-keyed.")
    private List<String> only;

    @Option(
            names = "--check",
            description = "Only compare the outputs of 800,000 events; the first repeats come after 500,000.")
    private boolean check;

    @Option(names = "--out", paramLabel = "FILE", description = "Where the results go, as JSON.")
    private Path out;

    @Spec
    private CommandSpec spec;

    /** Made by picocli. */
    PeersCommand() {}

    /**
     * Runs it.
     *
     * @param args see {@code --help}.
     */
    public static void main(final String[] args) {
        System.exit(new CommandLine(new PeersCommand()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        final List<Contender> contenders = contenders();
        final PeerFork fork = new PeerFork(Jars.here(), check ? Plan.CHECK : new Plan(warmUpSeconds, seconds));
        final Map<Contender, PeerResult> results = new EnumMap<>(Contender.class);
        contenders.forEach(contender -> results.put(contender, new PeerResult(contender)));
        final PrintWriter err = spec.commandLine().getErr();
        Additions.mostNs(); // compiled from here on
        for (int i = 0; i < (check ? 1 : forks); i++) {
            for (final Contender contender : contenders) {
                final double beforeNs = Additions.mostNs();
                final ForkResult result = fork.run(contender);
                results.get(contender).add(result, Math.max(beforeNs, Additions.mostNs()));
                err.println(Table.line(contender, i + 1, result));
                err.flush();
            }
        }
        if (out != null) {
            new ObjectMapper()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .writeValue(out.toFile(), PeerResult.toJson(results.values()));
        }
        final PrintWriter printed = spec.commandLine().getOut();
        if (!check) {
            Table.print(results.values(), printed);
        }
        printed.flush();
        return results.values().stream().allMatch(PeerResult::isRight) ? 0 : 1;
    }

    private List<Contender> contenders() {
        if (forks < 1 || seconds <= 0 || warmUpSeconds < 0) {
            throw new ParameterException(
                    spec.commandLine(), "Use at least one fork, more than 0 seconds, and no negative warm-up.");
        }
        try {
            return only == null
                    ? List.of(Contender.values())
                    : only.stream().map(Contender::of).toList();
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
