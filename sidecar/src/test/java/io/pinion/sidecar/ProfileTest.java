package io.pinion.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.pinion.engine.Environment;
import io.pinion.engine.FrameFormat;
import io.pinion.engine.Graph;
import io.pinion.engine.GraphException;
import io.pinion.engine.Idle;
import io.pinion.file.Retention;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"laptop", "sidecar", "low-latency"})
    void shouldReadEveryProfileThatComesWithPinion(final String name) {
        final Profile profile = Profiles.load(name);
        final Graph<?> graph = new GraphLoader(List.of()).load("Reviews").build(profile.environment());

        assertThat(profile.name()).isEqualTo(name);
        assertThat(profile.ingressOf(graph)).isNotNull();
        assertThat(profile.egressesOf(graph)).containsOnlyKeys("training", "evaluation", "invalid", "dead-letters");
        assertThat(profile.egressesOf(graph).get("dead-letters").kept())
                .isEqualTo(new Retention(256L << 20, Duration.ofDays(30)));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void shouldReadTheProfilesOfAClustersMembers(final int member) {
        final Profile profile = Profiles.load("cluster-" + member);
        final Graph<?> graph = new GraphLoader(List.of()).load("Reviews").build(profile.environment());

        assertThat(profile.egressesOf(graph)).containsOnlyKeys("training", "evaluation", "invalid", "dead-letters");
        final ClusterSettings cluster = profile.cluster();
        assertThat(cluster.member()).isEqualTo(member);
        assertThat(cluster.hosts())
                .isEqualTo(Profiles.load("cluster-0").cluster().hosts());
        assertThat(cluster.directory()).isEqualTo(Path.of("out/cluster-" + member));
        assertThat(cluster.ingress()).hasSize(3).contains("127.0.0.2:20310");
        assertThat(cluster.memberConfig(profile.idle())).isNotNull();
    }

    @Test
    void shouldRefuseAMemberThatIsNoneOfItsHosts() {
        assertThatThrownBy(() -> read("cluster: {member: 1, hosts: [127.0.0.1], directory: d}"))
                .hasMessageContaining("\"member\" is 1, and there are 1 hosts");
    }

    @Test
    void shouldRefuseAClusterThatOthersCanReachAndThatHasNoSecrets() {
        final Profile profile = read("cluster: {hosts: [192.0.2.1], directory: d}");
        assertThatThrownBy(() -> profile.cluster().memberConfig(profile.idle()))
                .hasMessageContaining("192.0.2.1")
                .hasMessageContaining("secrets");
    }

    @Test
    void shouldRefuseAnIngressBesideACluster() {
        assertThatThrownBy(() -> read("cluster: {hosts: [127.0.0.1], directory: d}\ningress: {a: {channel: b}}"))
                .hasMessageContaining("first port of each member");
    }

    @Test
    void shouldReadAllThatAProfileCanSay() {
        final Profile profile = read("""
                layout: driver+ingress,*,egress
                idle: yielding
                cores: [0, 1, 2]
                ringSlots: 64
                maxFrameBytes: 4k
                drainTimeout: 500ms
                aeron: {driver: external, directory: /dev/shm/aeron-x, termLength: 64k, mtu: 1408}
                ingress:
                  producers: {channel: "aeron:udp?endpoint=localhost:1", stream: 7, frames: wire}
                egress:
                  training: {channel: "aeron:ipc", stream: 8, frames: json}
                  evaluation: {file: out/evaluation.jsonl}
                  dead-letters: {file: out/dead.jsonl, maxBytes: 4g, keepFor: 12h}
                  late: {file: out/late.jsonl, keepFor: 30d}
                tables:
                  users: users.jsonl
                """);

        assertThat(profile.layout().name()).isEqualTo("driver+ingress,*,egress");
        assertThat(profile.idle()).isEqualTo(Idle.YIELDING);
        assertThat(profile.cores()).containsExactly(0, 1, 2);
        assertThat(profile.ringSlots()).isEqualTo(64);
        assertThat(profile.maxFrameBytes()).isEqualTo(4096);
        assertThat(profile.drainTimeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(profile.aeron()).isEqualTo(new AeronSettings(false, "/dev/shm/aeron-x", 65536, 1408));
        assertThat(profile.ingress().get("producers"))
                .isEqualTo(EdgeAddress.ofStream("aeron:udp?endpoint=localhost:1", 7, List.of(FrameFormat.WIRE)));
        assertThat(profile.egress().get("training").outgoing()).isEqualTo(FrameFormat.JSON);
        assertThat(profile.egress().get("evaluation").file()).isEqualTo("out/evaluation.jsonl");
        assertThat(profile.egress().get("evaluation").kept()).isNull();
        assertThat(profile.egress().get("dead-letters").kept())
                .isEqualTo(new Retention(4L << 30, Duration.ofHours(12)));
        assertThat(profile.egress().get("late").kept()).isEqualTo(new Retention(Long.MAX_VALUE, Duration.ofDays(30)));
        assertThat(profile.tables().get("users")).isEqualTo(folder.resolve("users.jsonl"));
    }

    @Test
    void shouldLetAnEmptyProfileMeanTheDefaults() {
        final Profile profile = read("# nothing\n");

        assertThat(profile.layout()).isNull();
        assertThat(profile.idle()).isEqualTo(Idle.BACKOFF);
        assertThat(profile.ringSlots()).isEqualTo(256);
        assertThat(profile.drainTimeout()).isEqualTo(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "idel: backoff                    | there is no \"idel\" in a profile, which can have layout,",
                "idel: backoff                    | did you mean \"idle\"?",
                "idle: lazy                       | There is no idle strategy \"lazy\": use one of busy-spin,",
                "layout: a,,b                     | The layout \"a,,b\" has an empty place",
                "cores: [x]                       | \"cores\" has to be a whole number; it is \"x\".",
                "ringSlots: 1000                  | \"ringSlots\" has to be a power of two up to",
                "maxFrameBytes: lots              | \"maxFrameBytes\" has to be a size below 2g, such as 65536",
                "{maxFrameBytes: 1m, aeron: {termLength: 8m}, cluster: {hosts: [127.0.0.1], directory: x}} | \"maxFrameBytes\" is"
                        + " 1048576, and the ingress of a cluster takes 524212 bytes",
                "drainTimeout: 10                 | \"drainTimeout\" has to be a time, such as 500ms, 10s or 2min; it is \"10\".",
                "aeron: {driver: none}            | \"driver\" has to be embedded",
                "aeron: {driver: external}        | say in \"directory\" where that driver is",
                "aeron: {termLength: 3m}          | \"termLength\" has to be a power of two from 64k to 1g",
                "aeron: {mtu: 1400}               | \"mtu\" has to be a multiple of 32",
                "aeron: {directry: x}             | there is no \"directry\" in aeron, which can have driver, directory",
                "ingress: {a: {stream: 1}}        | the ingress a needs a channel and a stream, such as {channel:",
                "ingress: {a: {channel: udp, stream: 1}} | \"channel\" has to be an Aeron URI",
                "ingress: {a: {channel: 'aeron:ipc', stream: 1, frames: [xml]}} | \"frames\" has to be wire or json",
                "egress: {a: {file: x, stream: 1}} | the egress a has a file, which takes JSON lines",
                "egress: {a: {file: x, maxBytes: 1m}} | \"maxBytes\" has to be 16m or more, such as 256m; it is 1m.",
                "egress: {a: {file: x, maxBytes: much}} | \"maxBytes\" has to be a size, such as 64m or 4g; it is \"much\".",
                "egress: {a: {file: x, keepFor: 1s}} | \"keepFor\" has to be from 1min to 36525d, such as 12h or 30d; it is 1s.",
                "egress: {a: {file: x, keepFor: 999999999999d}} | \"keepFor\" has to be from 1min to 36525d",
                "egress: {a: {file: x, keepFor: long}} | \"keepFor\" has to be a time, such as",
                "egress: {a: {channel: 'aeron:ipc', stream: 1, keepFor: 1h}} | the egress a has no file, and \"maxBytes\"",
                "egress: a                        | \"egress\" has to have names below it, each with a colon.",
                "tables: {a: }                    | the table a needs a file, as in \"a: a.jsonl\".",
            })
    void shouldRefuseWhatIsWrongWithItsLineAndWhatWouldBeRight(final String line, final String sentence) {
        assertThatThrownBy(() -> read("# a comment\n" + line + "\n"))
                .isInstanceOf(SidecarException.class)
                .hasMessageStartingWith("my.yaml:2: ")
                .hasMessageContaining(sentence);
    }

    @Test
    void shouldRefuseAKeyThatIsThereTwice() {
        assertThatThrownBy(() -> read("idle: backoff\nidle: yielding\n"))
                .hasMessageMatching("my\\.yaml:2: .*[iI]dle.*");
    }

    @Test
    void shouldRefuseWhatIsNotYaml() {
        assertThatThrownBy(() -> read("idle: backoff\n\tring: [\n"))
                .hasMessageStartingWith("my.yaml:2: this is not YAML");
        assertThatThrownBy(() -> read("- idle\n")).hasMessageStartingWith("my.yaml:1: a profile is a list of");
    }

    @Test
    void shouldNumberTheStreamsOfTargetsThatItDoesNotName() {
        final Profile profile = read("""
                ingress: {"*": {channel: "aeron:ipc", stream: 1}}
                egress:
                  "*": {channel: "aeron:ipc?alias={target}", stream: 20}
                  evaluation: {channel: "aeron:ipc", stream: 5}
                """);
        final Graph<?> graph = new GraphLoader(List.of()).load("Reviews").build(Environment.ofNames());

        assertThat(profile.egressesOf(graph).values())
                .extracting(Object::toString)
                .containsExactly(
                        "aeron:ipc?alias=training stream 20",
                        "aeron:ipc stream 5",
                        "aeron:ipc?alias=invalid stream 22",
                        "aeron:ipc?alias=dead-letters stream 23");
    }

    @Test
    void shouldRefuseAGraphWhoseNamesItDoesNotHave() {
        final Profile profile = read("ingress: {other: {channel: \"aeron:ipc\", stream: 1}}\n");

        assertThatThrownBy(() -> new GraphLoader(List.of()).load("Reviews").build(profile.environment()))
                .isInstanceOf(GraphException.class)
                .hasMessage("The graph uses the ingress \"reviews\", and the profile mine has other: add \"reviews\""
                        + " below its ingress, or \"*\" for all others.");
    }

    @Test
    void shouldNameTheProfilesThereAreWhenOneIsMisspelt() {
        assertThatThrownBy(() -> Profiles.load("laptp"))
                .hasMessage("there is no profile laptp: name a file, or one of laptop, sidecar, low-latency,"
                        + " cluster-0, cluster-1, cluster-2; did you mean \"laptop\"?");
    }

    private Profile read(final String yaml) {
        return ProfileReader.read("mine", "my.yaml", yaml, folder);
    }
}
