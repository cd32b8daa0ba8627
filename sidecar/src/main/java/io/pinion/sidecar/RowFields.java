package io.pinion.sidecar;

import io.pinion.engine.Text;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The fields of a row class by their names, and which of them hold text: what a CSV file alone can't tell. */
final class RowFields {
    private final Map<String, Class<?>> types = new LinkedHashMap<>();

    RowFields(final Class<?> rowClass) {
        for (Class<?> at = rowClass; at != Object.class; at = at.getSuperclass()) {
            for (final Field field : at.getDeclaredFields()) {
                if ((field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0 && !field.isSynthetic()) {
                    types.put(field.getName(), field.getType());
                }
            }
        }
    }

    boolean has(final String name) {
        return types.containsKey(name);
    }

    /** Whether its values are quoted in JSON. */
    boolean isText(final String name) {
        final Class<?> type = types.get(name);
        return type == Text.class || type == char.class || type.isEnum();
    }

    Set<String> names() {
        return types.keySet();
    }
}
