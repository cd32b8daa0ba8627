package io.pinion.cluster;

import java.util.List;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;

/**
 * The delivery thread of one member: its forwarders, its client session, its housekeeping. What it throws ends the member:
 * the runner's error handler has to halt it.
 */
final class DeliveryAgent implements Agent {
    private final PositionFeed feed;
    private final List<Forwarder> forwarders;
    private final MemberSession session;
    private final TableFill tables;
    private final Housekeeping housekeeping;

    /**
     * Makes one; all are closed with it.
     *
     * @param feed         null where no target is Aeron's.
     * @param forwarders   one a route.
     * @param session      of this member.
     * @param tables       null where no table has a file.
     * @param housekeeping of this member.
     */
    DeliveryAgent(
            final PositionFeed feed,
            final List<Forwarder> forwarders,
            final MemberSession session,
            final TableFill tables,
            final Housekeeping housekeeping) {
        this.feed = feed;
        this.forwarders = List.copyOf(forwarders);
        this.session = session;
        this.tables = tables;
        this.housekeeping = housekeeping;
    }

    /** As above, where no table has a file. */
    DeliveryAgent(
            final PositionFeed feed,
            final List<Forwarder> forwarders,
            final MemberSession session,
            final Housekeeping housekeeping) {
        this(feed, forwarders, session, null, housekeeping);
    }

    @Override
    public int doWork() {
        final long nowNs = System.nanoTime();
        int done = feed == null ? 0 : feed.doWork();
        for (int i = 0; i < forwarders.size(); i++) {
            done += forwarders.get(i).doWork(nowNs);
        }
        done += tables == null ? 0 : tables.doWork(nowNs);
        return done + session.doWork(nowNs) + housekeeping.doWork(nowNs);
    }

    @Override
    public String roleName() {
        return "delivery";
    }

    @Override
    public void onClose() {
        CloseHelper.quietCloseAll(forwarders);
        CloseHelper.quietCloseAll(tables, session, housekeeping, feed);
    }
}
