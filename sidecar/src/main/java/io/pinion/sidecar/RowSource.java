package io.pinion.sidecar;

import java.io.IOException;

/** The rows that a file has, one after the other, each as a JSON object. One thread. */
interface RowSource {
    /**
     * Goes on to the next row.
     *
     * @return false at the end.
     * @throws SidecarException with the line, when what is there is no row.
     */
    boolean next() throws IOException;

    /** The row as JSON, from index 0. */
    byte[] bytes();

    /** How much of {@link #bytes()} it is. */
    int lengthBytes();

    /** The line that the row begins at; before the first row 0. */
    long line();
}
