package io.pinion.sidecar;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/** A mapping of a profile, read strictly: a key it can't have and a value that is none are refused with their line. */
final class YamlSection {
    private static final Pattern INTEGER = Pattern.compile("\\d{1,9}");

    private final String name;
    private final YamlNode node;

    /**
     * Makes one.
     *
     * @param name how to speak of it, such as {@code aeron}.
     * @param node the mapping.
     * @param keys all it may have.
     */
    YamlSection(final String name, final YamlNode node, final String... keys) {
        this.name = name;
        this.node = node;
        final List<String> known = List.of(keys);
        if (node.fields() == null) {
            throw node.wrong("\"" + name + "\" has to have " + String.join(", ", known) + " below it.");
        }
        node.fields().forEach((key, value) -> {
            if (!known.contains(key)) {
                throw value.wrong("there is no \"" + key + "\" in " + name + ", which can have "
                        + String.join(", ", known) + DidYouMean.endOfSentence(key, known));
            }
        });
    }

    boolean has(final String key) {
        return node.fields().containsKey(key);
    }

    SidecarException wrong(final String sentence) {
        return node.wrong(sentence);
    }

    /** What is below a key, by its names. */
    Map<String, YamlNode> named(final String key) {
        final YamlNode found = node.fields().get(key);
        if (found == null || "".equals(found.text())) {
            return Map.of();
        }
        if (found.fields() == null) {
            throw found.wrong("\"" + key + "\" has to have names below it, each with a colon.");
        }
        return found.fields();
    }

    YamlNode node(final String key) {
        return node.fields().get(key);
    }

    String text(final String key, final String otherwise) {
        final YamlNode found = node.fields().get(key);
        if (found == null) {
            return otherwise;
        }
        if (found.text() == null || found.text().isEmpty()) {
            throw found.wrong("\"" + key + "\" has to have one value.");
        }
        return found.text();
    }

    /** One scalar or a list of them. */
    List<YamlNode> list(final String key) {
        final YamlNode found = node.fields().get(key);
        if (found == null) {
            return List.of();
        }
        if (found.fields() != null) {
            throw found.wrong("\"" + key + "\" has to be a list, such as [a, b].");
        }
        return found.items() == null ? List.of(found) : found.items();
    }

    int integer(final String key, final int otherwise) {
        final String text = text(key, null);
        return text == null ? otherwise : integer(key, node.fields().get(key));
    }

    static int integer(final String key, final YamlNode value) {
        if (value.text() == null || !INTEGER.matcher(value.text()).matches()) {
            throw value.wrong("\"" + key + "\" has to be a whole number; it is " + shown(value) + ".");
        }
        return Integer.parseInt(value.text());
    }

    int bytes(final String key, final int otherwise) {
        final long bytes = size(key, otherwise, Integer.MAX_VALUE, "a size below 2g, such as 65536, 64k or 4m");
        return (int) bytes;
    }

    long size(final String key, final long otherwise) {
        return size(key, otherwise, Long.MAX_VALUE, "a size, such as 64m or 4g");
    }

    private long size(final String key, final long otherwise, final long max, final String right) {
        final String text = text(key, null);
        if (text == null) {
            return otherwise;
        }
        final long bytes = Units.bytes(text);
        if (bytes < 0 || bytes > max) {
            throw node.fields().get(key).wrong("\"" + key + "\" has to be " + right + "; it is \"" + text + "\".");
        }
        return bytes;
    }

    Duration duration(final String key, final Duration otherwise) {
        final String text = text(key, null);
        if (text == null) {
            return otherwise;
        }
        final Duration duration = Units.duration(text);
        if (duration == null) {
            throw node.fields()
                    .get(key)
                    .wrong("\"" + key + "\" has to be a time, such as 500ms, 10s or 2min; it is \"" + text + "\".");
        }
        return duration;
    }

    /** A value that a parser of the engine understands; what it refuses is told with its place. */
    <T> T parsed(final String key, final T otherwise, final Function<String, T> parser) {
        final String text = text(key, null);
        if (text == null) {
            return otherwise;
        }
        try {
            return parser.apply(text);
        } catch (final RuntimeException refused) {
            throw node.fields().get(key).wrong(refused.getMessage());
        }
    }

    private static String shown(final YamlNode value) {
        return value.text() == null ? "a list or a mapping" : "\"" + value.text() + "\"";
    }

    /** How to speak of it. */
    @Override
    public String toString() {
        return name;
    }
}
