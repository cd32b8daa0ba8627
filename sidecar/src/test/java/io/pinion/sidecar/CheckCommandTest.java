package io.pinion.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
    @TempDir
    private Path folder;

    @Test
    void shouldShowTheWayOfAnEvent() {
        final CommandResult check = CommandResult.of("check", Sources.ratings(folder));

        assertThat(check.err()).isEmpty();
        assertThat(check.exitCode()).isZero();
        assertThat(check.out().lines().map(line -> line.strip().replaceAll(" +", " ")))
                .contains(
                        "Ratings (Ratings)",
                        "event Rating userId long, stars int, comment Text",
                        "then rated filter",
                        "route rule 1 to training",
                        "otherwise to evaluation",
                        "to training block(), aeron:udp?endpoint=localhost:22001 stream 2001, as received",
                        "dead-letters block(), out/dead-letters.jsonl, at most 256 MiB, none older than 30 days",
                        "threads 1 driver, ingress, rated, once, route, egress")
                .anyMatch(line -> line.startsWith("once dedupe by a number, up to 1,000 keys"))
                .anyMatch(line -> line.startsWith("memory "))
                .anyMatch(line -> line.matches("resident [0-9]+ MiB once all is in use: .*"));
    }

    @Test
    void shouldListAllThatIsWrongWithAGraph() {
        final CommandResult check = CommandResult.of(
                "check",
                Sources.ratingsWith(folder, ".otherwise().to(\"evaluation\")", ".otherwise().to(\"nowhere\")"));

        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(check.err().lines())
                .containsExactly(
                        "pinion: the graph can't run:",
                        "  - A route goes to \"nowhere\", and there is no such target: add .to(\"nowhere\","
                                + " env.egress(\"nowhere\"), block()), or name one of \"training\", \"evaluation\".",
                        "  - No route goes to the target \"evaluation\": route something to it, or take its .to(…)"
                                + " away.");
    }

    @Test
    void shouldRefuseMoreKeysThanTheHeapHolds() {
        final CommandResult check =
                CommandResult.of("check", Sources.ratingsWith(folder, "upTo(1_000)", "upTo(2_000_000_000)"));

        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(check.err()).contains("upTo(").doesNotContain("\tat ");
    }

    @Test
    void shouldRefuseACoreThatIsNotThere() {
        final CommandResult check = CommandResult.of("check", Sources.ratings(folder), "--cores", "4711");

        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(check.err()).startsWith("pinion: Core 4711 does not exist or is not allowed to this process:");
    }

    @Test
    void shouldRefuseALayoutThatNamesAPartTheGraphDoesNotHave() {
        final CommandResult check = CommandResult.of("check", Sources.ratings(folder), "--layout", "ingress,nobody,*");

        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(check.err()).contains("names \"nobody\", and the graph has no such part");
    }

    @Test
    void shouldPutTheGraphOfAMemberOnOneThreadWhereNobodyChoseAnother() {
        assertThat(checkOfMember("").out().lines().map(line -> line.strip().replaceAll(" +", " ")))
                .contains(
                        "layout one-thread (picked for a member of a cluster), backoff when idle, not pinned",
                        "threads 1 ingress, rated, once, route, egress");
        assertThat(checkOfMember("layout: driver,ingress+rated,*").out().lines().map(line -> line.strip()
                        .replaceAll(" +", " ")))
                .contains("threads 1 ingress, rated", "2 once, route, egress");
    }

    @Test
    void shouldRefuseALayoutOfAMemberAsStandalone() {
        final CommandResult check = checkOfMember("layout: ingress,nobody,*");

        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(check.err())
                .isEqualTo(
                        "pinion: The layout \"ingress,nobody,*\" names \"nobody\", and the graph has no such part: it"
                                + " has ingress, rated, once, route, egress.\n");
        assertThat(checkOfMember("layout: ingress,*\ncores: [0]").err())
                .contains("The layout has 2 threads and only 1 cores are named");
    }

    private CommandResult checkOfMember(final String layout) {
        final Path profile = Sources.write(folder, "member.yaml", """
                cluster: {hosts: [127.0.0.1], directory: member}
                egress: {"*": {file: "{target}.jsonl"}}
                %s
                """.formatted(layout));
        return CommandResult.of("check", Sources.ratings(folder), "--profile", profile);
    }

    @Test
    void shouldRefuseATableThatTheGraphDoesNotRead() {
        final CommandResult check = CommandResult.of("check", "Clicks", "--table", "item=items.jsonl");

        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(check.err())
                .isEqualTo("pinion: The graph reads no table \"item\"; it reads items; did you mean \"items\"?\n");
    }

    @Test
    void shouldCountTheRowsOfATable() {
        final Path items = Sources.write(
                folder,
                "items.jsonl",
                "{\"itemKey\":\"a\",\"weight\":1}\n\n{\"itemKey\":\"b\"}\n{\"itemKey\":\"a\",\"weight\":2}\n");

        final CommandResult check = CommandResult.of("check", "Clicks", "--table", "items=" + items);
        assertThat(check.out()).contains("; 2 rows from " + items + ", where 1 had the key of a later one");
    }

    @Test
    void shouldNameTheLineOfATableThatIsWrong() {
        final Path items =
                Sources.write(folder, "items.jsonl", "{\"itemKey\":\"a\"}\n\n{\"itemKey\":\"b\",\"weight\":\"x\"}\n");

        final CommandResult check = CommandResult.of("check", "Clicks", "--table", "items=" + items);
        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(check.err()).startsWith("pinion: " + items + ":3: ").contains("weight");
    }

    @Test
    void shouldSayThatATableWouldBeEmpty() {
        final Path items = Sources.write(folder, "items.jsonl", "\n");

        final CommandResult check = CommandResult.of("check", "Clicks", "--table", "items=" + items);
        assertThat(check.err()).isEqualTo("pinion: the table \"items\" would be empty: " + items + " has no row.\n");
    }

    @Test
    void shouldSayThatATablesFileIsTorn() {
        final Path items = Sources.write(folder, "items.jsonl.gz", "{\"itemKey\":\"a\"}\n");

        final CommandResult check = CommandResult.of("check", "Clicks", "--table", "items=" + items);
        assertThat(check.err()).contains(items + ":1: the file is torn or no gzip");
    }

    @Test
    void shouldShowWhereInTheCodeOnlyWhenAskedTo() {
        final Path source = Sources.ratingsWith(folder, "return Graph.of", "Integer.parseInt(\"x\"); return Graph.of");

        assertThat(CommandResult.of("check", source).err()).doesNotContain("\tat ");
        assertThat(CommandResult.of("check", source, "--verbose").err()).contains("\tat ");
    }

    @Test
    void shouldSuggestTheCommandOrTheOptionThatWasMeant() {
        final CommandResult command = CommandResult.of("chekc", "Reviews");
        assertThat(command.exitCode()).isEqualTo(2);
        assertThat(command.err()).contains("did you mean \"check\"?");

        final CommandResult option = CommandResult.of("check", "Reviews", "--profil", "x");
        assertThat(option.exitCode()).isEqualTo(2);
        assertThat(option.err()).contains("did you mean \"--profile\"?").contains("Try: pinion check --help");
    }
}
