package io.pinion.sidecar;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A piece of YAML that knows its line, so that whatever is wrong with it can be said with its place. Exactly one of
 * {@code text}, {@code items} and {@code fields} is set.
 *
 * @param place  the file and the line, as {@code file:12}.
 * @param text   of a scalar.
 * @param items  of a list.
 * @param fields of a mapping, in the order of the file.
 */
record YamlNode(String place, String text, List<YamlNode> items, Map<String, YamlNode> fields) {
    private static final Pattern LINE = Pattern.compile(" line (\\d+)");

    /**
     * Reads a file.
     *
     * @param name what to call it.
     * @param yaml its content.
     * @return a mapping; an empty one for an empty file.
     * @throws SidecarException when it is no YAML, or no mapping.
     */
    static YamlNode parse(final String name, final String yaml) {
        try (JsonParser parser = new YAMLFactory().createParser(yaml)) {
            if (parser.nextToken() == null) {
                return new YamlNode(name + ":1", null, null, Map.of());
            }
            final YamlNode node = read(name, parser);
            if (node.fields == null) {
                throw new SidecarException(node.place + ": a profile is a list of \"key: value\" lines.");
            }
            return node;
        } catch (final JsonProcessingException wrong) {
            throw notYaml(name, wrong);
        } catch (final IOException unreadable) {
            throw new SidecarException(name + " can't be read (" + unreadable.getMessage() + ").", unreadable);
        }
    }

    /** The parser's sentence and the last line it names: what it says of an earlier one is where it began to read. */
    private static SidecarException notYaml(final String name, final JsonProcessingException wrong) {
        final String message = wrong.getOriginalMessage();
        final Matcher lines = LINE.matcher(message);
        int line = wrong.getLocation() == null ? 1 : wrong.getLocation().getLineNr();
        while (lines.find()) {
            line = Integer.parseInt(lines.group(1));
        }
        final String sentence = message.lines()
                .takeWhile(text -> !text.isBlank())
                .filter(text -> !text.startsWith(" "))
                .collect(Collectors.joining(", "));
        return new SidecarException(
                name + ":" + line + ": this is not YAML: " + sentence.replaceAll("\\.$", "") + ".", wrong);
    }

    private static YamlNode read(final String name, final JsonParser parser) throws IOException {
        final String place = name + ":" + parser.currentTokenLocation().getLineNr();
        final JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            final Map<String, YamlNode> fields = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                final String key = parser.currentName();
                final int line = parser.currentTokenLocation().getLineNr();
                parser.nextToken();
                if (fields.put(key, read(name, parser)) != null) {
                    throw new SidecarException(name + ":" + line + ": \"" + key + "\" is here twice: keep one.");
                }
            }
            return new YamlNode(place, null, null, fields);
        }
        if (token == JsonToken.START_ARRAY) {
            final List<YamlNode> items = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                items.add(read(name, parser));
            }
            return new YamlNode(place, null, items, null);
        }
        return new YamlNode(place, token == JsonToken.VALUE_NULL ? "" : parser.getText(), null, null);
    }

    /** A refusal that begins with the place. */
    SidecarException wrong(final String sentence) {
        return new SidecarException(place + ": " + sentence);
    }
}
