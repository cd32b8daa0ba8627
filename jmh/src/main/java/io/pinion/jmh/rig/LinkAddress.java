package io.pinion.jmh.rig;

import java.util.List;

/**
 * Where a rig sends to and what comes back to it.
 *
 * @param driverDirectory of a media driver that runs already; null for one of the rig's own.
 * @param outChannel      where the other one listens.
 * @param outStream       the stream there.
 * @param backChannel     where the rig listens.
 * @param backStreams     the streams there: one for each target, one for the echo.
 */
public record LinkAddress(
        String driverDirectory, String outChannel, int outStream, String backChannel, List<Integer> backStreams) {}
