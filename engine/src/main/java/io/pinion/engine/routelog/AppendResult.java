package io.pinion.engine.routelog;

/** What became of a record that was offered to a {@link RouteLogWriter}. Every one is a normal answer. */
public enum AppendResult {
    /** It is in the log, and readers may see it. */
    APPENDED,
    /** It had been there, and is the same to the byte. */
    ALREADY_THERE,
    /** Its sequence lies below what the log still keeps: it was there once, was confirmed, and is skipped. */
    BELOW_START,
    /** The backlog is at its bound of bytes or of age; offer it again after a confirmation. Nothing was written. */
    FULL,
    /**
     * No room is prepared on disk: the disk is full, or slower than the appends. Offer it again later; {@link
     * RouteLog#whyNotReady} has the reason. Nothing was written.
     */
    NOT_READY
}
