package io.pinion.sidecar;

import io.pinion.engine.Environment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pinion replay}: runs a graph over a file. */
@Command(
        name = "replay",
        description = {
            "Runs a graph over a file of JSON lines, as fast as it can: the same input gives the same output.",
            "Each target becomes DIR/TARGET.jsonl, and what could not be processed DIR/dead-letters.jsonl."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  pinion replay Reviews --in reviews.jsonl.gz --out out",
            "  pinion replay Clicks --in clicks.jsonl.gz --table items=items.jsonl --out out --report out/report.json",
            "  zcat *.gz | pinion replay Mine.java --in - --out out --force"
        })
final class ReplayCommand implements Callable<Integer> {
    private static final String STANDARD_INPUT = "-";

    @Mixin
    private GraphOptions options;

    @Option(
            names = "--in",
            paramLabel = "FILE",
            required = true,
            description = "The events: JSON lines, gzipped where the name ends in .gz; - is standard input.")
    private String in;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Where the outputs are written.")
    private Path out;

    @Option(names = "--report", paramLabel = "FILE", description = "Write the report there too, as JSON.")
    private Path report;

    @Option(names = "--force", description = "Write over outputs that are there already.")
    private boolean force;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        final Path file = in.equals(STANDARD_INPUT) ? null : Path.of(in);
        final Deployment<?> deployment = Deployment.of(options, Environment.ofNames());
        deployment.requireNoProblems();
        if (file != null && !Files.exists(file)) {
            throw new SidecarException("there is no file " + file + " to replay.");
        }
        final ReplayOutputs outputs = new ReplayOutputs(out, deployment.graph());
        outputs.requireFree(file, report, force);

        final RunReport result = new Replay(deployment, file, System.in, outputs, force).run();
        spec.commandLine().getOut().print(TextReport.of(result));
        spec.commandLine().getOut().flush();
        if (report != null) {
            JsonReport.write(result, report);
        }
        return result.gaps().isEmpty() ? 0 : 1;
    }
}
