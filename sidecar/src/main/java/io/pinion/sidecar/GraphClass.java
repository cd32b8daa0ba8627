package io.pinion.sidecar;

import io.pinion.engine.Environment;
import io.pinion.engine.Graph;
import io.pinion.engine.GraphException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;

/** A class that describes a graph: one that has {@code public static Graph<?> graph(Environment env)}. */
final class GraphClass {
    static final String SIGNATURE = "public static Graph<…> graph(Environment env)";

    private static final String METHOD = "graph";
    /** Frames of these are never the user's. */
    private static final List<String> NOT_THE_USERS = List.of(
            "java.", "javax.", "jdk.", "sun.", "io.pinion.engine.", "io.pinion.operators.", "io.pinion.sidecar.");

    private final Class<?> type;
    private final Method method;
    private final String origin;

    private GraphClass(final Class<?> type, final Method method, final String origin) {
        this.type = type;
        this.method = method;
        this.origin = origin;
    }

    /**
     * Looks at a class.
     *
     * @param type   the class.
     * @param origin where it was found, as the user named it.
     * @return null when it describes no graph.
     */
    static GraphClass of(final Class<?> type, final String origin) {
        final Method method;
        try {
            method = type.getDeclaredMethod(METHOD, Environment.class);
        } catch (final NoSuchMethodException none) {
            return null;
        }
        final int modifiers = method.getModifiers();
        return Modifier.isPublic(modifiers)
                        && Modifier.isStatic(modifiers)
                        && Graph.class.isAssignableFrom(method.getReturnType())
                ? new GraphClass(type, method, origin)
                : null;
    }

    /** What reports call it. */
    String name() {
        return type.getSimpleName();
    }

    String className() {
        return type.getName();
    }

    String origin() {
        return origin;
    }

    /**
     * Builds the graph, anew each time: a graph runs once.
     *
     * @param environment the names there are.
     * @return the graph.
     * @throws SidecarException when the user's method fails.
     * @throws GraphException   when the graph is wrong.
     */
    Graph<?> build(final Environment environment) {
        try {
            method.setAccessible(true);
            final Object graph = method.invoke(null, environment);
            if (graph == null) {
                throw new SidecarException(name() + ".graph(…) returned null: it has to return the graph.");
            }
            return (Graph<?>) graph;
        } catch (final IllegalAccessException closed) {
            throw new SidecarException(
                    "the class " + className() + " can't be used from here: make it public, in a package that is open.",
                    closed);
        } catch (final InvocationTargetException thrown) {
            throw refusal(thrown.getCause());
        } catch (final LinkageError unloadable) {
            throw refusal(unloadable);
        }
    }

    private RuntimeException refusal(final Throwable thrown) {
        final Throwable cause =
                thrown instanceof ExceptionInInitializerError && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof GraphException wrong) {
            return wrong;
        }
        if (cause instanceof NoClassDefFoundError missing) {
            return new SidecarException(
                    "the graph " + name() + " needs the class "
                            + missing.getMessage().replace('/', '.')
                            + ", which is not there: name the jar or directory it is in with --class-path.",
                    cause);
        }
        return new SidecarException("the graph " + name() + " threw " + cause + whereIn(cause) + ".", cause);
    }

    private static String whereIn(final Throwable cause) {
        return Arrays.stream(cause.getStackTrace())
                .filter(frame -> frame.getFileName() != null)
                .filter(frame -> NOT_THE_USERS.stream().noneMatch(frame.getClassName()::startsWith))
                .findFirst()
                .map(frame -> " at " + frame.getFileName() + ":" + frame.getLineNumber())
                .orElse("");
    }
}
