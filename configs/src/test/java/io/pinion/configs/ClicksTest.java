package io.pinion.configs;

import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.engine.Environment;
import io.pinion.engine.Graph;
import io.pinion.engine.GraphHarness;
import io.pinion.engine.ReferenceTable;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClicksTest {
    private static final long MINUTE_US = 60_000_000;

    private final Graph<Clicks.Impression> graph = Clicks.graph(Environment.ofNames());
    private final GraphHarness<Clicks.Impression> harness = GraphHarness.of(graph);

    @BeforeEach
    void fillTheTable() {
        put("men-1", "nike", "shoes", 0.5);
    }

    @Test
    void shouldBringInWhatTheItemIs() {
        final Clicks.Impression shown = shown("anna", "men-1", 0);

        assertThat(harness.give(shown)).containsExactly("analytics");
        assertThat(shown.brand).hasToString("nike");
        assertThat(shown.category).hasToString("shoes");
        assertThat(shown.weight).isEqualTo(0.5);
    }

    @Test
    void shouldRouteClicksToTrainingAndWhatWasImprobableToEvaluation() {
        final Clicks.Impression clicked = shown("anna", "men-1", 0);
        clicked.click = true;
        final Clicks.Impression improbable = shown("bert", "men-1", 0);
        improbable.propensity = 0.02;

        assertThat(harness.give(clicked)).containsExactly("training", "analytics");
        assertThat(harness.give(improbable)).containsExactly("evaluation");
    }

    @Test
    void shouldDropWhatNobodySees() {
        final Clicks.Impression third = shown("anna", "men-1", 0);
        third.position = 3;

        assertThat(harness.give(third)).isEmpty();
        assertThat(harness.whereItEnded()).isEqualTo("visible");
    }

    @Test
    void shouldTakeTheSameItemForTheSameUserOnceInHalfAnHour() {
        harness.give(shown("anna", "men-1", 0));

        assertThat(harness.give(shown("anna", "men-1", 30 * MINUTE_US - 1))).isEmpty();
        assertThat(harness.give(shown("bert", "men-1", 30 * MINUTE_US - 1))).isNotEmpty();
        assertThat(harness.give(shown("anna", "men-1", 30 * MINUTE_US))).isNotEmpty();
    }

    @Test
    void shouldSendUnknownItemsToTheDeadLetters() {
        assertThat(harness.give(shown("anna", "men-99", 0))).containsExactly("dead-letters");
        assertThat(harness.reason()).contains("\"items\"");
    }

    @Test
    void shouldAccountForARealStream() throws IOException {
        SharedData.forEachLine(
                "items.jsonl",
                fields -> put(
                        fields.get("itemKey"),
                        fields.get("brand"),
                        fields.get("category"),
                        Double.parseDouble(fields.get("weight"))));
        final Map<String, Integer> routed = new TreeMap<>();
        final Clicks.Impression shown = new Clicks.Impression();
        SharedData.forEachLine("clicks.jsonl.gz", fields -> {
            shown.user.set(fields.get("user"));
            shown.itemKey.set(fields.get("itemKey"));
            shown.at = Long.parseLong(fields.get("at"));
            shown.position = Integer.parseInt(fields.get("position"));
            shown.click = Boolean.parseBoolean(fields.get("click"));
            shown.propensity = Double.parseDouble(fields.get("propensity"));
            harness.give(shown).forEach(target -> routed.merge(target, 1, Integer::sum));
        });

        assertThat(routed).isEqualTo(Map.of("training", 59, "evaluation", 6_508, "analytics", 6_550));
        assertThat(harness.stage("visible").dropped("filtered")).isEqualTo(6_625);
        assertThat(harness.stage("once").dropped("repeat")).isEqualTo(317);
    }

    @SuppressWarnings("unchecked")
    private void put(final String itemKey, final String brand, final String category, final double weight) {
        final Clicks.Item item = new Clicks.Item();
        item.itemKey.set(itemKey);
        item.brand.set(brand);
        item.category.set(category);
        item.weight = weight;
        assertThat(((ReferenceTable<Clicks.Item>) graph.tables().get(0)).put(item))
                .isNull();
    }

    private static Clicks.Impression shown(final String user, final String itemKey, final long at) {
        final Clicks.Impression shown = new Clicks.Impression();
        shown.user.set(user);
        shown.itemKey.set(itemKey);
        shown.at = at;
        shown.position = 1;
        shown.propensity = 0.03;
        return shown;
    }
}
