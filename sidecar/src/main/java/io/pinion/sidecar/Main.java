package io.pinion.sidecar;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line: {@code pinion COMMAND}. */
@Command(
        name = "pinion",
        description = "Filters, dedupes, enriches and routes events beside the programs that produce them.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = VersionText.class,
        footerHeading = "%nExamples:%n",
        footer = {
            "  pinion demo                                     the main job, in ten seconds",
            "  pinion check Reviews                            what the graph Reviews is",
            "  pinion replay Mine.java --in in.jsonl --out d   run a graph of one's own over a file",
            "  pinion run Mine.java                            run it live; then, elsewhere:",
            "    pinion listen                                   print what comes out",
            "    pinion send --in in.jsonl                       send what goes in",
            "",
            "Every command explains itself: pinion COMMAND --help"
        })
public final class Main implements Runnable {
    /** By name, in the order of the help. Only the one that is asked for is built: each takes a tenth of a start. */
    private static final Map<String, Class<?>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("demo", DemoCommand.class);
        COMMANDS.put("check", CheckCommand.class);
        COMMANDS.put("replay", ReplayCommand.class);
        COMMANDS.put("run", RunCommand.class);
        COMMANDS.put("send", SendCommand.class);
        COMMANDS.put("listen", ListenCommand.class);
        COMMANDS.put("snapshot", SnapshotCommand.class);
        COMMANDS.put("seed", SeedCommand.class);
        COMMANDS.put("chaos", ChaosCommand.class);
        COMMANDS.put("bench", BenchCommand.class);
        COMMANDS.put("demo-producer", DemoProducerCommand.class);
    }

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "With an error, show where in the code it happened.")
    private boolean verbose;

    private CommandLine commandLine;

    private Main() {}

    /**
     * Runs one command and exits: 0 when it did what it was asked to, 1 when it could not, 2 when it was asked wrongly.
     *
     * @param args the command and its options.
     */
    public static void main(final String[] args) {
        final PrintWriter err = writer(System.err);
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> tell(failure, args, err));
        try {
            System.exit(run(args, writer(System.out), err));
        } catch (final VirtualMachineError | LinkageError fatal) {
            tell(fatal, args, err);
            System.exit(CommandLine.ExitCode.SOFTWARE);
        }
    }

    private static void tell(final Throwable failure, final String[] args, final PrintWriter err) {
        err.println(ErrorPrinter.sentence(failure));
        if (List.of(args).contains("--verbose")) {
            failure.printStackTrace(err);
        }
        err.flush();
    }

    /** Runs one command; what {@link #main} does, without its exit. */
    static int run(final String[] args, final PrintWriter out, final PrintWriter err) {
        final Main main = new Main();
        final CommandLine commandLine = new CommandLine(main);
        final Class<?> wanted = args.length == 0 ? null : COMMANDS.get(args[0]);
        (wanted == null ? COMMANDS.values() : List.of(wanted)).forEach(commandLine::addSubcommand);
        main.commandLine = commandLine;
        final ErrorPrinter errors = new ErrorPrinter(main);
        final int code = commandLine
                .setOut(out)
                .setErr(err)
                .setColorScheme(CommandLine.Help.defaultColorScheme(Terminal.isOut() ? Ansi.ON : Ansi.OFF))
                .setExecutionExceptionHandler(errors)
                .setParameterExceptionHandler(errors)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(100)
                .execute(args);
        out.flush();
        err.flush();
        return code;
    }

    private static PrintWriter writer(final java.io.PrintStream stream) {
        return new PrintWriter(stream, false, StandardCharsets.UTF_8);
    }

    boolean isVerbose() {
        return verbose;
    }

    /** Without a command it explains itself. */
    @Override
    public void run() {
        commandLine.usage(commandLine.getOut());
    }
}
