package io.pinion.sidecar.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a round does to the insides of a member's process: its network, its clock, its build. */
class BrokenMemberTest {
    private static final List<String> PINION = List.of("java", "-Xmx1g", "-cp", "pinion.jar", "Main");

    @TempDir
    private Path folder;

    @Test
    void shouldKeepADatagramUntilItsTimeAndLetALaterOneOvertake() {
        final LateDatagrams late = new LateDatagrams(1_000, 7);
        final List<Integer> sent = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            late.keep(ByteBuffer.allocate(4).putInt(0, i), 0);
        }
        for (long nowNs = 0; nowNs <= 1_000; nowNs++) {
            for (ByteBuffer due = late.poll(nowNs); due != null; due = late.poll(nowNs)) {
                sent.add(due.getInt());
            }
            if (nowNs == 500) {
                assertThat(sent).hasSizeBetween(1, 49);
            }
        }
        assertThat(sent)
                .hasSize(50)
                .doesNotHaveDuplicates()
                .isNotEqualTo(sent.stream().sorted().toList());
    }

    @Test
    void shouldTellMembersToLoseDatagramsAsTheSeedSays() {
        final List<String> command = MemberFlags.added(PINION, EnumSet.of(Scenario.Need.LOSS), new Dice(1));
        assertThat(command)
                .startsWith("java")
                .endsWith("-Xmx1g", "-cp", "pinion.jar", "Main")
                .contains("-Daeron.SendChannelEndpoint.supplier=io.aeron.driver.ext.DebugSendChannelEndpointSupplier")
                .anyMatch(flag -> flag.matches("-Daeron\\.debug\\.receive\\.data\\.loss\\.rate=0\\.0[1-5]"))
                .isEqualTo(MemberFlags.added(PINION, EnumSet.of(Scenario.Need.LOSS), new Dice(1)))
                .isNotEqualTo(MemberFlags.added(PINION, EnumSet.of(Scenario.Need.LOSS), new Dice(2)));
        assertThat(MemberFlags.added(PINION, EnumSet.of(Scenario.Need.MOUNT), new Dice(1)))
                .isEqualTo(PINION);
    }

    @Test
    void shouldSetTheClockOfAProcessAndNoOthers() throws Exception {
        assumeTrue(SteppedClock.isPossible(), "clocks can't be set here: it needs libfaketime");
        final SteppedClock clock = new SteppedClock(folder.resolve("clock"));
        clock.set(Duration.ofDays(-400));
        final ProcessBuilder date = new ProcessBuilder("date", "+%s");
        date.environment().putAll(clock.environment());
        final Process process = date.start();
        final long theirs = Long.parseLong(new String(process.getInputStream().readAllBytes()).strip());
        final long before = Instant.now().minus(Duration.ofDays(400)).getEpochSecond();
        assertThat(theirs).isBetween(before - 3_600, before + 3_600);
    }

    @Test
    void shouldCopyABuildWithTheJarsBesideIt() throws Exception {
        final Path jar = Files.writeString(folder.resolve("pinion.jar"), "jar");
        final Path classes = Files.createDirectories(folder.resolve("classes"));
        Files.writeString(classes.resolve("A.class"), "class");
        Files.writeString(Files.createDirectories(folder.resolve("lib")).resolve("b.jar"), "lib");
        final List<String> next = NextBuild.of(
                List.of("java", "-XX:SharedArchiveFile=old", "-cp", jar + File.pathSeparator + classes, "Main"),
                folder.resolve("next"));
        assertThat(next).startsWith("java", "-cp").endsWith("Main").hasSize(4);
        final String[] copies = next.get(2).split(File.pathSeparator);
        assertThat(Path.of(copies[0])).hasContent("jar").startsWith(folder.resolve("next"));
        assertThat(Path.of(copies[0]).resolveSibling("lib").resolve("b.jar")).hasContent("lib");
        assertThat(Path.of(copies[1]).resolve("A.class")).hasContent("class");
    }
}
