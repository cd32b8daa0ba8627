package io.pinion.jmh.growth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SteppedGraphTest {
    @Test
    void shouldSendEveryEventOfEveryBenchmarkThrough() {
        final StagesBenchmark stages = new StagesBenchmark();
        stages.stages = 3;
        stages.build();
        assertAllPass(stages.graph);

        final RoutesBenchmark routes = new RoutesBenchmark();
        routes.routes = 5;
        routes.build();
        assertAllPass(routes.graph);

        final KeysBenchmark keys = new KeysBenchmark();
        keys.keys = 10;
        keys.fill();
        assertAllPass(keys.graph);

        final RowsBenchmark rows = new RowsBenchmark();
        rows.rows = 10;
        rows.fill();
        assertAllPass(rows.graph);

        final FieldsBenchmark fields = new FieldsBenchmark();
        fields.fields = 64;
        fields.build();
        assertAllPass(fields.graph);

        final EventSizeBenchmark sizes = new EventSizeBenchmark();
        sizes.bytes = 16_384;
        sizes.build();
        assertAllPass(sizes.graph);
    }

    private static void assertAllPass(final SteppedGraph graph) {
        try (graph) {
            final long before = graph.delivered();
            graph.run(1_000);
            assertThat(graph.delivered() - before).isEqualTo(1_000);
        }
    }
}
