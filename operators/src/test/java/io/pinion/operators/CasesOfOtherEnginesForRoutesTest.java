package io.pinion.operators;

import static io.pinion.engine.Policy.block;
import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.engine.Egress;
import io.pinion.engine.Graph;
import io.pinion.engine.GraphHarness;
import io.pinion.engine.Ingress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** As {@link CasesOfOtherEnginesTest}, of routes to every match. */
class CasesOfOtherEnginesForRoutesTest {
    @Test
    @DisplayName("P27 vector src/transforms/route.rs route_pass_all_, one_ and no_route_condition")
    void shouldCopyToEveryMatchAndToTheDefaultWhereNoneHolds() {
        final GraphHarness<Thing> harness = GraphHarness.of(Graph.of(Thing::new)
                .from(new Ingress("in"))
                .routeToEveryMatch(routes -> routes.when(thing -> thing.text.contentEquals("hello world"))
                        .to("first")
                        .when(thing -> thing.other.contentEquals("second"))
                        .to("second")
                        .when(thing -> thing.id == 3)
                        .to("third")
                        .otherwise()
                        .to("unmatched"))
                .to("first", new Egress("first"), block())
                .to("second", new Egress("second"), block())
                .to("third", new Egress("third"), block())
                .to("unmatched", new Egress("unmatched"), block())
                .build());
        final Thing all = Thing.of("hello world").other("second");
        all.id = 3;

        assertThat(harness.give(all)).containsExactly("first", "second", "third");
        assertThat(harness.give(Thing.of("hello world"))).containsExactly("first");
        assertThat(harness.give(Thing.of("NOPE"))).containsExactly("unmatched");
    }
}
