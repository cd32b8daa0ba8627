package io.pinion.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LauncherIT {
    @TempDir
    private Path folder;

    @Test
    void shouldWorkThroughASymbolicLinkFromAnotherFolder() throws IOException {
        final Path link = Files.createSymbolicLink(
                folder.resolve("linked"), PinionProcess.home().resolve("pinion"));
        Sources.ratings(folder);

        final CommandResult check = run(Map.of(), link.toString(), "check", "Ratings.java");
        assertThat(check.err()).isEmpty();
        assertThat(check.exitCode()).isZero();
        assertThat(check.out()).startsWith("Ratings  (Ratings)\n");
    }

    @Test
    void shouldHandMoreFlagsToTheJvm() {
        final CommandResult version =
                run(Map.of("PINION_JAVA_OPTS", "-Xmx64m -XshowSettings:vm"), launcher(), "--version");

        assertThat(version.err()).contains("Max. Heap Size: 64.00M");
    }

    @Test
    void shouldLetTheCollectorBeChosen() {
        final CommandResult version = run(
                Map.of("PINION_JAVA_OPTS", "-XX:+UseParallelGC -XX:+PrintCommandLineFlags"), launcher(), "--version");

        assertThat(version.exitCode()).as(version.err() + version.out()).isZero();
        assertThat(version.out()).contains("-XX:+UseParallelGC").doesNotContain("-XX:+UseSerialGC");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "unset",
            value = {
                "unset, '', glibc.malloc.hugetlb=1",
                "glibc.malloc.arena_max=2, '', glibc.malloc.arena_max=2",
                "'', '', ''",
                "unset, -XX:-UseTransparentHugePages, unset"
            })
    void shouldAskForHugePagesOutsideTheHeapUnlessToldOtherwise(
            final String tunables, final String javaOptions, final String expected) {
        Sources.ratingsWith(
                folder,
                "public final class Ratings {",
                "public final class Ratings { static { System.err.print(System.getenv(\"GLIBC_TUNABLES\")); }");
        final List<String> command = new ArrayList<>(List.of("env"));
        command.addAll(tunables == null ? List.of("-u", "GLIBC_TUNABLES") : List.of("GLIBC_TUNABLES=" + tunables));
        command.addAll(List.of(launcher(), "check", "Ratings.java"));

        assertThat(run(Map.of("PINION_JAVA_OPTS", javaOptions), command.toArray(new String[0]))
                        .err())
                .isEqualTo(String.valueOf(expected));
    }

    /** Mostly one module of several changes; and the JVM maps no archive where any jar is another. */
    @Test
    void shouldLayItsClassesOutAnewWhenAnyOfItsJarsHasChanged() throws IOException {
        final Instant now = Instant.now();
        final Path target = folder.resolve("home/sidecar/target");
        final String copy = copyTo(target, now.minusSeconds(60));
        assertLaidOutAndMapped(copy);

        for (final Path laidOut : files(target.resolve("launcher"))) {
            Files.setLastModifiedTime(laidOut, FileTime.from(now.minusSeconds(40)));
        }
        final Path engine = files(target.resolve("lib")).stream()
                .filter(jar -> jar.getFileName().toString().startsWith("pinion-engine"))
                .findFirst()
                .orElseThrow();
        Files.setLastModifiedTime(engine, FileTime.from(now.minusSeconds(20)));

        final CommandResult unbuilt = run(
                Map.of("PINION_BUILD", "never", "PINION_JAVA_OPTS", "-XX:+PrintCommandLineFlags"), copy, "--version");
        assertThat(unbuilt.out()).contains("-XX:+UseSerialGC").doesNotContain("SharedArchiveFile");
        assertLaidOutAndMapped(copy);
    }

    /** With {@code -Xshare:on} the JVM does not start where it can't map the archive that it was told of. */
    private void assertLaidOutAndMapped(final String launcher) {
        final CommandResult version = run(
                Map.of("PINION_BUILD", "", "PINION_JAVA_OPTS", "-Xshare:on -XX:+PrintCommandLineFlags"),
                launcher,
                "--version");
        assertThat(version.exitCode()).as(version.err() + version.out()).isZero();
        assertThat(version.out()).contains("-XX:SharedArchiveFile=");
    }

    private static String copyTo(final Path target, final Instant built) throws IOException {
        final Path original = PinionProcess.home().resolve("sidecar/target");
        Files.createDirectories(target.resolve("lib"));
        Files.copy(original.resolve("pinion.jar"), target.resolve("pinion.jar"));
        for (final Path library : files(original.resolve("lib"))) {
            Files.copy(library, target.resolve("lib").resolve(library.getFileName()));
        }
        for (final Path directory : List.of(target, target.resolve("lib"))) {
            for (final Path jar : files(directory)) {
                Files.setLastModifiedTime(jar, FileTime.from(built));
            }
        }
        return Files.copy(Path.of(launcher()), target.resolve("../../pinion").normalize())
                .toString();
    }

    private static List<Path> files(final Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void shouldSayThatJavaHomeIsNoJdk() {
        final CommandResult version = run(Map.of("JAVA_HOME", folder.toString()), launcher(), "--version");

        assertThat(version.exitCode()).isEqualTo(1);
        assertThat(version.err())
                .isEqualTo("pinion: JAVA_HOME is " + folder
                        + ", and there is no JDK: point it at one of version 17 or newer, or unset it.\n");
    }

    @Test
    void shouldSayThatAJavaIsTooOld() throws IOException {
        final Path old = fakeJava("11.0.2");

        assertThat(run(Map.of("JAVA_HOME", old.toString()), launcher(), "--version")
                        .err())
                .startsWith("pinion: " + old + " is Java 11.0.2, and Pinion needs 17 or newer: install one");
    }

    @Test
    void shouldSayThatAJavaHasNoCompiler() throws IOException {
        final Path runtime = fakeJava("21.0.1");

        assertThat(run(Map.of("JAVA_HOME", runtime.toString()), launcher(), "--version")
                        .err())
                .startsWith("pinion: " + runtime + " is a Java without its compiler, and Pinion compiles graphs:");
    }

    @Test
    void shouldRunWithoutTheLauncherAndWithoutAWarning() {
        final CommandResult help = run(
                Map.of(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                PinionProcess.home().resolve("sidecar/target/pinion.jar").toString(),
                "check",
                "Reviews");

        assertThat(help.err()).isEmpty();
        assertThat(help.exitCode()).isZero();
    }

    @Test
    void shouldExplainItselfWithExamplesForEachCommand() {
        final String[] commands = {"check", "replay", "run", "send", "listen"};
        assertThat(PinionProcess.run(folder, "--help").out()).contains(commands).contains("bench");
        for (final String command : commands) {
            assertThat(PinionProcess.run(folder, command, "--help").out())
                    .contains("Usage: pinion " + command, "Examples:", "pinion " + command + " ");
        }
    }

    private CommandResult run(final Map<String, String> environment, final String... command) {
        try (PinionProcess process = PinionProcess.start(folder, environment, List.of(command))) {
            return process.awaitEnd();
        }
    }

    private static String launcher() {
        return PinionProcess.home().resolve("pinion").toString();
    }

    private Path fakeJava(final String version) throws IOException {
        final Path home = folder.resolve("java-" + version);
        final Path java = Sources.write(home.resolve("bin"), "java", "#!/bin/sh\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        Sources.write(home, "release", "JAVA_VERSION=\"" + version + "\"\n");
        return home;
    }
}
