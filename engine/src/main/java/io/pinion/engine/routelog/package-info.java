/**
 * A target's append-only log on local disk: {@link io.pinion.engine.routelog.RouteLog}.
 *
 * <p>A directory holds {@code lock}, {@code marks} (see {@code MarkFile}) and segments, {@code <number>.log} (see {@code
 * Segment}). {@code Recovery} opens them; the {@code SegmentPreparer} makes and deletes them beside the writer.
 *
 * <p>Nothing here knows the ring, a target or a policy.
 */
package io.pinion.engine.routelog;
