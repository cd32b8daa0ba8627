package io.pinion.cluster;

import io.aeron.cluster.service.ClientSession;
import io.aeron.cluster.service.Cluster;
import io.pinion.engine.EdgeException;
import io.pinion.engine.Intake;
import io.pinion.engine.Replica;
import io.pinion.engine.RouteCount;
import io.pinion.engine.TableChange;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;

/**
 * Takes the log's messages in: asks {@link Admission}, gives the replica what is taken, and answers. The service's thread.
 *
 * <p>When it returns, nothing is left to do here of the message: where all parts share this thread, it has gone through all
 * stages into the route logs. Parts on threads of their own may be at it still; what has to know what came of it {@link
 * #settle settles} first, and waits by the cluster's idle strategy. A message that is acknowledged and not through is in the
 * log: it is read again by whoever dies now.
 */
final class LogMessages {
    private static final TableChange[] STEPS = {
        null, TableChange.SWAP_BEGIN, TableChange.SWAP_ROW, TableChange.SWAP_END, TableChange.SWAP_CANCEL
    };

    private final Replica<?> replica;
    private final Admission admission;
    private final ServiceState state;
    private final Answers answers;
    private final HashBallot ballot;
    private final CheckAnswers checks;
    private final ServiceView view;
    private final long diskTimeoutNs;
    private Cluster cluster;
    private long stuckSinceNs;
    private boolean isStuck;

    LogMessages(
            final Replica<?> replica,
            final Admission admission,
            final ServiceState state,
            final Answers answers,
            final HashBallot ballot,
            final CheckAnswers checks,
            final ServiceView view,
            final long diskTimeoutNs) {
        this.replica = replica;
        this.admission = admission;
        this.state = state;
        this.answers = answers;
        this.ballot = ballot;
        this.checks = checks;
        this.view = view;
        this.diskTimeoutNs = diskTimeoutNs;
    }

    void cluster(final Cluster newCluster) {
        cluster = newCluster;
    }

    /** @throws EdgeException when this member would decide otherwise than those who began the log. */
    void requireNoConflict() {
        final String conflict = admission.conflict();
        if (conflict != null) {
            throw new EdgeException(conflict);
        }
    }

    void onMessage(
            final ClientSession session,
            final long position,
            final long timestampUs,
            final DirectBuffer buffer,
            final int offset,
            final int length)
            throws IOException {
        if (length < ClusterMessages.HEADER_BYTES
                || ClusterMessages.version(buffer, offset) != ClusterMessages.VERSION) {
            return; // whoever sent it speaks another language, in which we could not answer
        }
        admission.onTime(timestampUs);
        isStuck = false;
        switch (ClusterMessages.type(buffer, offset)) {
            case ClusterMessages.EVENT -> onEvent(session, position, buffer, offset, length);
            case ClusterMessages.OPEN -> onOpen(session, buffer, offset, length);
            case ClusterMessages.SWAP -> onSwap(session, position, buffer, offset, length);
            default -> onMembersMessage(session, position, buffer, offset, length);
        }
        while (admission.logId() != 0 && !replica.isPassedOn()) {
            step();
        }
    }

    private void onOpen(final ClientSession session, final DirectBuffer buffer, final int offset, final int length) {
        if (length < ClusterMessages.OPEN_BYTES) {
            return;
        }
        final long producer = ClusterMessages.first(buffer, offset);
        final long nonce = ClusterMessages.second(buffer, offset);
        if (producer == TableFill.PRODUCER && !isMember(session)) {
            answers.refused(session, ClusterMessages.INVALID, producer, 0, 0);
        } else if (admission.onOpen(producer, nonce) == Admission.Outcome.ACCEPT) {
            answers.opened(session, producer, nonce, admission.epoch(), admission.last());
        } else {
            answers.refused(session, admission.reason(), producer, admission.epoch(), admission.expected());
        }
    }

    private void onEvent(
            final ClientSession session,
            final long position,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        if (length < ClusterMessages.EVENT_HEADER_BYTES) {
            return;
        }
        final long producer = ClusterMessages.first(buffer, offset);
        final int destination = ClusterMessages.aux(buffer, offset);
        final Admission.Outcome outcome = admission.onEvent(
                producer,
                ClusterMessages.second(buffer, offset),
                ClusterMessages.third(buffer, offset),
                destination,
                admission.logId() != 0 && isHoldingBack());
        if (outcome == Admission.Outcome.ACCEPT) {
            give(position, destination, buffer, offset, length);
        }
        answer(session, outcome, producer);
    }

    /** Every member has to answer the same, whatever is under way there. */
    private boolean isHoldingBack() {
        Intake intake = replica.intake();
        while (intake == Intake.NOT_KNOWN_YET) {
            step();
            intake = replica.intake();
        }
        return intake == Intake.HELD_BACK;
    }

    private void give(
            final long position, final int destination, final DirectBuffer buffer, final int offset, final int length) {
        final long dueNs = ClusterMessages.fourth(buffer, offset);
        final int frame = offset + ClusterMessages.EVENT_HEADER_BYTES;
        final int frameBytes = length - ClusterMessages.EVENT_HEADER_BYTES;
        final long timeUs = admission.logTimeUs();
        while (!(destination == 0
                ? replica.event(position, timeUs, buffer, frame, frameBytes, dueNs)
                : replica.update(position, timeUs, destination, buffer, frame, frameBytes, dueNs))) {
            step();
        }
    }

    private void onSwap(
            final ClientSession session,
            final long position,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        if (length < ClusterMessages.SWAP_HEADER_BYTES) {
            return;
        }
        final long producer = ClusterMessages.first(buffer, offset);
        final long epoch = ClusterMessages.second(buffer, offset);
        final int step = ClusterMessages.swapStep(buffer, offset);
        final int table = ClusterMessages.aux(buffer, offset);
        if (!SwapRows.isWhole(buffer, offset, length)) {
            answer(session, admission.onUnreadable(epoch), producer);
            return;
        }
        final Admission.Outcome outcome =
                admission.onSwap(producer, epoch, ClusterMessages.third(buffer, offset), table, step);
        if (outcome == Admission.Outcome.ACCEPT) {
            final int rows = ClusterMessages.swapRows(buffer, offset);
            if (step == ClusterMessages.SWAP_ROWS) {
                int at = offset + ClusterMessages.SWAP_HEADER_BYTES;
                for (int i = 0; i < rows; i++) {
                    final int rowBytes = SwapRows.length(buffer, at);
                    swap(position, table, TableChange.SWAP_ROW, buffer, at + Integer.BYTES, rowBytes);
                    at += Integer.BYTES + rowBytes;
                }
            } else {
                swap(position, table, STEPS[step], null, 0, 0);
            }
            view.tablesToLoad = admission.missingTables();
        }
        answer(session, outcome, producer);
    }

    private void swap(
            final long position,
            final int table,
            final TableChange step,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        while (!replica.swap(position, admission.logTimeUs(), table, step, buffer, offset, length)) {
            step();
        }
    }

    private void answer(final ClientSession session, final Admission.Outcome outcome, final long producer) {
        switch (outcome) {
            case ACCEPT, ACKNOWLEDGE -> answers.accepted(session, producer, admission.epoch(), admission.last());
            case REFUSE ->
                answers.refused(session, admission.reason(), producer, admission.epoch(), admission.expected());
            case IGNORE -> {}
        }
    }

    private static boolean isMember(final ClientSession session) {
        return session != null && Principal.isMember(session.encodedPrincipal());
    }

    private static boolean isOperator(final ClientSession session) {
        return session != null && Principal.isOperator(session.encodedPrincipal());
    }

    /** What only members may say, and the operator ask. */
    private void onMembersMessage(
            final ClientSession session,
            final long position,
            final DirectBuffer buffer,
            final int offset,
            final int length)
            throws IOException {
        final short type = ClusterMessages.type(buffer, offset);
        final boolean mayBeAsked = type == ClusterMessages.CHECK || type == ClusterMessages.STOP;
        if (!isMember(session) && !(mayBeAsked && isOperator(session))) {
            return;
        }
        switch (type) {
            case ClusterMessages.GENESIS -> onGenesis(buffer, offset, length);
            case ClusterMessages.CONFIRM -> onConfirm(position, buffer, offset, length);
            case ClusterMessages.TICK -> onTick(position);
            case ClusterMessages.CHECK -> {
                settle();
                view.hashes = state.hashes(position);
                checks.asked(session, position);
                requireAgreement();
            }
            case ClusterMessages.STOP -> view.isStopAsked = view.isLeader; // one that is read again stops nobody
            case ClusterMessages.HASHES -> onHashes(buffer, offset, length);
            default -> {} // of a younger build, which knows that older ones pass it over
        }
    }

    private void onGenesis(final DirectBuffer buffer, final int offset, final int length) {
        if (length < ClusterMessages.OPEN_BYTES) {
            return;
        }
        final String graph = ClusterMessages.genesisGraph(buffer, offset, length);
        final String settings = ClusterMessages.genesisSettings(buffer, offset, length);
        final long logId = ClusterMessages.first(buffer, offset);
        if (settings != null
                && admission.onGenesis(logId, new Genesis(ClusterMessages.aux(buffer, offset), graph, settings))) {
            requireNoConflict();
            replica.begin(logId);
            view.logId = logId;
            view.tablesToLoad = admission.missingTables();
        }
    }

    private void onConfirm(final long position, final DirectBuffer buffer, final int offset, final int length) {
        if (length < ClusterMessages.CONFIRM_BYTES
                || admission.logId() == 0
                || ClusterMessages.first(buffer, offset) != admission.logId()) {
            return;
        }
        final int route = ClusterMessages.aux(buffer, offset);
        if (route < 0 || route >= replica.routes()) {
            return;
        }
        final long sequence = ClusterMessages.second(buffer, offset);
        while (!replica.confirm(position, admission.logTimeUs(), route, sequence)) {
            step();
        }
    }

    private void onTick(final long position) {
        while (admission.logId() != 0 && !replica.tick(position, admission.logTimeUs())) {
            step();
        }
        settle();
        showCounts();
    }

    /** Lets others see what each route has; while all is settled. */
    void showCounts() {
        if (admission.logId() != 0) {
            final RouteCount[] counts = new RouteCount[replica.routes()];
            for (int i = 0; i < counts.length; i++) {
                counts[i] = replica.count(i);
            }
            view.counts = counts;
        }
    }

    private void onHashes(final DirectBuffer buffer, final int offset, final int length) {
        if (length < ClusterMessages.HASHES_HEADER_BYTES) {
            return;
        }
        final int count = ClusterMessages.hashCount(buffer, offset);
        if (count < 0 || length - ClusterMessages.HASHES_HEADER_BYTES != (long) count * Long.BYTES) {
            return;
        }
        final long[] hashes = new long[count];
        for (int i = 0; i < count; i++) {
            hashes[i] = ClusterMessages.hash(buffer, offset, i);
        }
        final int member = ClusterMessages.aux(buffer, offset);
        final long position = ClusterMessages.first(buffer, offset);
        ballot.vote(member, position, hashes);
        checks.heard(member, position, hashes, view.hashes);
        requireAgreement();
    }

    private void requireAgreement() {
        final String verdict = ballot.verdict(view.hashes);
        if (verdict != null) {
            throw new EdgeException(verdict);
        }
    }

    /** Waits until all that was given is in the route logs. */
    void settle() {
        isStuck = false;
        if (admission.logId() != 0) {
            while (!replica.isSettled()) {
                step();
            }
        }
    }

    private void step() {
        if (replica.step() > 0) {
            isStuck = false;
            return;
        }
        final long nowNs = System.nanoTime(); // decides nothing but when to give up
        if (!isStuck) {
            isStuck = true;
            stuckSinceNs = nowNs;
            cluster.idleStrategy().reset();
        } else if (nowNs - stuckSinceNs >= diskTimeoutNs) {
            giveUpOnTheDisk();
        }
        cluster.idleStrategy().idle();
    }

    /** A stage may take as long as it likes; a disk may not. */
    private void giveUpOnTheDisk() {
        final String why = replica.whyWaiting();
        if (why != null) {
            throw new EdgeException(
                    "A route could not be written for " + TimeUnit.NANOSECONDS.toSeconds(diskTimeoutNs) + " s: " + why);
        }
    }
}
