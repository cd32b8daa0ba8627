package io.pinion.cluster;

import io.aeron.cluster.codecs.AdminRequestDecoder;
import io.aeron.cluster.codecs.BackupQueryDecoder;
import io.aeron.cluster.codecs.HeartbeatRequestDecoder;
import io.aeron.cluster.codecs.MessageHeaderDecoder;
import io.aeron.security.AuthorisationService;

/** Who may ask for what, besides sending events: snapshots are for members and the operator, backups for members. */
final class MemberAuthorisation implements AuthorisationService {
    @Override
    public boolean isAuthorised(
            final int protocolId, final int actionId, final Object type, final byte[] encodedPrincipal) {
        if (protocolId != MessageHeaderDecoder.SCHEMA_ID) {
            return false;
        }
        return switch (actionId) {
            case AdminRequestDecoder.TEMPLATE_ID ->
                Principal.isMember(encodedPrincipal) || Principal.isOperator(encodedPrincipal);
            case BackupQueryDecoder.TEMPLATE_ID, HeartbeatRequestDecoder.TEMPLATE_ID ->
                Principal.isMember(encodedPrincipal);
            default -> false;
        };
    }
}
