package io.pinion.sidecar;

import io.pinion.engine.EdgeException;
import io.pinion.engine.GraphException;
import io.pinion.sidecar.chaos.ChaosException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one sentence what went wrong; where it did only with {@code --verbose}. */
final class ErrorPrinter implements IExecutionExceptionHandler, IParameterExceptionHandler {
    private static final String OUT_OF_SHARED_MEMORY =
            "A buffer of Aeron's has found no room any more where the media driver keeps them, which is /dev/shm unless a"
                    + " directory was named: make that larger (docker run --shm-size=256m), or use a smaller termLength.";

    private final Main main;

    ErrorPrinter(final Main main) {
        this.main = main;
    }

    @Override
    public int handleExecutionException(
            final Exception exception, final CommandLine commandLine, final ParseResult parsed) {
        final PrintWriter err = commandLine.getErr();
        err.println(sentence(exception));
        if (main.isVerbose()) {
            exception.printStackTrace(err);
        }
        err.flush();
        return CommandLine.ExitCode.SOFTWARE;
    }

    @Override
    public int handleParseException(final ParameterException exception, final String[] args) {
        final CommandLine commandLine = exception.getCommandLine();
        final PrintWriter err = commandLine.getErr();
        final String message = lowerFirst(exception.getMessage().strip());
        err.println("pinion: " + message + guess(exception));
        err.println("Try: " + commandLine.getCommandSpec().qualifiedName() + " --help");
        if (main.isVerbose()) {
            exception.printStackTrace(err);
        }
        err.flush();
        return CommandLine.ExitCode.USAGE;
    }

    /** What to tell of a failure, the program's name before it. */
    static String sentence(final Throwable failure) {
        if (failure instanceof GraphException graph) {
            return "pinion: " + listed("the graph can't run:", graph.problems());
        }
        if (failure instanceof EdgeException edge) {
            return "pinion: " + messageOf(edge);
        }
        if (failure instanceof SidecarException || failure instanceof ChaosException) {
            return "pinion: " + failure.getMessage();
        }
        if (isOutOfSharedMemory(failure)) {
            return "pinion: " + OUT_OF_SHARED_MEMORY;
        }
        if (failure instanceof OutOfMemoryError) {
            return "pinion: " + failure.getMessage() + ": out of memory at "
                    + Units.sizeOf(Runtime.getRuntime().maxMemory())
                    + "; give it more with PINION_JAVA_OPTS=-Xmx…";
        }
        return "pinion: " + failure + " (a fault of Pinion; --verbose shows where)";
    }

    /** What an edge, or an engine that failed, has to say. */
    static String messageOf(final EdgeException failure) {
        return failure.getCause() != null && isOutOfSharedMemory(failure.getCause())
                ? OUT_OF_SHARED_MEMORY
                : failure.getMessage();
    }

    /** Buffers are mapped, and take their room as they are used: where there is none left, the JVM finds out anywhere. */
    private static boolean isOutOfSharedMemory(final Throwable failure) {
        return failure instanceof InternalError
                && String.valueOf(failure.getMessage()).contains("unsafe memory access");
    }

    /** One problem as a sentence, several as a list. */
    static String listed(final String heading, final List<String> problems) {
        if (problems.size() == 1) {
            return problems.get(0);
        }
        return heading + "\n  - " + String.join("\n  - ", problems);
    }

    private static String guess(final ParameterException exception) {
        if (!(exception instanceof UnmatchedArgumentException unmatched)
                || unmatched.getUnmatched().isEmpty()) {
            return "";
        }
        final CommandLine commandLine = exception.getCommandLine();
        final List<String> known =
                new ArrayList<>(commandLine.getCommandSpec().optionsMap().keySet());
        known.addAll(commandLine.getSubcommands().keySet());
        final String end = DidYouMean.endOfSentence(unmatched.getUnmatched().get(0), known);
        return end.equals(".") ? "" : end;
    }

    private static String lowerFirst(final String message) {
        return message.isEmpty() ? message : Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }
}
