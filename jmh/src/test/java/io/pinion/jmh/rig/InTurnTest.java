package io.pinion.jmh.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rigs in processes of their own, at the other ends the echo and what does the job by hand. Nothing is said of times. */
@Timeout(180)
class InTurnTest {
    private static final long FILL = 150_000; // more than a piece
    private static final long SENT = 400;

    @TempDir
    private Path folder;

    private final List<Subprocess> processes = new ArrayList<>();

    @Test
    void shouldMeasureAllOfEachPieceByPiece() {
        final Workplace place = new Workplace(Path.of("").toAbsolutePath().getParent(), folder, -1, -1);
        final Wire ofEcho = Wire.udp();
        final List<Contender> byHand = List.of(Contender.LOOP, Contender.COUNTED, Contender.HAND);
        final List<Wire> wires = byHand.stream().map(each -> Wire.ipc()).toList();
        try {
            final List<InTurn.Pair> pairs = new ArrayList<>();
            pairs.add(start(place, Contender.ECHO, ofEcho));
            for (int i = 0; i < byHand.size(); i++) {
                pairs.add(start(place, byHand.get(i), wires.get(i)));
            }

            assertThat(InTurn.run(pairs, 60)).hasSize(pairs.size()).allMatch(code -> code == 143);

            final RateRun echoed = onlyRunOf(Contender.ECHO);
            assertThat(echoed.returned()).isEqualTo(echoed.sent());
            // One in 16 is a repeat, and some don't consent.
            assertThat(byHand).map(this::onlyRunOf).allSatisfy(routed -> assertThat(routed.returned())
                    .isBetween(routed.sent() / 2, routed.sent() - 1));
        } finally {
            processes.forEach(Subprocess::close);
            wires.forEach(Wire::clean);
        }
    }

    @Test
    void shouldSayWhichProcessHasEnded() {
        final Workplace place = new Workplace(Path.of("").toAbsolutePath().getParent(), folder, -1, -1);
        final Wire wire = Wire.udp();
        try {
            final InTurn.Pair echo = start(place, Contender.ECHO, wire);
            echo.other().kill();

            assertThatThrownBy(() -> InTurn.run(List.of(echo), 60)).hasMessageStartingWith("ECHO ended with 137");
        } finally {
            processes.forEach(Subprocess::close);
        }
    }

    private RateRun onlyRunOf(final Contender contender) {
        final List<RateRun> runs = RigProcess.read(folder.resolve(contender + ".json"));
        assertThat(runs).hasSize(1);
        assertThat(runs.get(0).intended()).isEqualTo(SENT);
        assertThat(runs.get(0).histogram().getTotalCount())
                .isBetween(1L, runs.get(0).returned());
        return runs.get(0);
    }

    private InTurn.Pair start(final Workplace place, final Contender contender, final Wire wire) {
        final RigPlan plan =
                new RigPlan(-1, wire.address(Contender.BACK_STREAMS), "job", FILL, 0.4, List.of(SENT), 1, 4, false, 1);
        final Subprocess other = Subprocess.start(contender.name(), folder, contender.command(place, wire));
        processes.add(other);
        final Subprocess rig =
                RigProcess.startInTurn(place, plan, contender + "-rig", folder.resolve(contender + ".json"));
        processes.add(rig);
        return new InTurn.Pair(other, rig);
    }
}
