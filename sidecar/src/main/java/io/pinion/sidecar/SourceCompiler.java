package io.pinion.sidecar;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles one {@code .java} file in memory, so that a graph is edited and run like a configuration file. */
final class SourceCompiler {
    private static final int MOST_ERRORS = 10;

    private final List<Path> classPath;

    SourceCompiler(final List<Path> classPath) {
        this.classPath = classPath;
    }

    /**
     * Compiles.
     *
     * @param file the source; any package, any number of classes.
     * @return its classes.
     * @throws SidecarException with each error, its line and a caret.
     */
    CompiledSource compile(final Path file) {
        final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new SidecarException("there is no compiler for " + file + " in " + System.getProperty("java.home")
                    + ": run Pinion on a JDK, not on a Java without its compiler.");
        }
        final DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        final StandardJavaFileManager files =
                compiler.getStandardFileManager(found, Locale.ROOT, StandardCharsets.UTF_8);
        final CompiledSource compiled = new CompiledSource(files);
        // No annotation processor that happens to be on the class path runs, and warnings are for an IDE.
        final List<String> options = List.of("-cp", wholeClassPath(), "-proc:none", "-Xlint:none", "-nowarn", "-g");
        final boolean good = compiler.getTask(null, compiled, found, options, null, files.getJavaFileObjects(file))
                .call();
        if (!good) {
            throw new SidecarException(describe(file, found.getDiagnostics()));
        }
        return compiled;
    }

    private String wholeClassPath() {
        return Stream.concat(classPath.stream().map(Path::toString), Stream.of(System.getProperty("java.class.path")))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String describe(final Path file, final List<Diagnostic<? extends JavaFileObject>> found) {
        final List<Diagnostic<? extends JavaFileObject>> errors = found.stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .toList();
        final List<String> lines = new ArrayList<>();
        lines.add(file + " does not compile:");
        errors.stream().limit(MOST_ERRORS).forEach(error -> addError(file, error, lines));
        if (errors.size() > MOST_ERRORS) {
            lines.add("and " + Units.of(errors.size() - MOST_ERRORS, "error") + " more");
        }
        return String.join("\n", lines);
    }

    private static void addError(
            final Path file, final Diagnostic<? extends JavaFileObject> error, final List<String> lines) {
        final String[] message = error.getMessage(Locale.ROOT).split("\n");
        if (error.getSource() == null || error.getPosition() == Diagnostic.NOPOS) {
            lines.add(file + ": " + String.join(" ", message));
            return;
        }
        final Path source = error.getSource().getName().equals(file.toString())
                ? file
                : Path.of(error.getSource().getName());
        lines.add(source + ":" + error.getLineNumber() + ": " + message[0]);
        lines.addAll(lineAndCaret(error));
        for (int i = 1; i < message.length; i++) {
            lines.add("  " + message[i].stripTrailing());
        }
    }

    private static List<String> lineAndCaret(final Diagnostic<? extends JavaFileObject> error) {
        final String source;
        try {
            source = error.getSource().getCharContent(true).toString();
        } catch (final IOException unreadable) {
            throw new SidecarException(Objects.toString(unreadable.getMessage()), unreadable);
        }
        final int at = (int) Math.min(error.getPosition(), source.length());
        final int begin = source.lastIndexOf('\n', at - 1) + 1;
        final int newline = source.indexOf('\n', at);
        final String line = source.substring(begin, newline < 0 ? source.length() : newline);
        // A tab stays a tab, so that the caret stands right however wide it is shown.
        final String indent = source.substring(begin, at).replaceAll("[^\t]", " ");
        return List.of(line.stripTrailing(), indent + "^");
    }
}
