package io.pinion.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pinion.engine.Environment;
import io.pinion.engine.Graph;
import io.pinion.engine.GraphException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphLoaderTest {
    private final GraphLoader loader = new GraphLoader(List.of());

    @TempDir
    private Path folder;

    @Test
    void shouldFindAGraphThatComesWithPinionByItsSimpleName() {
        final GraphClass graph = loader.load("Reviews");

        assertThat(graph.name()).isEqualTo("Reviews");
        assertThat(graph.className()).isEqualTo("io.pinion.configs.Reviews");
    }

    @Test
    void shouldFindAGraphByTheNameOfItsClass() {
        assertThat(loader.load("io.pinion.configs.Clicks").name()).isEqualTo("Clicks");
    }

    @Test
    void shouldNameTheGraphsThereAreWhenOneIsMisspelt() {
        assertThatThrownBy(() -> loader.load("Reveiws"))
                .isInstanceOf(SidecarException.class)
                .hasMessage(
                        "there is no graph Reveiws; there are Clicks, Feedback, Reviews; did you mean \"Reviews\"?");
    }

    @Test
    void shouldCompileAGraphFromASourceFile() {
        final GraphClass graph = loader.load(Sources.ratings(folder).toString());

        assertThat(graph.name()).isEqualTo("Ratings");
        assertThat(graph.build(Environment.ofNames()).stages()).hasSize(2);
    }

    @Test
    void shouldBuildANewGraphEachTime() {
        final GraphClass graph = loader.load(Sources.ratings(folder).toString());

        final Graph<?> first = graph.build(Environment.ofNames());
        assertThat(graph.build(Environment.ofNames())).isNotSameAs(first);
    }

    @Test
    void shouldCompileASourceFileOfAPackageThatItsFolderDoesNotShow() {
        final Path source = Sources.ratingsWith(
                folder,
                "import static io.pinion.engine.Policy",
                "package com.acme;\nimport static io.pinion.engine.Policy");

        assertThat(loader.load(source.toString()).className()).isEqualTo("com.acme.Ratings");
    }

    @Test
    void shouldShowAnErrorOfTheCompilerWithItsLineAndACaret() {
        final Path source = Sources.ratingsWith(folder, "rating.stars > 0", "rating.star > 0");

        assertThatThrownBy(() -> loader.load(source.toString()))
                .isInstanceOf(SidecarException.class)
                .hasMessage(String.join(
                        "\n",
                        source + " does not compile:",
                        source + ":16: cannot find symbol",
                        "            .then(filter(\"rated\", rating -> rating.star > 0))",
                        "                                                  ^",
                        "    symbol:   variable star",
                        "    location: variable rating of type Ratings.Rating"));
    }

    @Test
    void shouldKeepTabsBeforeTheCaretSoThatItStandsRight() {
        final Path source = Sources.write(folder, "Tabs.java", "class Tabs {\n\tint\tx = y;\n}\n");

        assertThatThrownBy(() -> loader.load(source.toString())).hasMessageContaining("\n\tint\tx = y;\n\t   \t    ^");
    }

    @Test
    void shouldSayWhatASourceFileWithoutAGraphLacks() {
        final Path source = Sources.write(folder, "Empty.java", "final class Empty {}");

        assertThatThrownBy(() -> loader.load(source.toString()))
                .hasMessage("there is no graph in " + source + ": none of its classes has public static Graph<…>"
                        + " graph(Environment env).");
    }

    @Test
    void shouldRefuseASourceFileOfTwoGraphs() {
        final Path source = Sources.ratingsWith(
                folder,
                "public final class Ratings {",
                "final class Other { public static Graph<?> graph(Environment env) { return null; } }\n"
                        + "public final class Ratings {");

        assertThatThrownBy(() -> loader.load(source.toString()))
                .hasMessage("there are 2 graphs in " + source + ", Other, Ratings: keep one in the file.");
    }

    @Test
    void shouldSayThatAFileIsNotThere() {
        assertThatThrownBy(() -> loader.load("nowhere/Mine.java")).hasMessage("there is no file nowhere/Mine.java.");
    }

    @Test
    void shouldNameTheLineOfTheUsersFileWhereItThrew() {
        final Path source =
                Sources.ratingsWith(folder, "return Graph.of", "String s = null; s.length(); return Graph.of");
        final GraphClass graph = loader.load(source.toString());

        assertThatThrownBy(() -> graph.build(Environment.ofNames()))
                .isInstanceOf(SidecarException.class)
                .hasMessageStartingWith("the graph Ratings threw java.lang.NullPointerException")
                .hasMessageEndingWith(" at Ratings.java:14.");
    }

    @Test
    void shouldHandOnWhatIsWrongWithTheGraph() {
        final Path source = Sources.ratingsWith(folder, "\"rated\"", "\"once\"");
        final GraphClass graph = loader.load(source.toString());

        assertThatThrownBy(() -> graph.build(Environment.ofNames()))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("Two stages are named \"once\"");
    }

    @Test
    void shouldFindTheOneGraphOfAJar() throws IOException {
        final Path jar = jarOf("one.jar", Sources.ratings(folder));

        assertThat(loader.load(jar.toString()).className()).isEqualTo("Ratings");
        assertThat(loader.load(jar + ":Ratings").build(Environment.ofNames()).stages())
                .hasSize(2);
    }

    @Test
    void shouldAskWhichOfSeveralGraphsOfAJar() throws IOException {
        final Path jar = jarOf(
                "two.jar",
                Sources.ratings(folder.resolve("a")),
                Sources.ratingsWith(
                        folder.resolve("b"),
                        "import static io.pinion.engine.Policy",
                        "package com.acme;\nimport static io.pinion.engine.Policy"));

        assertThatThrownBy(() -> loader.load(jar.toString()))
                .hasMessage("there are 2 graphs in " + jar + ", Ratings, com.acme.Ratings: say which, as in " + jar
                        + ":Ratings.");
        assertThat(loader.load(jar + ":com.acme.Ratings").className()).isEqualTo("com.acme.Ratings");
    }

    @Test
    void shouldRefuseAFileThatIsNoJar() {
        final Path jar = Sources.write(folder, "torn.jar", "PK");

        assertThatThrownBy(() -> loader.load(jar.toString())).hasMessageStartingWith(jar + " is no jar (");
    }

    @Test
    void shouldFindAClassInAJarOfTheClassPathOption() throws IOException {
        final Path jar = jarOf(
                "lib.jar",
                Sources.ratingsWith(
                        folder,
                        "import static io.pinion.engine.Policy",
                        "package com.acme;\nimport static io.pinion.engine.Policy"));

        assertThat(new GraphLoader(List.of(jar)).load("com.acme.Ratings").name())
                .isEqualTo("Ratings");
        assertThatThrownBy(() -> loader.load("com.acme.Ratings"))
                .hasMessage("there is no class com.acme.Ratings on the class path: check its name, or add its jar with"
                        + " --class-path.");
    }

    @Test
    void shouldCompileASourceFileAgainstTheClassPathOption() throws IOException {
        final Path jar = jarOf(
                "rules.jar",
                Sources.write(
                        folder,
                        "Rules.java",
                        "package com.acme; public class Rules { public static boolean good(int n) { return n > 0; } }"));
        final Path source = Sources.ratingsWith(folder, "rating.stars > 0", "com.acme.Rules.good(rating.stars)");

        final GraphClass graph = new GraphLoader(List.of(jar)).load(source.toString());
        assertThat(graph.build(Environment.ofNames()).stages()).hasSize(2);
    }

    @Test
    void shouldRefuseAClassWithoutTheMethod() {
        assertThatThrownBy(() -> loader.load("java.lang.String"))
                .hasMessage("the class java.lang.String has no public static Graph<…> graph(Environment env).");
    }

    @Test
    void shouldPointToTheSourceFileOfThatNameWhenOneIsMeant() {
        assertThatThrownBy(() -> loader.load("./Ratings"))
                .hasMessageContaining("name a .java file, a .jar, or a class");
    }

    private Path jarOf(final String name, final Path... sources) throws IOException {
        final Path jar = folder.resolve(name);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (final Path source : sources) {
                final CompiledSource compiled = new SourceCompiler(List.of()).compile(source);
                final ClassLoader classes = compiled.loader(null);
                for (final String className : compiled.classNames()) {
                    out.putNextEntry(new JarEntry(className.replace('.', '/') + ".class"));
                    try (InputStream in = classes.getResourceAsStream(className.replace('.', '/') + ".class")) {
                        in.transferTo(out);
                    }
                }
            }
        }
        return jar;
    }
}
