package io.pinion.cluster;

/**
 * What each member last said its state hashes to. A member whose own state is not that of most is wrong, whatever made it so:
 * it can't go on. No part of the state: what others say may come late, or not at all. One thread.
 */
final class HashBallot {
    private final int member;
    private final long[] positions;
    private final long[][] hashes;

    /**
     * Makes it.
     *
     * @param member  whose own state it is.
     * @param members how many there are in all.
     */
    HashBallot(final int member, final int members) {
        this.member = member;
        positions = new long[members];
        hashes = new long[members][];
    }

    /** Notes what a member says of itself; what is older than what it said before is passed over. */
    void vote(final int of, final long position, final long[] said) {
        if (of >= 0 && of < positions.length && (hashes[of] == null || position >= positions[of])) {
            positions[of] = position;
            hashes[of] = said;
        }
    }

    /**
     * Judges this member's own state.
     *
     * @param own what it hashes to; null where it doesn't know.
     * @return a sentence that names the first section that most members have otherwise; null when there is none.
     */
    String verdict(final SectionHashes own) {
        if (own == null) {
            return null;
        }
        for (int section = 0; section < own.hashes().length; section++) {
            for (int of = 0; of < positions.length; of++) {
                if (of != member && isOther(of, section, own) && 2 * agreeing(of, section, own) > positions.length) {
                    return "The state of member " + member + " at position " + own.position()
                            + " of the log is not that"
                            + " of most members: the section \"" + own.names().get(section) + "\" is another."
                            + " Empty its directory, and seed it.";
                }
            }
        }
        return null;
    }

    private boolean isOther(final int of, final int section, final SectionHashes own) {
        return isComparable(of, own) && hashes[of][section] != own.hashes()[section];
    }

    private boolean isComparable(final int of, final SectionHashes own) {
        return hashes[of] != null && positions[of] == own.position() && hashes[of].length == own.hashes().length;
    }

    private int agreeing(final int with, final int section, final SectionHashes own) {
        int agreeing = 0;
        for (int of = 0; of < positions.length; of++) {
            if (of != member && isComparable(of, own) && hashes[of][section] == hashes[with][section]) {
                agreeing++;
            }
        }
        return agreeing;
    }
}
