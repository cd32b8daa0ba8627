package io.pinion.jmh.peers;

import io.pinion.jmh.rig.Workplace;
import java.util.ArrayList;
import java.util.List;

/** The flags of the engines' processes. */
final class Jvm {
    private static final List<String> ALL = List.of(
            "-XX:-UsePerfData",
            "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");

    private static final String NO_HUGE_PAGES = "-XX:-UseTransparentHugePages";

    /**
     * Where an engine's documentation does not advise against them, all have them: tables are large, and read at random. None has
     * them where this JVM was told to have none.
     */
    private static final String HUGE_PAGES =
            Workplace.jvmFlags().contains(NO_HUGE_PAGES) ? NO_HUGE_PAGES : "-XX:+UseTransparentHugePages";

    /** As the launcher has it: what makes no garbage needs no collector beside it, and large tables lie where they stay. */
    static final List<String> WITHOUT_GARBAGE =
            with("-XX:+UseSerialGC", "-XX:PretenureSizeThreshold=1m", HUGE_PAGES, "-Xms1g", "-Xmx1g");

    /** The JVM's default collector, with room. */
    static final List<String> WITH_GARBAGE = with("-XX:+UseG1GC", HUGE_PAGES, "-Xms3g", "-Xmx3g");

    /** What Flink's own start scripts open (config.yaml, env.java.opts.all), and room for its keyed state. */
    static final List<String> FLINK = with(
            "-XX:+UseG1GC",
            HUGE_PAGES,
            "-Xms3g",
            "-Xmx3g",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.net=ALL-UNNAMED",
            "--add-opens=java.base/java.io=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--add-opens=java.base/java.text=ALL-UNNAMED",
            "--add-opens=java.base/java.time=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent.locks=ALL-UNNAMED");

    /**
     * What Hazelcast's manual asks for ("Running in Modular Java"), G1 held to short pauses, and no huge pages ("Performance
     * Tuning").
     */
    static final List<String> JET = with(
            "-XX:+UseG1GC",
            "-XX:MaxGCPauseMillis=5",
            "-Xms3g",
            "-Xmx3g",
            "--add-modules=java.se",
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.management/sun.management=ALL-UNNAMED",
            "--add-opens=jdk.management/com.sun.management.internal=ALL-UNNAMED");

    private Jvm() {}

    private static List<String> with(final String... flags) {
        final List<String> all = new ArrayList<>(ALL);
        all.addAll(List.of(flags));
        return List.copyOf(all);
    }
}
