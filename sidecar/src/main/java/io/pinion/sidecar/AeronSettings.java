package io.pinion.sidecar;

/**
 * The media driver, as a profile has it.
 *
 * @param embedded        whether it runs inside this process.
 * @param directory       of the driver; null for one of the process's own.
 * @param termLengthBytes of each publication's log: how much can be on its way.
 * @param mtuBytes        the longest datagram.
 */
record AeronSettings(boolean embedded, String directory, int termLengthBytes, int mtuBytes) {}
