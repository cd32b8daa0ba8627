package io.pinion.aeron;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A second process, to be killed: it sends numbers, or reads and prints them. Its arguments: {@code send} or
 * {@code read}, channel, stream, and for sending the first number and how many. It has a driver of its own. With
 * {@code port} it prints a free port.
 */
final class OtherProcess implements AutoCloseable {
    static final int LENGTH = 300;
    private static final String READY = "ready";

    private final Process process;
    private final List<Integer> read = new ArrayList<>();
    private final Thread reader;

    private OtherProcess(final Process process) {
        this.process = process;
        reader = new Thread(this::readOutput);
        reader.setDaemon(true);
        reader.start();
    }

    static OtherProcess start(final String... arguments) throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(OtherProcess.class.getName());
        command.addAll(List.of(arguments));
        return new OtherProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    private void readOutput() {
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (!line.equals(READY)) {
                    synchronized (read) {
                        read.add(Integer.parseInt(line));
                    }
                }
            }
        } catch (final IOException e) {
            // It was killed: what it printed until then is what counts.
            return;
        }
    }

    /** What it has read and printed so far. */
    List<Integer> read() {
        synchronized (read) {
            return List.copyOf(read);
        }
    }

    /** All that it prints, when it has ended by itself. */
    List<Integer> readToTheEnd() throws InterruptedException {
        process.waitFor();
        reader.join();
        return read();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
        reader.join();
    }

    /** Kills it, and removes what its driver left behind. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        IoUtil.delete(Path.of("/dev/shm", "pinion-" + process.pid() + "-0").toFile(), true);
    }

    public static void main(final String[] arguments) {
        if (arguments[0].equals("port")) {
            System.out.println(FreePorts.one());
            return;
        }
        final String channel = arguments[1];
        final int stream = Integer.parseInt(arguments[2]);
        try (Rig rig = new Rig()) {
            if (arguments[0].equals("send")) {
                send(rig, channel, stream, Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4]));
            } else {
                final AeronIngressAdapter adapter = rig.adapter(channel, stream);
                System.out.println(READY);
                while (true) {
                    rig.step();
                    adapter.poll(
                            (buffer, offset, length, dueNs) -> {
                                System.out.println(buffer.getInt(offset));
                                return true;
                            },
                            10);
                }
            }
        }
    }

    private static void send(
            final Rig rig, final String channel, final int stream, final int first, final int messages) {
        final AeronPublisher publisher = rig.publisher(channel, stream);
        final UnsafeBuffer message = new UnsafeBuffer(new byte[LENGTH]);
        for (int number = first; number < first + messages; number++) {
            message.putInt(0, number);
            rig.offer(publisher, message, LENGTH);
        }
        rig.until("drained", publisher::isDrained);
    }
}
