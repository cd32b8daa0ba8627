package io.pinion.cluster;

import io.aeron.cluster.service.ClientSession;

/**
 * Tells who asked for a check what each member says its state hashes to, as that comes through the log. No part of the state:
 * the members decide by {@link HashBallot}, and only the leader's answers leave. One thread.
 */
final class CheckAnswers {
    private final Answers answers;
    private final int members;
    private ClientSession asker;
    private long askedAt;

    /**
     * Makes it.
     *
     * @param answers what goes back to sessions.
     * @param members how many there are in all.
     */
    CheckAnswers(final Answers answers, final int members) {
        this.answers = answers;
        this.members = members;
    }

    /** A check was asked for; an earlier one is forgotten. */
    void asked(final ClientSession session, final long position) {
        asker = session;
        askedAt = position;
    }

    /**
     * A member has said what it has.
     *
     * @param own this member's own, to name what differs from it; null where it doesn't know.
     */
    void heard(final int member, final long position, final long[] hashes, final SectionHashes own) {
        if (asker != null && position == askedAt) {
            answers.checked(
                    asker, member, members, position, SectionHash.crcOf(hashes), differing(position, hashes, own));
        }
    }

    private static String differing(final long position, final long[] hashes, final SectionHashes own) {
        if (own != null && own.position() == position && own.hashes().length == hashes.length) {
            for (int i = 0; i < hashes.length; i++) {
                if (own.hashes()[i] != hashes[i]) {
                    return own.names().get(i);
                }
            }
        }
        return "";
    }
}
