package io.pinion.cluster;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.engine.routelog.AppendResult;
import io.pinion.engine.routelog.RouteLog;
import io.pinion.engine.routelog.RouteLogConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A forwarder over a real route log of small segments, and a target that does what a test wants. */
class ForwarderRig {
    static final long LOG = 77;
    static final int ROUTE = 2;

    @TempDir
    Path folder;

    final ServiceView view = new ServiceView();
    final ScriptedTarget target = new ScriptedTarget();
    final List<Long> confirmed = new ArrayList<>();
    RouteLog log;
    Forwarder forwarder;
    long appended;
    long nowNs;

    @BeforeEach
    void open() {
        log = RouteLog.open(RouteLogConfig.in(folder.resolve("log"))
                .segmentBytes(4_096)
                .maxBytes(Long.MAX_VALUE)
                .invoked());
        forwarder = new Forwarder(ROUTE, "training", log, target, view, this::confirm, Forwarder.Damage.ENDS_THE_ROUTE);
        view.isLeader = true;
        view.logId = LOG;
        nowNs = System.nanoTime(); // behind what the forwarder has read of that clock
    }

    @AfterEach
    void close() {
        forwarder.close();
        log.close();
    }

    /** As where others have equal copies. */
    void letDamageEndTheMember() {
        forwarder.close();
        forwarder =
                new Forwarder(ROUTE, "training", log, target, view, this::confirm, Forwarder.Damage.ENDS_THE_MEMBER);
    }

    private boolean confirm(final int route, final long sequence) {
        assertThat(route).isEqualTo(ROUTE);
        assertThat(sequence).isLessThanOrEqualTo(target.highestSettled);
        confirmed.add(sequence);
        return true;
    }

    void append(final int count) {
        for (int i = 0; i < count; i++) {
            final byte[] payload = ("output " + ++appended).getBytes(UTF_8);
            while (log.writer()
                            .append(
                                    LOG,
                                    appended,
                                    appended,
                                    1_000 + appended,
                                    new UnsafeBuffer(payload),
                                    0,
                                    payload.length)
                    != AppendResult.APPENDED) {
                log.doWork();
            }
        }
    }

    void work(final int rounds) {
        for (int i = 0; i < rounds; i++) {
            nowNs += TimeUnit.MILLISECONDS.toNanos(5);
            forwarder.doWork(nowNs);
        }
    }

    static List<Long> sequences(final long from, final long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    /** Flips a byte of the payload of an output, on the disk. */
    void damage(final long sequence) throws IOException {
        final byte[] payload = ("output " + sequence).getBytes(UTF_8);
        try (Stream<Path> files = Files.list(folder.resolve("log"))) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                final byte[] bytes = Files.readAllBytes(file);
                final int at = new String(bytes, ISO_8859_1).indexOf(new String(payload, ISO_8859_1) + "\0");
                if (at >= 0) {
                    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                        channel.write(ByteBuffer.wrap(new byte[] {'O'}), at);
                    }
                    return;
                }
            }
        }
        throw new AssertionError("output " + sequence + " is in no file");
    }
}
