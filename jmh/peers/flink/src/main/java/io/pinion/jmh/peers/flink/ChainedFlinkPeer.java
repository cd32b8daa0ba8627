package io.pinion.jmh.peers.flink;

import io.pinion.jmh.job.JobEvents;
import io.pinion.jmh.job.SeenKeys;
import io.pinion.jmh.peers.LoopPeer;
import io.pinion.jmh.peers.PeerEvent;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFilterFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** Flink as fast as it can be: one chain on one thread, nothing keyed, the plain loop's table of keys in a filter. */
public final class ChainedFlinkPeer extends FlinkPeer {
    /** Made by its name. */
    public ChainedFlinkPeer() {
        super(Duration.ZERO);
    }

    @Override
    DataStream<PeerEvent> dedupe(final SingleOutputStreamOperator<PeerEvent> consented) {
        return consented.filter(new FirstFilter());
    }

    private static final class FirstFilter extends RichFilterFunction<PeerEvent> {
        private static final long serialVersionUID = 1;

        private transient SeenKeys seen;

        @Override
        public void open(final OpenContext context) {
            seen = new SeenKeys(JobEvents.KEYS);
        }

        @Override
        public boolean filter(final PeerEvent event) {
            return seen.isFirst(event.eventId, event.at, LoopPeer.WINDOW_US);
        }
    }
}
