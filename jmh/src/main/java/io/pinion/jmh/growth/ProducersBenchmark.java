package io.pinion.jmh.growth;

import io.aeron.ExclusivePublication;
import io.pinion.aeron.AeronDriver;
import io.pinion.aeron.AeronIngressAdapter;
import io.pinion.aeron.AeronOptions;
import io.pinion.engine.IngressAdapter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The ingress by its producers over IPC, which send a message in turn; all on one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class ProducersBenchmark {
    private static final int EVENTS = 1_024;
    private static final int FRAME_BYTES = 300;
    private static final int LIMIT = 64;
    private static final long CONNECT_NS = TimeUnit.SECONDS.toNanos(30);

    /** How many producers send. */
    @Param({"1", "2", "4", "8", "16", "32", "64"})
    public int producers;

    private final UnsafeBuffer message = new UnsafeBuffer(new byte[FRAME_BYTES]);
    private final List<ExclusivePublication> publications = new ArrayList<>();
    private long bytes;
    private final IngressAdapter.FrameHandler taker = (buffer, offset, length, dueNs) -> {
        bytes += length;
        return true;
    };
    private AeronDriver driver;
    private Agent agent;
    private AeronIngressAdapter ingress;
    private int next;

    /**
     * Connects all.
     *
     * @throws Exception as the driver does.
     */
    @Setup
    public void connect() throws Exception {
        driver = AeronDriver.invoked(AeronOptions.defaults());
        agent = driver.agent().orElseThrow();
        ingress = new AeronIngressAdapter(driver.client(), "aeron:ipc", 1001);
        for (int i = 0; i < producers; i++) {
            publications.add(driver.client().addExclusivePublication("aeron:ipc", 1001));
        }
        final long fromNs = System.nanoTime();
        while (ingress.producers() < producers) {
            agent.doWork();
            if (System.nanoTime() - fromNs > CONNECT_NS) {
                throw new IllegalStateException("only " + ingress.producers() + " producers have connected");
            }
        }
    }

    /** Stops all. */
    @TearDown
    public void close() {
        driver.close();
    }

    /**
     * A message, sent and taken.
     *
     * @return for JMH.
     * @throws Exception as the driver does.
     */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public long ingress() throws Exception {
        int sent = 0;
        int taken = 0;
        while (taken < EVENTS) {
            for (int i = 0; i < LIMIT && sent < EVENTS; i++) {
                if (publications.get(next).offer(message) < 0) {
                    break;
                }
                sent++;
                next = next + 1 == producers ? 0 : next + 1;
            }
            agent.doWork();
            taken += ingress.poll(taker, LIMIT);
        }
        return bytes;
    }
}
