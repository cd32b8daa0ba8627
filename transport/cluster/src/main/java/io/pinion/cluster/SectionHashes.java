package io.pinion.cluster;

import java.util.List;

/**
 * What a member's state hashes to at one position of the log.
 *
 * @param position of the log.
 * @param names    of the sections, in the snapshot's order.
 * @param hashes   one for each.
 */
record SectionHashes(long position, List<String> names, long[] hashes) {}
