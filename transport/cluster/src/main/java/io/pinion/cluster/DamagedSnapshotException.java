package io.pinion.cluster;

import java.io.IOException;

/** A snapshot whose bytes are not those that were written: the one before it has to do. */
final class DamagedSnapshotException extends IOException {
    DamagedSnapshotException(final String sentence) {
        super(sentence);
    }
}
