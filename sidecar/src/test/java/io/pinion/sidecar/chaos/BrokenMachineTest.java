package io.pinion.sidecar.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.pinion.cluster.ClusterMember;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a round does to processes, networks and disks. */
class BrokenMachineTest {
    @TempDir
    private Path folder;

    @Test
    void shouldStopResumeAndKillAProcess() throws Exception {
        try (MemberProcess process = process("sleep", "600")) {
            assertThat(process.isAlive()).isFalse();
            process.start();
            assertThat(process.isAlive()).isTrue();
            process.stop();
            Waiting.until(() -> stateOf("sleep") == 'T', Members.PATIENCE, () -> "it did not stand still");
            process.resume();
            Waiting.until(() -> stateOf("sleep") == 'S', Members.PATIENCE, () -> "it did not go on");
            process.stop();
            process.kill();
            assertThat(process.isAlive()).isFalse();
        }
    }

    @Test
    void shouldForgetWhatAProcessSaidInTheLifeBefore() throws Exception {
        try (MemberProcess process = process("true")) {
            Files.createDirectories(process.directory());
            Files.writeString(process.directory().resolve("status.json"), "{\"role\":\"leader\"}");
            assertThat(process.report().isLeader()).isTrue();
            process.start();
            assertThat(process.report()).isNull();
        }
    }

    @Test
    void shouldWipeADiskOnlyWhileNobodyRuns() throws Exception {
        try (MemberProcess process = process("sleep", "600")) {
            Files.createDirectories(process.directory().resolve("archive"));
            Files.writeString(process.directory().resolve("archive/0.rec"), "x");
            process.start();
            assertThatThrownBy(process::wipe).hasMessageContaining("member 0 runs");
            process.kill();
            process.wipe();
            assertThat(process.directory()).doesNotExist();
        }
    }

    /** One that is killed can't do it, and each leaves some fifty megabytes. */
    @Test
    void shouldTakeAwayWhatAMemberLeftInMemoryWhenItWillNotBeStartedAgain() throws Exception {
        final Path driver;
        try (MemberProcess process = process("sleep", "600")) {
            driver = ClusterMember.driverDirectory(process.directory()).toPath();
            process.start();
            Files.writeString(Files.createDirectories(driver).resolve("cnc.dat"), "x");
            process.kill();
            assertThat(driver).exists();
        }
        assertThat(driver).doesNotExist();
    }

    @Test
    void shouldFillADiskAndFreeItAgain() throws Exception {
        assumeTrue(SmallDisk.isPossible(), "no mounts can be made here: it needs root");
        final Path directory = folder.resolve("disk");
        try (SmallDisk disk = new SmallDisk(directory)) {
            disk.fill();
            assertThatThrownBy(() -> Files.write(directory.resolve("more"), new byte[1 << 20]))
                    .isInstanceOf(IOException.class);
            disk.relieve();
            Files.write(directory.resolve("more"), new byte[1 << 20]);
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void shouldCutAMemberOffAndMendIt() throws Exception {
        assumeTrue(ChaosNetwork.isPossible(), "no network can be made here: it needs root");
        try (ChaosNetwork network = new ChaosNetwork(2);
                DatagramSocket here = new DatagramSocket(0, InetAddress.getByName(network.clients()))) {
            assertThat(send(network, 0, network.clients(), here.getLocalPort())).isTrue();
            here.setSoTimeout(60_000);
            here.receive(new DatagramPacket(new byte[16], 16));

            network.silence(0);
            assertThat(send(network, 0, network.clients(), here.getLocalPort())).isFalse();
            assertThat(send(network, 0, network.hosts().get(1), 9)).isFalse();
            assertThat(send(network, 1, network.clients(), here.getLocalPort())).isTrue();
            here.receive(new DatagramPacket(new byte[16], 16));

            network.mend();
            assertThat(send(network, 0, network.clients(), here.getLocalPort())).isTrue();
            here.receive(new DatagramPacket(new byte[16], 16));
            network.cut(0, 1);
            assertThat(send(network, 1, network.hosts().get(0), 9)).isFalse();
            assertThat(send(network, 1, network.clients(), here.getLocalPort())).isTrue();
        }
        assertThat(ChaosNetwork.isPossible()).isTrue();
    }

    /** Whether a datagram could be sent from where a member is. */
    private static boolean send(final ChaosNetwork network, final int from, final String to, final int port) {
        final List<String> command = new ArrayList<>(network.within(from));
        command.addAll(List.of("bash", "-c", "echo x >/dev/udp/" + to + "/" + port));
        return SystemCommand.works(command.toArray(String[]::new));
    }

    private MemberProcess process(final String... command) {
        return new MemberProcess(
                0, List.of(command), Map.of(), folder, folder.resolve("member-0"), folder.resolve("log"));
    }

    /** Of the child that runs this command, as the kernel sees it. */
    private static char stateOf(final String command) {
        return ProcessHandle.current()
                .children()
                .map(child -> Path.of("/proc", Long.toString(child.pid()), "stat"))
                .map(BrokenMachineTest::read)
                .filter(stat -> stat.contains("(" + command + ")"))
                .map(stat -> stat.charAt(stat.indexOf(") ") + 2))
                .findFirst()
                .orElse('?');
    }

    private static String read(final Path file) {
        try {
            return Files.readString(file);
        } catch (final IOException gone) {
            return "";
        }
    }
}
