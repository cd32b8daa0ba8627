package io.pinion.sidecar.chaos;

import java.time.Duration;

/** What is done at the edges of a cluster: targets that overflow, and producers of which there are two. */
final class EdgeScripts {
    private EdgeScripts() {}

    /** Drops and diverts, while leaders change and all members start again from their disks. */
    static void overflow(final ChaosRound round) {
        round.load().consumers().values().forEach(consumer -> consumer.leave(true));
        round.say("the consumers are gone");
        round.load().awaitProgress(3L * round.setup().overflow().routeEvents());
        final MemberProcess killed = round.killLeader();
        round.members().awaitNextLeader();
        round.awaitProgress();
        round.restart(killed);
        round.awaitProgress();
        ScenarioList.allKilled(round);
        round.load().consumers().values().forEach(consumer -> consumer.leave(false));
        round.say("the consumers are back");
        round.awaitProgress();
        round.load().consumers().values().forEach(consumer -> consumer.slowDown(Duration.ofMillis(20)));
        round.load().awaitProgress(2L * round.setup().overflow().routeEvents());
        round.load().consumers().values().forEach(consumer -> consumer.slowDown(Duration.ZERO));
        round.say("consumers were slow for a while");
    }

    static void producersOverlap(final ChaosRound round) {
        for (int i = 0; i < 4; i++) {
            final LoadProducer producer = round.dice().one(round.load().producers());
            final int before = producer.fenced();
            producer.overlap();
            if (i == 2) {
                round.killLeader();
            }
            Waiting.until(
                    () -> producer.fenced() > before || producer.failure() != null,
                    Members.PATIENCE,
                    () -> "the older of two instances of a producer is not fenced");
            round.awaitProgress();
            round.members().startMissing();
        }
        round.say("four producers had a younger instance beside them, and were fenced");
    }
}
