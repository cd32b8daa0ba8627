package io.pinion.jmh.peers.flink;

import io.pinion.jmh.peers.Outputs;
import io.pinion.jmh.peers.PeerEvent;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Route, to side outputs and, for analytics, the main one. */
final class Routing extends ProcessFunction<PeerEvent, PeerEvent> {
    static final OutputTag<PeerEvent> TRAINING = new OutputTag<>("training", TypeInformation.of(PeerEvent.class));
    static final OutputTag<PeerEvent> EVALUATION = new OutputTag<>("evaluation", TypeInformation.of(PeerEvent.class));

    private static final long serialVersionUID = 1;

    @Override
    public void processElement(final PeerEvent event, final Context context, final Collector<PeerEvent> out) {
        switch (Outputs.indexFor(event.score, event.price)) {
            case 0 -> context.output(TRAINING, event);
            case 1 -> context.output(EVALUATION, event);
            default -> out.collect(event);
        }
    }
}
