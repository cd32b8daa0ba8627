package io.pinion.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;

/** Stages on one thread as the only reader of a ring, so that what a batch is made of can be chosen; an event's value is its place. */
final class StagesRig {
    static final String ON_EVENT = "onEvent";
    static final String GATHER = "gather";
    static final String DECIDE = "decide";
    static final String APPLY = "apply";
    static final InternalError BROKEN = new InternalError("broken on purpose");
    static final InternalError OTHER = new InternalError("broken otherwise");

    /** What stages note of how they are called. */
    final List<String> calls = new ArrayList<>();

    final Ring<Number> ring = new Ring<>(() -> new Slot<>(new Number(), new NumberCodec().newFrame(64, 64)), 128);
    final RingReader<Number> reader = new RingReader<>(ring);
    /** In the order of the graph's; where there is none given, for even and for odd numbers. */
    final RoutedSlots[] targets = {new RoutedSlots(128), new RoutedSlots(128), new RoutedSlots(128)};

    final RoutedSlots letters = new RoutedSlots(128);

    private final Counters counters = new Counters();
    private final Map<String, StageCounters> counts = new HashMap<>();
    private StagesAgent<Number> agent;
    private long last = -1;

    /** Notes each event and what is none. */
    class Noting implements Stage<Number> {
        private final String name;

        Noting(final String name) {
            this.name = name;
        }

        @Override
        public final String name() {
            return name;
        }

        @Override
        public void onEvent(final Number event, final Slot<Number> slot) {
            calls.add(name + event.value);
        }

        @Override
        public void onControl(final Slot<Number> slot) {
            calls.add(name + slot.kind());
        }
    }

    Noting noting(final String name) {
        return new Noting(name);
    }

    /** Drops this one as well. */
    Noting dropping(final String name, final long value) {
        return dropping(name, Set.of(value));
    }

    /** Drops these as well. */
    Noting dropping(final String name, final Set<Long> values) {
        return new Noting(name) {
            private DropReason reason;

            @Override
            public void open(final StageContext context) {
                reason = context.dropReason("chosen");
            }

            @Override
            public void onEvent(final Number event, final Slot<Number> slot) {
                super.onEvent(event, slot);
                if (values.contains(event.value)) {
                    slot.drop(reason);
                }
            }
        };
    }

    void agentOf(final List<? extends Stage<Number>> stages) {
        agentOf(stages, null);
    }

    /** Behind this stage even numbers are routed to one target, odd ones to another. */
    void agentToRoute(final Stage<Number> stage) {
        final Graph<Number> graph = Graph.of(Number::new)
                .from(new Ingress("in"))
                .then(stage)
                .route(routes -> routes.when(number -> number.value % 2 == 0)
                        .to("even")
                        .otherwise()
                        .to("odd"))
                .to("even", new Egress("even"), Policy.block())
                .to("odd", new Egress("odd"), Policy.block())
                .build();
        agentToRoute(stage, graph);
    }

    /** The same, by the rules of a graph of three targets at most. */
    void agentToRoute(final Stage<Number> stage, final Graph<Number> graph) {
        final StageCounters of = new StageCounters(Layout.ROUTE, counters, null);
        counts.put(Layout.ROUTE, of);
        final RoutedSlots[] ofGraph = Arrays.copyOf(targets, graph.targets().size());
        agentOf(List.of(stage), new Route<>(graph, of, journal(Layout.ROUTE), ofGraph, letters));
    }

    private void agentOf(final List<? extends Stage<Number>> stages, final Route<Number> route) {
        ring.gate(reader.sequence());
        ring.claim();
        agent = new StagesAgent<>(stages.stream().map(this::stepOf).toList(), reader, route);
    }

    private StageStep<Number> stepOf(final Stage<Number> stage) {
        final StageCounters of = new StageCounters(stage.name(), counters, null);
        counts.put(stage.name(), of);
        stage.open(of);
        return new StageStep<>(stage, of, journal(stage.name()));
    }

    private ErrorJournal journal(final String part) {
        return new ErrorJournal(part, counters.newCounter(part + ".unrecorded"), true);
    }

    Slot<Number> next(final Slot.Kind kind) {
        last++;
        final Slot<Number> slot = ring.slot(last);
        slot.reset(kind, last);
        slot.event().value = last;
        return slot;
    }

    void events(final int count) {
        for (int i = 0; i < count; i++) {
            next(Slot.Kind.EVENT);
        }
    }

    /** A batch of what was given, or of the rest of that. */
    void step() {
        ring.publish(last);
        agent.doWork();
    }

    String agentName() {
        return agent.roleName();
    }

    Account.StageCount count(final String stage) {
        return counts.get(stage).read();
    }

    static List<Long> marked(final RoutedSlots slots, final long first, final long end) {
        return LongStream.range(first, end)
                .filter(at -> slots.from(at, at) != 0)
                .boxed()
                .toList();
    }
}
