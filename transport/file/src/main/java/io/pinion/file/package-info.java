/** Events from and to files of JSON lines: what a replay reads and writes, and where a live sidecar may append. */
package io.pinion.file;
