package io.pinion.sidecar;

import io.pinion.engine.Account;
import io.pinion.engine.Processor;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** What a running processor does, in one line: the rate since the line before, what went where, and how fast. One thread. */
final class LiveLine {
    private final Processor<?> processor;
    private final long beganNs;
    private long lastIn;
    private long lastNs;

    LiveLine(final Processor<?> processor, final long beganNs) {
        this.processor = processor;
        this.beganNs = beganNs;
        lastNs = beganNs;
    }

    /**
     * The line of this moment.
     *
     * @param nowNs by the clock that the beginning was read from.
     * @return such as {@code 3 s  10,000/s  p50 21.0 p99 80.1 µs  ring 2 %  30,000 in → 12,000 training, 6,000 evaluation, 3 dead}.
     */
    String at(final long nowNs) {
        final Account account = processor.account();
        final String rate = Units.rate(account.in() - lastIn, nowNs - lastNs);
        lastIn = account.in();
        lastNs = nowNs;
        final String targets = account.targets().stream()
                .map(target -> Units.count(target.delivered()) + " " + target.name())
                .collect(Collectors.joining(", "));
        return (nowNs - beganNs) / 1_000_000_000L + " s  " + rate + latency() + "  ring "
                + processor.occupancy() * 100 / processor.ringSlots() + " %  " + Units.count(account.in())
                + " in → " + targets + ", " + Units.count(account.deadLetters().routed()) + " dead";
    }

    private String latency() {
        final Histogram total = processor.latency().get("total");
        return total == null || total.getTotalCount() == 0
                ? ""
                : "  p50 " + Units.micros(total.getValueAtPercentile(50)) + " p99 "
                        + Units.micros(total.getValueAtPercentile(99)) + " µs";
    }
}
