package io.pinion.jmh.peers;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Who does the job: an engine, set up in one way. */
enum Contender {
    LOOP("loop", "plain loop", "one thread", Jars.PINION, "io.pinion.jmh.peers.LoopPeer", Jvm.WITHOUT_GARBAGE),
    BATCHED(
            "batched",
            "Pinion's tables by hand",
            "in batches, one thread",
            Jars.PINION,
            "io.pinion.jmh.peers.BatchedPeer",
            Jvm.WITHOUT_GARBAGE),
    PINION("pinion", "Pinion", "one thread", Jars.PINION, "io.pinion.jmh.peers.PinionPeer", Jvm.WITHOUT_GARBAGE),
    FLINK_CHAIN(
            "flink-chain",
            "Apache Flink",
            "one chain, dedupe of our own",
            "flink",
            "io.pinion.jmh.peers.flink.ChainedFlinkPeer",
            Jvm.FLINK),
    FLINK_KEYED(
            "flink-keyed",
            "Apache Flink",
            "keyed state, buffer timeout 0",
            "flink",
            "io.pinion.jmh.peers.flink.KeyedFlinkPeer",
            Jvm.FLINK),
    FLINK_KEYED_BUFFERED(
            "flink-keyed-buffered",
            "Apache Flink",
            "keyed state, default buffer timeout",
            "flink",
            "io.pinion.jmh.peers.flink.BufferedFlinkPeer",
            Jvm.FLINK),
    JET("jet", "Hazelcast Jet", "dedupe of our own", "jet", "io.pinion.jmh.peers.jet.UnkeyedJetPeer", Jvm.JET),
    JET_KEYED("jet-keyed", "Hazelcast Jet", "keyed state", "jet", "io.pinion.jmh.peers.jet.KeyedJetPeer", Jvm.JET),
    SIDDHI("siddhi", "Siddhi", "async", "siddhi", "io.pinion.jmh.peers.siddhi.SiddhiPeer", Jvm.WITH_GARBAGE),
    FLUXTION(
            "fluxtion",
            "Fluxtion",
            "compiled",
            "fluxtion",
            "io.pinion.jmh.peers.fluxtion.FluxtionPeer",
            Jvm.WITHOUT_GARBAGE);

    private final String label;
    private final String engine;
    private final String mode;
    private final String module;
    private final String className;
    private final List<String> jvmFlags;

    Contender(
            final String label,
            final String engine,
            final String mode,
            final String module,
            final String className,
            final List<String> jvmFlags) {
        this.label = label;
        this.engine = engine;
        this.mode = mode;
        this.module = module;
        this.className = className;
        this.jvmFlags = jvmFlags;
    }

    /** Which, by its label. */
    static Contender of(final String label) {
        return Arrays.stream(values())
                .filter(contender -> contender.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no peer \"" + label + "\": use one of "
                        + Arrays.stream(values()).map(Contender::label).collect(Collectors.joining(", ")) + "."));
    }

    String label() {
        return label;
    }

    String engine() {
        return engine;
    }

    String mode() {
        return mode;
    }

    /** The module its code is in; {@link Jars#PINION} where it runs with all that Pinion has. */
    String module() {
        return module;
    }

    String className() {
        return className;
    }

    List<String> jvmFlags() {
        return jvmFlags;
    }
}
