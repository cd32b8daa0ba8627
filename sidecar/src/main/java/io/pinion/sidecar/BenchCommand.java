package io.pinion.sidecar;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code pinion bench}, so that the help lists it: the launcher starts it, from the module that measures. */
@Command(
        name = "bench",
        description = "Measures Pinion beside its baselines on this machine, and holds it against its targets.")
final class BenchCommand implements Callable<Integer> {
    @Parameters(arity = "0..*", hidden = true)
    private String[] arguments;

    @Override
    public Integer call() {
        throw new SidecarException(
                "what measures is not in this jar: run ./pinion bench in a checkout of Pinion's sources.");
    }
}
