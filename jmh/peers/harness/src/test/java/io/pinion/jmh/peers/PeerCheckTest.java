package io.pinion.jmh.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.pinion.jmh.job.ItemPrices;
import io.pinion.jmh.job.JobEvent;
import io.pinion.jmh.job.JobEvents;
import io.pinion.jmh.job.SeenKeys;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeerCheckTest {
    private static final int SOME_EVENT = 700_000;

    @Test
    void shouldFindThatPinionPutsOutWhatThePlainLoopDoes() throws Exception {
        assertThat(PeerCheck.difference(new PinionPeer())).isNull();
    }

    @Test
    void shouldFindThatTheMeasuredLoopPutsOutWhatThePlainLoopDoes() throws Exception {
        assertThat(PeerCheck.difference(new LoopPeer())).isNull();
    }

    @Test
    void shouldFindThatTheTablesByHandPutOutWhatThePlainLoopDoes() throws Exception {
        assertThat(PeerCheck.difference(new BatchedPeer())).isNull();
    }

    @Test
    void shouldTellThatRepeatsPassed() throws Exception {
        assertThat(PeerCheck.difference(new HandWrittenPeer() {
                    @Override
                    boolean isFirst(final SeenKeys seen, final JobEvent event) {
                        return true;
                    }
                }))
                .contains("and the plain loop's has");
    }

    @Test
    void shouldTellThatTwoEventsChangedPlaces() throws Exception {
        assertThat(PeerCheck.difference(new HandWrittenPeer() {
                    @Override
                    void onBatch(final List<Long> numbers) {
                        if (numbers.get(0) == SOME_EVENT) {
                            Collections.reverse(numbers);
                        }
                    }
                }))
                .contains("in another order");
    }

    @Test
    void shouldTellThatAnEngineBroke() throws Exception {
        assertThat(PeerCheck.difference(new HandWrittenPeer() {
                    @Override
                    boolean isFirst(final SeenKeys seen, final JobEvent event) {
                        throw new IllegalStateException("out of order");
                    }
                }))
                .contains("it failed")
                .contains("out of order");
    }

    /** An engine that can be made to err. */
    private static class HandWrittenPeer extends FedPeer {
        private static final int BATCH = 100;

        private final SeenKeys seen = new SeenKeys(JobEvents.KEYS);
        private final ItemPrices prices = LoopPeer.prices();
        private final JobEvents events = new JobEvents();
        private final JobEvent event = new JobEvent();
        private final List<Long> batch = new ArrayList<>();

        boolean isFirst(final SeenKeys keys, final JobEvent candidate) {
            return keys.isFirst(candidate.eventId, candidate.at, LoopPeer.WINDOW_US);
        }

        void onBatch(final List<Long> numbers) {}

        @Override
        public String version() {
            return "1";
        }

        @Override
        public void start(final EventFeed feed, final Outputs outputs) {
            drive(feed, (number, dueNs) -> {
                batch.add(number);
                if (batch.size() == BATCH) {
                    onBatch(batch);
                    batch.forEach(each -> onEvent(each, outputs));
                    batch.clear();
                }
            });
        }

        private void onEvent(final long number, final Outputs outputs) {
            events.fill(event, number);
            if (event.consent && isFirst(seen, event)) {
                final int row = prices.find(event.itemId);
                event.price = row >= 0 ? prices.price(row) : 0;
                outputs.route(event.eventId, event.score, event.price, 0);
            }
        }
    }
}
