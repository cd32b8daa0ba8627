package io.pinion.sidecar.chaos;

import static io.pinion.sidecar.chaos.DeliveryAccount.UNNAMED;
import static io.pinion.sidecar.chaos.DeliveryAccount.id;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class DeliveryAccountTest {
    private static final String ROUTE = "training";

    private final DeliveryAccount account = new DeliveryAccount();

    @Test
    void shouldCloseWhenEachIsFoundOnceInItsProducersOrder() {
        due(id(0, 1), id(0, 2), id(1, 1));
        found("member 0", id(1, 1), id(0, 1), id(0, 2));
        found("member 1", id(1, 1), id(0, 1), id(0, 2));
        assertThat(account.faults()).isEmpty();
        assertThat(account.closes()).isTrue();
        assertThat(account.due(ROUTE)).isEqualTo(3);
        assertThat(account.found(ROUTE)).containsEntry("member 0", 3L).containsEntry("member 1", 3L);
    }

    @Test
    void shouldFindWhatWasLost() {
        due(id(0, 1), id(0, 2), id(0, 3));
        found("consumer", id(0, 1), id(0, 3));
        assertThat(account.faults()).containsExactly("training, by consumer: 1 lost, first event 2 of producer 0.");
    }

    @Test
    void shouldFindThatNothingCameAtAll() {
        due(id(0, 1));
        account.witness(ROUTE, "member 2");
        assertThat(account.faults()).containsExactly("training, by member 2: 1 lost, first event 1 of producer 0.");
    }

    @Test
    void shouldNotCloseWhenNobodyLooked() {
        due(id(0, 1));
        assertThat(account.faults()).containsExactly("training: 1 are due, and nobody looked for them.");
    }

    @Test
    void shouldFindWhatCameTwice() {
        due(id(0, 1), id(0, 2));
        found("consumer", id(0, 1), id(0, 2), id(0, 1));
        assertThat(account.faults())
                .containsExactly("training, by consumer: 1 came twice, first event 1 of producer 0.");
    }

    @Test
    void shouldFindWhatCameOutOfItsProducersOrder() {
        due(id(0, 1), id(0, 2), id(3, 1));
        found("consumer", id(0, 2), id(3, 1), id(0, 1));
        assertThat(account.faults())
                .containsExactly("training, by consumer: 1 came after a later one of its producer, first event 1 of"
                        + " producer 0.");
    }

    @Test
    void shouldFindWhatNobodySent() {
        due(id(0, 1));
        found("consumer", id(0, 1), id(0, 2));
        assertThat(account.faults())
                .containsExactly("training, by consumer: 1 nobody sent, first event 2 of producer 0.");
    }

    @Test
    void shouldFindWhatIsAtAnotherTarget() {
        due(id(0, 1));
        account.due("analytics", id(0, 2));
        found("consumer", id(0, 2));
        account.delivered("analytics", "consumer", id(0, 1));
        assertThat(account.faults()).hasSize(4);
    }

    @Test
    void shouldFindMembersWhoseCopiesDiffer() {
        due(id(0, 1), id(1, 1));
        found("member 0", id(0, 1), id(1, 1));
        found("member 1", id(1, 1), id(0, 1));
        assertThat(account.faults())
                .containsExactly("training: at place 1 member 0 has event 1 of producer 0, member 1 has event 1 of"
                        + " producer 1.");
    }

    @Test
    void shouldTakeAnEventOfUnknownFateOnceOrNotAtAllButNotTwice() {
        due(id(0, 1));
        account.possible(ROUTE, id(0, 2));
        account.possible(ROUTE, id(0, 3));
        found("consumer", id(0, 1), id(0, 2));
        assertThat(account.faults()).isEmpty();
        found("consumer", id(0, 2));
        assertThat(account.faults())
                .containsExactly("training, by consumer: 1 came twice, first event 2 of producer 0.");
    }

    @Test
    void shouldCountWhatCanNotBeRead() {
        due(UNNAMED, UNNAMED);
        account.possible(ROUTE, UNNAMED);
        found("consumer", UNNAMED);
        assertThat(account.faults()).containsExactly("training, by consumer: 1 that can't be read, and 2 were sent.");
        found("consumer", UNNAMED, UNNAMED);
        assertThat(account.faults()).isEmpty();
        found("consumer", UNNAMED);
        assertThat(account.faults()).hasSize(1);
    }

    @Test
    void shouldFindStatesThatDifferAtOnePosition() {
        account.state(4_096, "member 0", Map.of("once", "a", "routes", "b"));
        account.state(4_096, "member 1", Map.of("once", "a", "routes", "c"));
        account.state(8_192, "member 2", Map.of("once", "d", "routes", "e"));
        assertThat(account.faults())
                .containsExactly("state \"routes\" at position 4096: member 0 has b, member 1 has c.");
        assertThat(account.comparedStates()).isEqualTo(1);
    }

    @Test
    void shouldTellWhatElseWasWrong() {
        account.fault("member 1 did not come back.");
        assertThat(account.closes()).isFalse();
    }

    @Property(tries = 200)
    void shouldFindAnySingleFaultAmongMany(@ForAll final long seed, @ForAll @IntRange(max = 4) final int kind) {
        final Random random = new Random(seed);
        final List<Long> log = new ArrayList<>();
        final long[] next = {1, 1, 1};
        for (int i = 0; i < 100; i++) {
            final int producer = random.nextInt(next.length);
            log.add(id(producer, next[producer]++));
        }
        final DeliveryAccount many = new DeliveryAccount();
        log.forEach(event -> many.due(ROUTE, event));
        final List<Long> copy = new ArrayList<>(log);
        final int at = random.nextInt(98);
        switch (kind) {
            case 0 -> copy.remove(at);
            case 1 -> copy.add(at + random.nextInt(copy.size() - at), copy.get(at));
            case 2 -> copy.set(at, id(9, 9));
            case 3 -> Collections.swap(copy, at, at + 1 + random.nextInt(copy.size() - at - 1));
            default -> copy.addAll(log.subList(at, log.size()));
        }
        log.forEach(event -> many.delivered(ROUTE, "member 0", event));
        assertThat(many.faults()).isEmpty();
        copy.forEach(event -> many.delivered(ROUTE, "member 1", event));
        assertThat(many.closes()).isFalse();
    }

    private void due(final long... events) {
        for (final long event : events) {
            account.due(ROUTE, event);
        }
    }

    private void found(final String witness, final long... events) {
        for (final long event : events) {
            account.delivered(ROUTE, witness, event);
        }
    }
}
