package io.pinion.sidecar.chaos;

import java.util.Map;
import java.util.Set;

/**
 * Which targets take less than all that is due, once they are too far behind.
 *
 * @param routeEvents how far that is; 0 as profiles have it.
 * @param dropping    targets that drop what comes then.
 * @param diverting   targets of which it goes elsewhere then, and where.
 */
public record Overflow(int routeEvents, Set<String> dropping, Map<String, String> diverting) {
    /** All that is due comes. */
    public static final Overflow NONE = new Overflow(0, Set.of(), Map.of());
}
