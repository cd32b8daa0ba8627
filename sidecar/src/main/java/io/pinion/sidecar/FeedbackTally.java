package io.pinion.sidecar;

/**
 * What a demo's producer has sent, counted where it was made: what the account of the sidecar must come to. Read and written
 * as JSON by its fields.
 */
final class FeedbackTally {
    /** Frames sent, of whatever kind. */
    public long sent;
    /** Frames that are no event: torn, of a wrong type, or alien. */
    public long malformed;
    /** Events whose user did not consent, repeats of them among them. */
    public long withoutConsent;
    /** Events with consent that were sent before. */
    public long repeats;
    /** Events with consent, sent for the first time, of users that nobody knows. */
    public long unknownUsers;

    void add(final FeedbackTally other) {
        sent += other.sent;
        malformed += other.malformed;
        withoutConsent += other.withoutConsent;
        repeats += other.repeats;
        unknownUsers += other.unknownUsers;
    }
}
