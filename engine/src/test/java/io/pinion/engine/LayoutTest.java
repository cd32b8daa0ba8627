package io.pinion.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class LayoutTest {
    private static final List<String> PARTS = List.of("driver", "ingress", "once", "route", "egress");

    private static List<List<String>> threadsOf(final String layout) {
        return Layout.parse(layout).groupsOf(PARTS);
    }

    @Test
    void shouldPutEverythingOnOneThreadOrEachPartOnItsOwn() {
        assertThat(threadsOf("one-thread")).containsExactly(PARTS);
        assertThat(threadsOf("thread-per-stage")).hasSize(5).allMatch(parts -> parts.size() == 1);
    }

    @Test
    void shouldGroupPartsInTheOrderAnEventPassesThem() {
        assertThat(threadsOf("egress+driver,*"))
                .containsExactly(List.of("driver", "egress"), List.of("ingress", "once", "route"));
        assertThat(threadsOf("ingress+once,route+egress"))
                .as("a driver that nobody named goes with the first group")
                .containsExactly(List.of("driver", "ingress", "once"), List.of("route", "egress"));
    }

    @Test
    void shouldAllowTheDriverToBeNamedWhereThereIsNone() {
        assertThat(Layout.parse("driver,*").groupsOf(List.of("ingress", "route", "egress")))
                .containsExactly(List.of("ingress", "route", "egress"));
    }

    @Test
    void shouldRefuseGroupsThatDoNotFitTheGraph() {
        assertThatThrownBy(() -> threadsOf("ingress+twice,*"))
                .hasMessage("The layout \"ingress+twice,*\" names \"twice\", and the graph has no such part: it has"
                        + " driver, ingress, once, route, egress.");
        assertThatThrownBy(() -> threadsOf("stepped"))
                .as("no thread at all is for tests, not for those who choose a layout by name")
                .hasMessageContaining("names \"stepped\"");
        assertThatThrownBy(() -> threadsOf("ingress,route,egress")).hasMessageContaining("leaves out \"once\"");
        assertThatThrownBy(() -> threadsOf("ingress,ingress")).hasMessageContaining("names \"ingress\" twice");
        assertThatThrownBy(() -> threadsOf("ingress,,route")).hasMessageContaining("has an empty place");
    }

    @Test
    void shouldChooseOneThreadWhereCoresAreFew() {
        assertThat(Layout.forCores(2, 5).name()).isEqualTo("one-thread");
        assertThat(Layout.forCores(8, 5).name()).isEqualTo("thread-per-stage");
    }

    @Test
    void shouldRefuseAnUnknownIdleStrategy() {
        assertThat(Idle.named("backoff")).isEqualTo(Idle.BACKOFF);
        assertThatThrownBy(() -> Idle.named("nap"))
                .hasMessage("There is no idle strategy \"nap\": use one of busy-spin, yielding, backoff, sleeping.");
    }
}
