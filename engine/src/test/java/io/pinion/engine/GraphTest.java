package io.pinion.engine;

import static io.pinion.engine.Policy.block;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class GraphTest {
    private static Graph.Flow<Number> start() {
        return Graph.of(Number::new).from(new Ingress("in"));
    }

    private static NumberStage stage(final String name) {
        return new NumberStage(name, (slot, value) -> {});
    }

    @Test
    void shouldKeepStagesAndTargetsInTheOrderTheyWereSaid() {
        final Graph<Number> graph = start().then(stage("b"))
                .then(stage("a"))
                .route(routes -> routes.otherwise().to("y", "x"))
                .to("y", new Egress("y"), block())
                .to("x", new Egress("x"), block())
                .build();
        assertThat(graph.parts()).containsExactly("ingress", "b", "a", "route", "egress");
        assertThat(graph.targets()).extracting(Target::name).containsExactly("y", "x");
        assertThat(graph.deadLetters().egress().name()).isEqualTo("dead-letters");
    }

    @Test
    void shouldRefuseARouteThatGoesNowhere() {
        assertThatThrownBy(() -> start().route(routes -> routes.when(event -> true)
                                .to("training")
                                .otherwise()
                                .to("y"))
                        .to("y", new Egress("y"), block())
                        .build())
                .isInstanceOf(GraphException.class)
                .hasMessage("A route goes to \"training\", and there is no such target: add .to(\"training\","
                        + " env.egress(\"training\"), block()), or name one of \"y\".");
        assertThatThrownBy(() -> start().route(routes ->
                                routes.when(event -> true).to().otherwise().to("y"))
                        .to("y", new Egress("y"), block())
                        .build())
                .hasMessage("A route goes nowhere: name its targets in .to(…).");
    }

    @Test
    void shouldRefuseATargetNobodyRoutesTo() {
        assertThatThrownBy(() -> start().route(routes -> routes.otherwise().to("y"))
                        .to("y", new Egress("y"), block())
                        .to("x", new Egress("x"), block())
                        .build())
                .hasMessage("No route goes to the target \"x\": route something to it, or take its .to(…) away.");
    }

    @Test
    void shouldRefuseTwoOfOneNameAndNamesThatAreTakenAndTellAllAtOnce() {
        assertThatThrownBy(() -> start().then(stage("once"))
                        .then(stage("once"))
                        .then(stage("route"))
                        .then(stage("not a name"))
                        .route(routes -> routes.otherwise().to("y", "z"))
                        .to("y", new Egress("y"), block())
                        .to("y", new Egress("v"), block())
                        .to("z", new Egress("y"), block())
                        .deadLetters(new Egress("y"), block())
                        .build())
                .satisfies(e -> assertThat(((GraphException) e).problems())
                        .containsExactly(
                                "Two stages are named \"once\": give one of them another name.",
                                "A stage can't be named \"route\", which is a part of every graph: give it another"
                                        + " name.",
                                "A stage is named \"not a name\": use 1 to 64 letters, digits, - and _, beginning with a"
                                        + " letter or digit.",
                                "Two targets are named \"y\": give one of them another name.",
                                "Two targets leave by the egress \"y\": give each an egress of its own.",
                                "Dead letters leave by the egress \"y\", which a target has: give them an egress of"
                                        + " their own."));
    }

    @Test
    void shouldRefuseDeadLettersOfDeadLettersAndASpillWithoutRoom() {
        assertThatThrownBy(() -> start().route(routes -> routes.otherwise().to("y"))
                        .to("y", new Egress("y"), Policy.spill())
                        .deadLetters(new Egress("d"), Policy.deadLetter())
                        .build())
                .hasMessage(
                        "The dead letters have the policy deadLetter(), which would send them to themselves: use block(),"
                                + " dropNewest() or spill().");
        assertThatThrownBy(() -> Policy.spill(3)).hasMessage("spill(3) is a bound of 3 MiB: allow 16 or more.");
    }

    @Test
    void shouldRefuseMoreKeysThanMemory() {
        final Graph<Number> graph = start().then(new Stage<>() {
                    @Override
                    public String name() {
                        return "huge";
                    }

                    @Override
                    public long stateBytes() {
                        return 1L << 30;
                    }

                    @Override
                    public void onEvent(final Number event, final Slot<Number> slot) {}
                })
                .route(routes -> routes.otherwise().to("y"))
                .to("y", new Egress("y"), block())
                .build();
        assertThat(graph.memoryProblems(1L << 31)).isEmpty();
        assertThat(graph.memoryProblems(1L << 30))
                .containsExactly(
                        "The keys and tables of the graph take 1024 MiB, and the heap is at most 1024 MiB: lower"
                                + " the numbers in upTo(…), or give the JVM more with -Xmx1536m (./pinion takes it from"
                                + " PINION_JAVA_OPTS).");
    }
}
