package io.pinion.sidecar;

import io.pinion.engine.GraphException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code pinion check}: says what a graph is, or what is wrong with it, and runs nothing. */
@Command(
        name = "check",
        description = {
            "Shows what a graph is and how it would run here, or says what is wrong with it (then it exits 1).",
            "Nothing is started; tables are read, so that a wrong row is found now."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExamples:%n",
        footer = {
            "  pinion check Reviews",
            "  pinion check Clicks --table items=items.jsonl",
            "  pinion check Mine.java --profile low-latency --cores 2,3,4"
        })
final class CheckCommand implements Callable<Integer> {
    @Mixin
    private GraphOptions options;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        final Deployment<?> deployment = Deployment.of(options, null);
        final List<String> problems = deployment.problems(false);
        if (!problems.isEmpty()) {
            throw new GraphException(problems);
        }
        final List<TableLoader.Loaded> tables = deployment.loadTables();
        spec.commandLine().getOut().print(new Outline(deployment, tables).text());
        return 0;
    }
}
