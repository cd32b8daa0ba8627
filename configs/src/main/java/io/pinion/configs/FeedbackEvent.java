package io.pinion.configs;

import io.pinion.engine.Text;

/**
 * One piece of feedback on the answer of a model in a chat. Public fields are what the frames carry, by their names; one
 * object is reused for many events, and its texts look into the frame that came.
 */
public final class FeedbackEvent {
    /** How the feedback was given. */
    public enum Kind {
        /** A thumb, or a number of stars: {@link FeedbackEvent#score}. */
        VOTE,
        /** The user wrote what the answer should have been: {@link FeedbackEvent#text}. */
        CORRECTION,
        /** The user asked the same again in other words. */
        REPROMPT,
        /** The user stayed with the answer for a time: {@link FeedbackEvent#dwellMs}. */
        DWELL
    }

    /** Names this piece of feedback; a client that sends it again sends the same. */
    public long eventId;
    /** When it was given, in microseconds since 1970, by the client's clock. */
    public long at;
    /** Who gave it. */
    public long userId;
    /** In which conversation. */
    public long conversationId;
    /** On the answer to which prompt. */
    public long promptId;
    /** How it was given. */
    public Kind kind = Kind.VOTE;
    /** The model that answered. */
    public final Text model = new Text();
    /** Whether the user lets it be used. */
    public boolean consent;
    /** 0 (bad) to 1 (good), for a vote. */
    public double score;
    /** How long the user stayed, in milliseconds. */
    public long dwellMs;
    /** What the user wrote. */
    public final Text text = new Text();

    /** The user's tier, from the table {@code users}. */
    public final Text userTier = new Text();
    /** The user's language, from the table {@code users}. */
    public final Text locale = new Text();
    /** 0 (harmless) to 1, by {@link RiskScore}. */
    public double risk;
}
