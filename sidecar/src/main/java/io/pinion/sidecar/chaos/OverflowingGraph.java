package io.pinion.sidecar.chaos;

import static io.pinion.engine.Policy.block;
import static io.pinion.engine.Policy.deadLetter;
import static io.pinion.engine.Policy.dropNewest;
import static java.util.concurrent.TimeUnit.MICROSECONDS;

import io.pinion.configs.FeedbackEvent;
import io.pinion.engine.Codec;
import io.pinion.engine.Environment;
import io.pinion.engine.Frame;
import io.pinion.engine.FrameFormat;
import io.pinion.engine.Graph;
import io.pinion.engine.Target;
import io.pinion.wire.FrameCodec;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Each event goes to three targets, of which one holds back, one drops, and one diverts. */
public final class OverflowingGraph {
    static final String KEPT = "kept";
    static final String DROPPING = "dropping";
    static final String DIVERTING = "diverting";

    private static final List<String> TARGETS = List.of(KEPT, DROPPING, DIVERTING);
    private static final int ROUTE_EVENTS = 400;

    private OverflowingGraph() {}

    /**
     * The graph.
     *
     * @param env the world outside.
     * @return a new one.
     */
    public static Graph<FeedbackEvent> graph(final Environment env) {
        return Graph.of(FeedbackEvent::new)
                .eventTime(event -> event.at, MICROSECONDS)
                .from(env.ingress("producers"))
                .route(routes -> routes.otherwise().to(KEPT, DROPPING, DIVERTING))
                .to(KEPT, env.egress(KEPT), block())
                .to(DROPPING, env.egress(DROPPING), dropNewest())
                .to(DIVERTING, env.egress(DIVERTING), deadLetter())
                .build();
    }

    /**
     * What a round of it runs.
     *
     * @param pinion the command that is {@code pinion}, its JVM first.
     * @param layout at each member; null for whatever it picks.
     * @param folder gets everything: what was there is removed.
     * @return a setup whose bounds are soon reached.
     */
    public static ClusterSetup setup(final List<String> pinion, final String layout, final Path folder) {
        return new ClusterSetup(
                pinion,
                OverflowingGraph.class.getName(),
                OverflowingGraph.class.getSimpleName(),
                new LinkedHashSet<>(List.of(DROPPING, DIVERTING)),
                new LinkedHashSet<>(List.of(KEPT, Target.DEAD_LETTERS)),
                Map.of(),
                (producer, seed) -> new Numbers(producer),
                new Overflow(ROUTE_EVENTS, Set.of(DROPPING), Map.of(DIVERTING, Target.DEAD_LETTERS)),
                layout,
                folder);
    }

    /** Events that differ in their number alone. */
    private static final class Numbers implements Workload {
        private final Codec<FeedbackEvent> codec = FrameCodec.of(FeedbackEvent::new);
        private final FeedbackEvent event = codec.newEvent();
        private final Frame unsent = codec.newFrame(0, 0);
        private final int producer;
        private long made;

        Numbers(final int producer) {
            this.producer = producer;
        }

        @Override
        public void next(final long nowUs, final Frame to) {
            event.eventId = DeliveryAccount.id(producer, made++);
            event.at = nowUs;
            codec.encode(unsent, event, to, FrameFormat.WIRE);
        }

        @Override
        public long id() {
            return event.eventId;
        }

        @Override
        public List<String> targets() {
            return TARGETS;
        }
    }
}
