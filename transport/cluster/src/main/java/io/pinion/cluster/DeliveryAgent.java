package io.pinion.cluster;

import java.util.List;
import org.agrona.concurrent.Agent;

/**
 * The delivery thread of one member: its forwarders, its client session, its housekeeping. What it throws ends the member:
 * the runner's error handler has to halt it.
 */
final class DeliveryAgent implements Agent {
    /**
     * Makes one; all are closed with it.
     *
     * @param feed         null where no target is Aeron's.
     * @param forwarders   one a route.
     * @param session      of this member.
     * @param housekeeping of this member.
     */
    DeliveryAgent(
            final PositionFeed feed,
            final List<Forwarder> forwarders,
            final MemberSession session,
            final Housekeeping housekeeping) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int doWork() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String roleName() {
        return "delivery";
    }
}
