package io.pinion.sidecar;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * Finds the class that a user means by GRAPH: one of ours by its simple name, one on the class path, one in a jar, or one
 * in a {@code .java} file, which is compiled.
 */
final class GraphLoader {
    private static final String JAVA = ".java";
    private static final String JAR = ".jar";

    private final List<Path> classPath;

    /**
     * Makes one.
     *
     * @param classPath jars and directories of classes, besides Pinion's own.
     */
    GraphLoader(final List<Path> classPath) {
        this.classPath = List.copyOf(classPath);
        for (final Path entry : classPath) {
            if (!Files.exists(entry)) {
                throw new SidecarException("--class-path names " + entry + ", which does not exist.");
            }
        }
    }

    /** One of the graphs that come with Pinion, by its simple name. */
    static GraphClass shipped(final String name) {
        return new GraphLoader(List.of()).bySimpleName(name);
    }

    /**
     * Finds a graph.
     *
     * @param graph as it was written on the command line.
     * @return its class.
     * @throws SidecarException when there is none, with what there is.
     */
    GraphClass load(final String graph) {
        if (graph.endsWith(JAVA)) {
            return fromSource(Path.of(graph));
        }
        final int jarEnd = graph.indexOf(JAR + ":");
        if (jarEnd >= 0) {
            final int colon = jarEnd + JAR.length();
            return fromJar(Path.of(graph.substring(0, colon)), graph.substring(colon + 1));
        }
        if (graph.endsWith(JAR)) {
            return fromJar(Path.of(graph), null);
        }
        if (graph.contains(File.separator)) {
            throw new SidecarException("\"" + graph + "\" is no graph: name a .java file, a .jar, or a class.");
        }
        return graph.indexOf('.') >= 0 ? fromClass(graph, loader(List.of()), graph) : bySimpleName(graph);
    }

    private GraphClass bySimpleName(final String name) {
        final ClassLoader loader = loader(List.of());
        final List<String> shipped = ShippedGraphs.names(loader);
        if (shipped.contains(name)) {
            return fromClass(ShippedGraphs.PACKAGE + "." + name, loader, name);
        }
        if (!classPath.isEmpty() && isThere(name, loader)) {
            return fromClass(name, loader, name);
        }
        final Path file = Path.of(name + JAVA);
        if (Files.exists(file)) {
            throw new SidecarException("there is no graph " + name + "; did you mean the file " + file + "?");
        }
        throw new SidecarException("there is no graph " + name + "; there "
                + (shipped.size() == 1 ? "is " : "are ") + String.join(", ", shipped)
                + DidYouMean.endOfSentence(name, shipped));
    }

    private GraphClass fromSource(final Path file) {
        requireFile(file);
        final CompiledSource compiled = new SourceCompiler(classPath).compile(file);
        final List<GraphClass> graphs = new ArrayList<>();
        final ClassLoader loader = compiled.loader(loader(List.of()));
        for (final String className : compiled.classNames()) {
            addIfGraph(className, loader, file.toString(), graphs);
        }
        return onlyOne(graphs, file, "keep one in the file");
    }

    private GraphClass fromJar(final Path jar, final String className) {
        requireFile(jar);
        final ClassLoader loader = loader(List.of(jar));
        if (className != null) {
            return fromClass(className, loader, jar + ":" + className);
        }
        final List<GraphClass> graphs = new ArrayList<>();
        for (final String name : classesIn(jar)) {
            addIfGraph(name, loader, jar.toString(), graphs);
        }
        return onlyOne(
                graphs,
                jar,
                "say which, as in " + jar + ":"
                        + (graphs.isEmpty() ? "com.acme.MyGraph" : graphs.get(0).className()));
    }

    private static GraphClass onlyOne(final List<GraphClass> graphs, final Path file, final String advice) {
        if (graphs.isEmpty()) {
            throw new SidecarException(
                    "there is no graph in " + file + ": none of its classes has " + GraphClass.SIGNATURE + ".");
        }
        if (graphs.size() > 1) {
            throw new SidecarException("there are " + graphs.size() + " graphs in " + file + ", "
                    + String.join(
                            ", ", graphs.stream().map(GraphClass::className).toList()) + ": " + advice + ".");
        }
        return graphs.get(0);
    }

    private GraphClass fromClass(final String className, final ClassLoader loader, final String origin) {
        try {
            final GraphClass graph = GraphClass.of(Class.forName(className, false, loader), origin);
            if (graph == null) {
                throw new SidecarException("the class " + className + " has no " + GraphClass.SIGNATURE + ".");
            }
            return graph;
        } catch (final ClassNotFoundException none) {
            throw new SidecarException(
                    "there is no class " + className + (origin.contains(JAR) ? " in that jar" : " on the class path")
                            + ": check its name" + (origin.contains(JAR) ? "." : ", or add its jar with --class-path."),
                    none);
        } catch (final LinkageError unloadable) {
            throw new SidecarException(
                    "the class " + className + " can't be loaded (" + unloadable
                            + "): add what it needs with --class-path.",
                    unloadable);
        }
    }

    private static void addIfGraph(
            final String className, final ClassLoader loader, final String origin, final List<GraphClass> graphs) {
        try {
            final GraphClass graph = GraphClass.of(Class.forName(className, false, loader), origin);
            if (graph != null) {
                graphs.add(graph);
            }
        } catch (final ClassNotFoundException | LinkageError unloadable) {
            // One that can't be loaded is none that could be run: a jar may hold classes for libraries that are not
            // here.
            return;
        }
    }

    private static boolean isThere(final String className, final ClassLoader loader) {
        try {
            Class.forName(className, false, loader);
            return true;
        } catch (final ClassNotFoundException none) {
            return false;
        }
    }

    private static List<String> classesIn(final Path file) {
        try (JarFile jar = new JarFile(file.toFile())) {
            return jar.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.endsWith(".class"))
                    .filter(name -> !name.startsWith("META-INF/") && !name.endsWith("module-info.class"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .sorted()
                    .toList();
        } catch (final IOException unreadable) {
            throw new SidecarException(file + " is no jar (" + unreadable.getMessage() + ").", unreadable);
        }
    }

    private static void requireFile(final Path file) {
        if (!Files.exists(file)) {
            throw new SidecarException("there is no file " + file + ".");
        }
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new SidecarException(file + " can't be read as a file.");
        }
    }

    /** Lives as long as the process: the graph's classes are loaded from it when they are first needed. */
    private ClassLoader loader(final List<Path> more) {
        final ClassLoader parent = GraphLoader.class.getClassLoader();
        final List<Path> entries = new ArrayList<>(more);
        entries.addAll(classPath);
        return entries.isEmpty()
                ? parent
                : new URLClassLoader(entries.stream().map(GraphLoader::url).toArray(URL[]::new), parent);
    }

    private static URL url(final Path entry) {
        try {
            return entry.toUri().toURL();
        } catch (final MalformedURLException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** What {@code --class-path} says, cut at the separators. */
    static List<Path> parseClassPath(final String text) {
        return text == null || text.isBlank()
                ? List.of()
                : Arrays.stream(text.split(File.pathSeparator))
                        .filter(entry -> !entry.isBlank())
                        .map(Path::of)
                        .toList();
    }
}
