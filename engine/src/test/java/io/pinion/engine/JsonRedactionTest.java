package io.pinion.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonRedactionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|{}",
                "{\"a\":1}|{\"a\":1}",
                "{\"text\":\"secret\"}|{\"text\":\"[redacted]\"}",
                "{ \"text\" : \"a\\\"b}\\\\\" , \"b\":2}|{ \"text\" : \"[redacted]\", \"b\":2}",
                "{\"user\":{\"text\":1,\"x\":[{\"y\":\"}\"}]},\"b\":[1,2]}|{\"user\":\"[redacted]\",\"b\":[1,2]}",
                "{\"b\":{\"text\":\"inner stays\"},\"text\":null}|{\"b\":{\"text\":\"inner stays\"},\"text\":\"[redacted]\"}",
                "{\"\\u0074ext\":\"secret\",\"b\":1}|{\"\\u0074ext\":\"[redacted]\",\"b\":1}",
                "{\"b\":\"text\",\"user\":-1.5e3}|{\"b\":\"text\",\"user\":\"[redacted]\"}"
            })
    void shouldReplaceTheValuesOfNamedFieldsAtTheTop(final String json, final String expected) {
        final byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        final Frame to = new Frame(0, 1_000);
        new JsonRedaction(List.of("text", "user")).append(bytes, bytes.length, to);
        assertThat(new String(to.array(), 0, to.lengthBytes(), StandardCharsets.UTF_8))
                .isEqualTo(expected);
    }
}
