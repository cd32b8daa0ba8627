package io.pinion.engine;

import com.lmax.disruptor.Sequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;

/**
 * A graph put together around its ring: each part polls what the one before it has passed on, stages that follow one another on one thread
 * together.
 *
 * <pre>
 *                                                    ┌─▶ target ─┐
 *   ingress ─▶ [ring] ─▶ stage ─▶ … ─▶ stage ─▶ route ├─▶ target ─┼─▶ dead letters ─▶ the slot is free
 *                                                    └─▶ target ─┘
 * </pre>
 */
final class Assembly<E> {
    final Ring<E> ring;
    final SlotWriter<E> slots;
    final List<TableFeed<E, ?>> feeds = new ArrayList<>();
    final Map<String, Agent> parts = new HashMap<>();
    /** Of each part behind the ring; of the egress the last one. Stages that follow one another on one thread share one, and an agent. */
    final Map<String, RingReader<E>> readers = new HashMap<>();

    final Map<String, Outlet> outlets = new LinkedHashMap<>();
    final List<ErrorJournal> errors = new ArrayList<>();
    final Latency latency = new Latency();
    final CountDownLatch end = new CountDownLatch(1);

    private final Processor.Builder<E> options;
    private final Outlet.Maker outletMaker;
    private final boolean tellsMessages;
    private final Counters counters = new Counters();
    private final List<StageCounters> stageCounters = new ArrayList<>();
    private final StageCounters ingressCounters;
    private final StageCounters routeCounters;
    private final RoutedSlots[] routedSlots;
    private final RoutedSlots letters;
    private final LateLetters lateLetters = new LateLetters();
    private final List<TargetAgent<E>> targets = new ArrayList<>();
    private final DeadLetterAgent<E> deadLetters;
    private final Route<E> route;
    private final Sequence lastReader;

    /** What puts slots in steps with the rest, where it is an agent; {@code tellsMessages}: see {@link ErrorJournal}. */
    Assembly(
            final Processor.Builder<E> options,
            final SlotWriter.Stamps stamps,
            final Outlet.Maker outletMaker,
            final boolean tellsMessages) {
        this.options = options;
        this.outletMaker = outletMaker;
        this.tellsMessages = tellsMessages;
        final Graph<E> graph = options.graph;
        ring = new Ring<>(this::newSlot, options.ringSlots);
        if (options.driver != null) {
            parts.put(Layout.DRIVER, options.driver);
        }

        ingressCounters = new StageCounters(Layout.INGRESS, counters, options.rowCodecs);
        final ErrorJournal ingressErrors = journal(Layout.INGRESS);
        slots = new SlotWriter<>(options, stamps, ring, ingressCounters, ingressErrors, latency.arrival);
        if (options.rowCodecs != null) {
            graph.tables().forEach(table -> feeds.add(new TableFeed<>(table, options, slots, ingressErrors, counters)));
        }

        graph.tables().forEach(ReferenceTable::open);
        routedSlots = new RoutedSlots[graph.targets().size()];
        Arrays.setAll(routedSlots, i -> new RoutedSlots(options.ringSlots));
        letters = new RoutedSlots(options.ringSlots);
        final List<StageStep<E>> stages = openStages();
        routeCounters = new StageCounters(Layout.ROUTE, counters, options.rowCodecs);
        route = new Route<>(graph, routeCounters, journal(Layout.ROUTE), routedSlots, letters);
        final Sequence routed = addStages(stages);

        final Sequence[] taken = new Sequence[graph.targets().size()];
        for (int i = 0; i < taken.length; i++) {
            taken[i] = addTarget(i, routed);
        }
        final RingReader<E> last = new RingReader<>(ring, taken);
        deadLetters = newDeadLetterAgent(last);
        lastReader = last.sequence();
        ring.gate(lastReader);
        final List<String> nearIngress = besideIngress();
        slots.prefetchFor(prefetching(nearIngress), isWhole(nearIngress) ? targets : List.of());
        readers.put(Layout.EGRESS, last);
        parts.put(Layout.EGRESS, new EgressAgent<>(targets, deadLetters, end));
    }

    /** What is on the thread of the ingress. */
    private List<String> besideIngress() {
        return LayoutThreads.partsOf(options).stream()
                .filter(thread -> thread.contains(Layout.INGRESS))
                .findFirst()
                .orElse(List.of());
    }

    /** Whether all that an event passes is there. */
    private boolean isWhole(final List<String> thread) {
        return LayoutThreads.partsOf(options).stream()
                .flatMap(List::stream)
                .allMatch(part -> part.equals(Layout.DRIVER) || thread.contains(part));
    }

    @SuppressWarnings("unchecked")
    private BatchStage<E>[] prefetching(final List<String> nearIngress) {
        return options.graph.stages().stream()
                .filter(stage -> stage instanceof BatchStage && nearIngress.contains(stage.name()))
                .toArray(BatchStage[]::new);
    }

    private Slot<E> newSlot() {
        return new Slot<>(options.codec.newEvent(), options.codec.newFrame(512, options.maxFrameBytes));
    }

    private ErrorJournal journal(final String part) {
        final ErrorJournal journal =
                new ErrorJournal(part, counters.newCounter(part + ".errors.unrecorded"), tellsMessages);
        errors.add(journal);
        return journal;
    }

    private List<StageStep<E>> openStages() {
        final List<StageStep<E>> steps = new ArrayList<>();
        for (final Stage<E> stage : options.graph.stages()) {
            final StageCounters counts = new StageCounters(stage.name(), counters, options.rowCodecs);
            stage.open(counts);
            stageCounters.add(counts);
            steps.add(new StageStep<>(stage, counts, journal(stage.name())));
        }
        return steps;
    }

    /** Those that follow one another on one thread are stepped by one agent; the route comes last of all. */
    private Sequence addStages(final List<StageStep<E>> stages) {
        final List<List<String>> threads = LayoutThreads.partsOf(options);
        final List<String> withRoute = threadOf(Layout.ROUTE, threads);
        Sequence before = null;
        int from = 0;
        while (!isOn(withRoute, stages.subList(from, stages.size()))) {
            final List<String> thread = threadOf(stages.get(from).name(), threads);
            int to = from + 1;
            while (to < stages.size() && thread.contains(stages.get(to).name())) {
                to++;
            }
            before = addAgent(stages.subList(from, to), null, before);
            from = to;
        }
        return addAgent(stages.subList(from, stages.size()), route, before);
    }

    private static List<String> threadOf(final String part, final List<List<String>> threads) {
        return threads.stream()
                .filter(thread -> thread.contains(part))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isOn(final List<String> thread, final List<? extends Step<?>> steps) {
        return steps.stream().map(Step::name).allMatch(thread::contains);
    }

    /** With the route behind them, or null. */
    private Sequence addAgent(final List<StageStep<E>> stages, final Route<E> routeBehind, final Sequence before) {
        final RingReader<E> reader = before == null ? new RingReader<>(ring) : new RingReader<>(ring, before);
        final Agent agent = new StagesAgent<>(stages, reader, routeBehind);
        Stream.concat(stages.stream(), Stream.ofNullable(routeBehind))
                .map(Step::name)
                .forEach(part -> {
                    parts.put(part, agent);
                    readers.put(part, reader);
                });
        return reader.sequence();
    }

    private Sequence addTarget(final int index, final Sequence before) {
        final Target target = options.graph.targets().get(index);
        final RingReader<E> reader = new RingReader<>(ring, before);
        targets.add(new TargetAgent<>(
                routedSlots[index],
                Route.bit(index),
                options.egressFormats.get(target.name()),
                options.codec,
                reader,
                outlet(index, target),
                lateLetters,
                journal(target.name())));
        return reader.sequence();
    }

    private DeadLetterAgent<E> newDeadLetterAgent(final RingReader<E> reader) {
        final Outlet outlet = outlet(targets.size(), options.graph.deadLetters());
        return new DeadLetterAgent<>(
                options.graph.targets(),
                letters,
                lateLetters,
                new DeadLetterRecord<>(
                        options.codec, options.graph.redacted(), outlet.frame().maxBytes()),
                reader,
                outlet,
                counters.newCounter(Target.DEAD_LETTERS + ".routed"));
    }

    private Outlet outlet(final int index, final Target target) {
        final Outlet outlet = outletMaker.outletOf(index, target, counters, latency);
        outlets.put(target.name(), outlet);
        return outlet;
    }

    Map<String, String> waiting() {
        final Map<String, String> waiting = new LinkedHashMap<>();
        outlets.forEach((target, outlet) -> {
            final String why = outlet.whyWaiting();
            if (why != null) {
                waiting.put(target, why);
            }
        });
        return waiting;
    }

    List<String> errorLines() {
        return errors.stream().flatMap(journal -> journal.lines().stream()).toList();
    }

    /** The last slot that all have read. */
    long through() {
        return lastReader.get();
    }

    long occupancy() {
        return ring.published() - lastReader.get();
    }

    /** The position of the first slot that a part has not read; of the last there is where it has read all. On its thread. */
    long positionAt(final String part) {
        final RingReader<E> reader = readers.get(part);
        final long last = ring.published();
        return ring.slot(reader == null ? last : Math.min(reader.first(), last)).position();
    }

    /** Read from the end to the beginning, so that what is counted late was counted early too. */
    Account account() {
        final Outlet letters = deadLetters.outlet();
        final long lettersDelivered = letters.delivered();
        final long lettersDropped = letters.dropped();
        final long lettersRouted = deadLetters.routed().get();
        final List<Account.TargetCount> copies = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            final TargetAgent<E> target = targets.get(i);
            final long delivered = target.outlet().delivered();
            final long dropped = target.outlet().dropped();
            final long died = target.outlet().dead();
            copies.add(new Account.TargetCount(
                    target.target().name(),
                    route.copiesFor(i).get() + target.outlet().carriedOver(),
                    delivered,
                    dropped,
                    died,
                    target.outlet().onDisk(),
                    target.outlet().retired()));
        }
        final Account.StageCount routed = routeCounters.read();
        final List<Account.StageCount> stages = new ArrayList<>();
        for (int i = stageCounters.size() - 1; i >= 0; i--) {
            stages.add(0, stageCounters.get(i).read());
        }
        final Account.StageCount in = ingressCounters.read();
        return new Account(
                in.in(),
                in,
                stages,
                routed.passed(),
                routed.dead(),
                copies,
                new Account.TargetCount(
                        Target.DEAD_LETTERS,
                        lettersRouted + letters.carriedOver(),
                        lettersDelivered,
                        lettersDropped,
                        0,
                        letters.onDisk(),
                        letters.retired()),
                feeds.stream().map(TableFeed::count).toList());
    }

    /** All of them, whatever one says; what the first said is thrown at the end. */
    void closeOutlets() {
        final List<AutoCloseable> edges = new ArrayList<>();
        outlets.values().forEach(outlet -> edges.add(outlet::close));
        CloseHelper.closeAll(edges);
    }
}
