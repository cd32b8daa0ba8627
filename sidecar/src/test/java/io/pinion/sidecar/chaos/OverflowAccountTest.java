package io.pinion.sidecar.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Of targets that drop or divert what comes when they are too far behind. */
class OverflowAccountTest {
    private static final String CONSUMER = "the consumer";
    private static final String MEMBER = "member 0";

    private final DeliveryAccount account =
            new DeliveryAccount(new Overflow(2, Set.of("dropping"), Map.of("diverting", "elsewhere")));

    @BeforeEach
    void threeOfWhichOneIsTooMany() {
        account.witness("dropping", CONSUMER);
        account.witness("diverting", CONSUMER);
        account.witness("elsewhere", MEMBER);
        for (int i = 1; i <= 3; i++) {
            account.due("dropping", id(i));
            account.due("diverting", id(i));
        }
        account.delivered("dropping", CONSUMER, id(1));
        account.delivered("diverting", CONSUMER, id(1));
    }

    private static long id(final int event) {
        return DeliveryAccount.id(0, event);
    }

    private void come(final String route, final int... events) {
        for (final int event : events) {
            account.delivered(route, route.equals("elsewhere") ? MEMBER : CONSUMER, id(event));
        }
    }

    @Test
    void shouldCloseWhenEachCameOrWasDroppedAndEachCameHereOrThere() {
        come("dropping", 2);
        account.dropped("dropping", 1);
        come("diverting", 3);
        come("elsewhere", 2);
        assertThat(account.faults()).isEmpty();
    }

    @Test
    void shouldTellOfOneThatNeitherCameNorWasDropped() {
        account.dropped("dropping", 1);
        come("diverting", 3);
        come("elsewhere", 2);
        assertThat(account.faults()).containsExactly("dropping, by the consumer: 1 came and 1 were dropped, of 3.");
    }

    @Test
    void shouldTellOfOneThatCameNeitherHereNorThere() {
        come("dropping", 2);
        account.dropped("dropping", 1);
        come("elsewhere", 2);
        assertThat(account.faults())
                .containsExactly("of 3 due at diverting, by the consumer, 1 came neither there nor to elsewhere, by"
                        + " member 0, and 0 to both.");
    }

    @Test
    void shouldTellOfOneThatCameToBoth() {
        come("dropping", 2);
        account.dropped("dropping", 1);
        come("diverting", 2, 3);
        come("elsewhere", 2);
        assertThat(account.faults())
                .containsExactly("of 3 due at diverting, by the consumer, 0 came neither there nor to elsewhere, by"
                        + " member 0, and 1 to both.");
    }

    @Test
    void shouldTellWhenNothingOverflowed() {
        come("dropping", 2, 3);
        come("diverting", 2, 3);
        assertThat(account.faults())
                .containsExactlyInAnyOrder(
                        "dropping: none was dropped, and it was to overflow.",
                        "diverting, by the consumer: none went to elsewhere, by member 0 instead, and it was to"
                                + " overflow.");
    }
}
