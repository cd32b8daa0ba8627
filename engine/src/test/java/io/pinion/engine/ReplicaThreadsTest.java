package io.pinion.engine;

import static io.pinion.engine.Policy.block;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.pinion.engine.routelog.RouteLogException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import net.openhft.affinity.Affinity;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replica whose stages have threads of their own: {@code gate ─▶ next ─▶ route ─▶ kept}. */
class ReplicaThreadsTest {
    private static final long SOON_NS = 60_000_000_000L;

    @TempDir
    Path directory;

    private interface OnNumber {
        void see(long number);
    }

    private Processor.Builder<Number> options(final OnNumber gate, final OnNumber next) {
        final Graph<Number> graph = Graph.of(Number::new)
                .from(new Ingress("in"))
                .then(new NumberStage("gate", (slot, value) -> gate.see(value)))
                .then(new NumberStage("next", (slot, value) -> next.see(value)))
                .route(routes -> routes.otherwise().to("kept"))
                .to("kept", new Egress("kept"), block())
                .build();
        return Processor.of("Numbers", graph, new NumberCodec()).ringSlots(8);
    }

    private Replica<Number> begun(final Processor.Builder<Number> options, final long maxEvents) {
        final Replica<Number> replica = options.replica(directory, new RouteBounds(maxEvents, Long.MAX_VALUE));
        replica.begin(1);
        return replica;
    }

    private static boolean give(final Replica<Number> replica, final int number) {
        final byte[] text = Integer.toString(number).getBytes(StandardCharsets.US_ASCII);
        return replica.event(96L * number, number, new UnsafeBuffer(text), 0, text.length, 0);
    }

    private static void await(final BooleanSupplier condition) {
        final long untilNs = System.nanoTime() + SOON_NS;
        while (!condition.getAsBoolean()) {
            Thread.yield();
            assertThat(System.nanoTime() - untilNs).as("in time").isNegative();
        }
    }

    private static void await(final CountDownLatch latch) {
        try {
            latch.await();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void shouldRunWhatSharesNoThreadWithTheIngressWithoutBeingStepped() {
        final Map<String, String> threads = new ConcurrentHashMap<>();
        final Processor.Builder<Number> options = options(
                        number -> threads.put("gate", Thread.currentThread().getName()),
                        number -> threads.put("next", Thread.currentThread().getName()))
                .layout(Layout.parse("ingress,gate,next+route,egress"));
        try (Replica<Number> replica = begun(options, 10)) {
            assertThat(give(replica, 1)).isTrue();
            assertThat(replica.isPassedOn()).isTrue();
            await(replica::isSettled);
            assertThat(replica.count(0).next()).isEqualTo(2);
            assertThat(threads).containsEntry("gate", "pinion-gate").containsEntry("next", "pinion-next+route");
        }
    }

    @Test
    void shouldStepWhatSharesTheThreadOfTheIngress() {
        final Thread[] thread = new Thread[1];
        final Processor.Builder<Number> options = options(number -> {}, number -> thread[0] = Thread.currentThread())
                .layout(Layout.parse("ingress+next,*"));
        try (Replica<Number> replica = begun(options, 10)) {
            give(replica, 1);
            assertThat(replica.isPassedOn()).isFalse();
            await(() -> {
                replica.step();
                return replica.isPassedOn();
            });
            assertThat(thread[0]).isSameAs(Thread.currentThread());
            await(replica::isSettled);
        }
    }

    /** They come from the log one by one, so none waits together with another. */
    @Test
    void shouldPrefetchEachEventForTheStagesOnTheThreadOfTheIngress() {
        final List<Long> prefetched = new ArrayList<>();
        final Graph<Number> graph = Graph.of(Number::new)
                .from(new Ingress("in"))
                .then(new BatchStage<Number>() {
                    @Override
                    public String name() {
                        return "prefetching";
                    }

                    @Override
                    public void prefetch(final Number event) {
                        prefetched.add(event.value);
                    }

                    @Override
                    public void gather(final Number event, final Slot<Number> slot) {}

                    @Override
                    public void decide() {}

                    @Override
                    public void apply(final Number event, final Slot<Number> slot) {}
                })
                .route(routes -> routes.otherwise().to("kept"))
                .to("kept", new Egress("kept"), block())
                .build();
        try (Replica<Number> replica =
                begun(Processor.of("Numbers", graph, new NumberCodec()).layout(Layout.oneThread()), 10)) {
            for (int number = 1; number <= 3; number++) {
                assertThat(give(replica, number)).isTrue();
                await(() -> {
                    replica.step();
                    return replica.isPassedOn();
                });
            }
        }
        assertThat(prefetched).containsExactly(1L, 2L, 3L);
    }

    @Test
    void shouldTakeEventsInWithoutWaitingWhileNoneUnderWayCanReachABound() {
        final CountDownLatch open = new CountDownLatch(1);
        final Processor.Builder<Number> options =
                options(number -> await(open), number -> {}).layout(Layout.threadPerStage());
        try (Replica<Number> replica = begun(options, 3)) {
            for (int number = 1; number <= 3; number++) {
                assertThat(replica.intake()).isEqualTo(Intake.OPEN);
                give(replica, number);
            }
            assertThat(replica.intake()).isEqualTo(Intake.NOT_KNOWN_YET);
            open.countDown();
            await(() -> replica.intake() != Intake.NOT_KNOWN_YET);
            assertThat(replica.intake()).isEqualTo(Intake.HELD_BACK);
            assertThat(replica.confirm(400, 4, 0, 1)).isTrue();
            await(() -> replica.intake() == Intake.OPEN);
        } finally {
            open.countDown();
        }
    }

    private static void breakAt(final long number) {
        if (number == 3) {
            throw new InternalError("broken on purpose");
        }
    }

    @Test
    void shouldLetNothingBehindASlotThatAStagesThreadFailedAtAndThrowWhatItThrew() {
        requireStoppedAtThree(
                "gate", options(ReplicaThreadsTest::breakAt, number -> {}).layout(Layout.threadPerStage()));
    }

    @Test
    void shouldTellWhichOfTheStagesOfAThreadHasFailed() {
        requireStoppedAtThree(
                "next",
                options(number -> {}, ReplicaThreadsTest::breakAt)
                        .layout(Layout.parse("ingress,gate+next+route,egress")));
    }

    private void requireStoppedAtThree(final String stage, final Processor.Builder<Number> options) {
        try (Replica<Number> replica = begun(options, 10)) {
            assertThatThrownBy(() -> {
                        for (int number = 1; number <= 5; number++) {
                            give(replica, number);
                        }
                        await(() -> replica.step() < 0);
                    })
                    .isInstanceOf(PartException.class)
                    .hasMessage("\"" + stage
                            + "\" has failed at position 288 of the log: java.lang.InternalError: broken on purpose")
                    .hasCauseInstanceOf(InternalError.class);
            assertThatThrownBy(() -> give(replica, 6)).isInstanceOf(PartException.class);
            assertThatThrownBy(() -> replica.save(null)).isInstanceOf(PartException.class);
            assertThat(replica.isSettled()).isFalse();
            await(() -> replica.routeLog(0).backlogEvents() == 2);
            assertThat(replica.account().targets().get(0).routed()).isEqualTo(2);
            assertThat(replica.account().routed()).isEqualTo(2);
        }
    }

    @Test
    void shouldThrowWhatWentWrongWithARouteLogOnTheEgressThread() {
        try (Replica<Number> replica = begun(options(number -> {}, number -> {}), 10)) {
            give(replica, 1);
            await(() -> replica.step() == 0 && replica.isSettled());
        }
        try (Replica<Number> replica =
                begun(options(number -> {}, number -> {}).layout(Layout.parse("ingress,*,egress")), 10)) {
            give(replica, 2);
            assertThatThrownBy(() -> await(() -> replica.step() < 0))
                    .isInstanceOf(PartException.class)
                    .hasMessageStartingWith("\"egress\" has failed at position 192 of the log: ")
                    .hasMessageContaining(directory.resolve("kept").toString())
                    .hasCauseInstanceOf(RouteLogException.class);
        }
    }

    @Test
    void shouldLeaveRouteLogsOpenToAThreadThatAStageDoesNotReturnOn() {
        final CountDownLatch isIn = new CountDownLatch(1);
        final boolean[] mayReturn = new boolean[1];
        final Processor.Builder<Number> options = options(number -> {}, number -> {
                    isIn.countDown();
                    synchronized (mayReturn) {
                        while (!mayReturn[0]) {
                            try {
                                mayReturn.wait();
                            } catch (final InterruptedException e) {
                                // That is what it does.
                            }
                        }
                    }
                })
                .layout(Layout.parse("ingress,next,*"));
        final Replica<Number> replica = begun(options, 10);
        give(replica, 1);
        await(isIn);
        assertThatThrownBy(replica::close)
                .isInstanceOf(EdgeException.class)
                .hasMessageContaining("The replica of Numbers was left running on pinion-next");
        synchronized (mayReturn) {
            mayReturn[0] = true;
            mayReturn.notifyAll();
        }
        await(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("pinion-next")));
        replica.close();
    }

    @Test
    void shouldPinTheLogsThreadAndThoseOfTheLayout() throws InterruptedException {
        final List<Integer> cores = Cores.allowed();
        assumeThat(cores).as("two cores are needed").hasSizeGreaterThan(1);
        final Map<String, BitSet> pinned = new ConcurrentHashMap<>();
        final Processor.Builder<Number> options = options(
                        number -> pinned.put("gate", Affinity.getAffinity()),
                        number -> pinned.put("next", Affinity.getAffinity()))
                .layout(Layout.parse("next,*").cores(List.of(cores.get(0), cores.get(1))));
        final Thread log = new Thread(() -> {
            try (Replica<Number> replica = begun(options, 10)) {
                give(replica, 1);
                await(() -> replica.step() == 0 && replica.isSettled());
            }
        });
        log.start();
        log.join();
        assertThat(pinned.get("next").stream().boxed()).containsExactly(cores.get(0));
        assertThat(pinned.get("gate").stream().boxed()).containsExactly(cores.get(1));
    }

    @Test
    void shouldRefuseALayoutThatDoesNotFitTheGraphAsAProcessorDoes() {
        final Processor.Builder<Number> unknown =
                options(number -> {}, number -> {}).layout(Layout.parse("ingress+nobody,*"));
        assertThatThrownBy(() -> unknown.replica(directory, RouteBounds.USUAL))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining(
                        "The layout \"ingress+nobody,*\" names \"nobody\", and the graph has no such part: it"
                                + " has ingress, gate, next, route, egress.");
        final Processor.Builder<Number> tooFewCores = options(number -> {}, number -> {})
                .layout(Layout.parse("ingress,*").cores(List.of(0)));
        assertThatThrownBy(() -> tooFewCores.replica(directory, RouteBounds.USUAL))
                .isInstanceOf(GraphException.class)
                .hasMessageContaining("The layout has 2 threads and only 1 cores are named");
    }
}
