package io.pinion.jmh.peers.flink;

import io.pinion.jmh.peers.LoopPeer;
import io.pinion.jmh.peers.PeerEvent;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFilterFunction;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Flink the idiomatic way: keyed by the event's id, a state with a time to live for each ("Working with State", "State
 * Time-To-Live"). The time to live can only be of the wall clock; the window, which is a million events, passes faster or
 * slower with the rate, so it is long enough for the slowest, and whether an event is a repeat is told by its own time.
 */
public class KeyedFlinkPeer extends FlinkPeer {
    private static final Duration TIME_TO_LIVE = Duration.ofSeconds(20);

    /** Made by its name. */
    public KeyedFlinkPeer() {
        this(Duration.ZERO);
    }

    KeyedFlinkPeer(final Duration bufferTimeout) {
        super(bufferTimeout);
    }

    @Override
    final DataStream<PeerEvent> dedupe(final SingleOutputStreamOperator<PeerEvent> consented) {
        return consented.keyBy(event -> event.eventId).filter(new FirstFilter());
    }

    private static final class FirstFilter extends RichFilterFunction<PeerEvent> {
        private static final long serialVersionUID = 1;

        private transient ValueState<Long> firstAt;

        @Override
        public void open(final OpenContext context) {
            final ValueStateDescriptor<Long> descriptor = new ValueStateDescriptor<>("firstAt", Types.LONG);
            descriptor.enableTimeToLive(StateTtlConfig.newBuilder(TIME_TO_LIVE).build());
            firstAt = getRuntimeContext().getState(descriptor);
        }

        @Override
        public boolean filter(final PeerEvent event) throws Exception {
            final Long at = firstAt.value();
            final boolean isFirst = at == null || event.at - at >= LoopPeer.WINDOW_US;
            if (isFirst) {
                firstAt.update(event.at);
            }
            return isFirst;
        }
    }
}
