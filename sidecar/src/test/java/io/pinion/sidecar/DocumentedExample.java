package io.pinion.sidecar;

import io.pinion.engine.Environment;
import io.pinion.engine.Graph;
import io.pinion.testkit.GraphTester;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A block of Java in {@code docs/operators.md}, compiled as it stands there, in the middle of a graph: what comes before the
 * first line that begins with a dot makes tables and keys, and then there are stages, or a whole route.
 */
final class DocumentedExample {
    private static final Path DOCUMENT = PinionProcess.home().resolve("docs/operators.md");
    private static final Pattern PART = Pattern.compile("(?m)^(?:#+ (.+)|```(\\w*)\\n((?s:.*?)\\n)```)$");

    private static final String BEFORE = """
            package documented;

            import static documented.Example.Event.Kind.*;
            import static io.pinion.engine.Policy.*;
            import static io.pinion.operators.Join.*;
            import static java.time.Duration.*;
            import static java.util.concurrent.TimeUnit.*;
            import static io.pinion.engine.StageHarness.Outcome.DROPPED;
            import static org.assertj.core.api.Assertions.assertThat;
            import io.pinion.configs.*;
            import io.pinion.engine.*;
            import io.pinion.operators.*;
            import java.nio.file.Path;
            %s
            public final class Example {
                public static final class Event {
                    public enum Kind { VOTE, CORRECTION, COMPLETION, THUMB }
                    public long id, at, eventId, userId, user, item, answerId, dwellMs;
                    public int price;
                    public double score;
                    public boolean consent;
                    public Kind kind = Kind.VOTE;
                    public final Text session = new Text(), text = new Text(), model = new Text(), locale = new Text();
                    public final Text itemKey = new Text(), prompt = new Text();
                }
                public static final class Item {
                    public long id, from;
                    public int price;
                    public boolean gone;
                    public final Text itemKey = new Text();
                }
                public static final class User {
                    public long userId;
                }
                public static final class Answer {
                    public long id;
                    public final Text prompt = new Text();
                }
            """;

    private static final String ONE_TARGET = """
                        .route(routes -> routes.otherwise().to("out"))
                        .to("out", env.egress("out"), block())
            """;

    private final Class<?> compiled;

    private DocumentedExample(final Class<?> compiled) {
        this.compiled = compiled;
    }

    /** The blocks of a language, by the heading they stand under. */
    static Map<String, List<String>> blocks(final String language) {
        final Map<String, List<String>> blocks = new LinkedHashMap<>();
        final Matcher part = PART.matcher(read());
        String heading = "";
        while (part.find()) {
            if (part.group(1) != null) {
                heading = part.group(1);
            } else if (part.group(2).equals(language)) {
                blocks.computeIfAbsent(heading, none -> new ArrayList<>()).add(part.group(3));
            }
        }
        return blocks;
    }

    private static String read() {
        try {
            return Files.readString(DOCUMENT);
        } catch (final IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    /** The stages of the block under a heading, each as a graph of its own: those of one block are alternatives. */
    static List<GraphTester<Object>> stagesOf(final Path folder, final String heading) {
        return stagesOf(folder, blocks("java").get(heading).get(0), "");
    }

    /** The same of a block, with more behind it. */
    static List<GraphTester<Object>> stagesOf(final Path folder, final String block, final String more) {
        final String chain = chainOf(block) + more;
        final List<GraphTester<Object>> graphs = new ArrayList<>();
        for (final String stage : chain.split("(?m)^(?=\\.then\\()")) {
            graphs.add(graph(folder, block, stage + ONE_TARGET));
        }
        return graphs;
    }

    /** The block under a heading as all that follows the ingress. */
    static GraphTester<Object> routeOf(final Path folder, final String heading) {
        final String block = blocks("java").get(heading).get(0);
        return graph(folder, block, chainOf(block));
    }

    /** Runs the block under a heading as statements, after these. */
    static void run(final Path folder, final String heading, final String first) throws ReflectiveOperationException {
        final String block = blocks("java").get(heading).get(0);
        compile(folder, "public static void run() {\n" + first + block + "}\n")
                .compiled
                .getMethod("run")
                .invoke(null);
    }

    private static String chainOf(final String block) {
        final Matcher chain = Pattern.compile("(?ms)^\\..*").matcher(block);
        return chain.find() ? chain.group() : "";
    }

    private static GraphTester<Object> graph(final Path folder, final String block, final String chain) {
        final String first =
                block.substring(0, block.length() - chainOf(block).length()).replace("…\n", "");
        final DocumentedExample example = compile(folder, """
                    public static Graph<Event> graph(Environment env) {
                %s
                        return Graph.of(Event::new)
                        .from(env.ingress("in"))
                %s
                        .build();
                    }
                """.formatted(first, chain));
        return GraphTester.of(example::graphOf);
    }

    private static DocumentedExample compile(final Path folder, final String body) {
        final String imports = blocks("java").get("Operators").get(0);
        // The keys are where a test may write.
        final String source = (BEFORE.formatted(imports) + body + "}\n")
                .replace("\"/etc/pinion/", "\"" + folder.toAbsolutePath() + "/");
        final Path file = Sources.write(folder, "Example.java", source);
        try {
            return new DocumentedExample(new SourceCompiler(List.of())
                    .compile(file)
                    .loader(DocumentedExample.class.getClassLoader())
                    .loadClass("documented.Example"));
        } catch (final ClassNotFoundException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @SuppressWarnings("unchecked")
    private Graph<Object> graphOf(final Environment env) {
        try {
            final Method method = compiled.getMethod("graph", Environment.class);
            return (Graph<Object>) method.invoke(null, env);
        } catch (final ReflectiveOperationException failed) {
            throw new AssertionError(failed);
        }
    }
}
