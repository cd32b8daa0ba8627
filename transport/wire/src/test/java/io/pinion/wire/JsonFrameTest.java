package io.pinion.wire;

import static io.pinion.engine.FrameFormat.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonFrameTest {
    @Test
    void shouldReadEachKindOfField() {
        final Everything event = Decoded.json("""
                        { "id" : -9223372036854775808, "key":"a\\u00e9\\ud83d\\ude00\\n", "flag":true, "small":-128,
                          "medium":32767, "letter":"\\u20ac", "count":-0, "ratio":0.1, "score":-12.5e-3,
                          "colour":"RED", "comment":"plain", "gr\\u00f6\\u00dfe":4, "unknown":[{"a":[]}, null]}
                        """).event;
        assertThat(event.id).isEqualTo(Long.MIN_VALUE);
        assertThat(event.key()).hasToString("aé\uD83D\uDE00\n");
        assertThat(event.flag).isTrue();
        assertThat(event.small).isEqualTo(Byte.MIN_VALUE);
        assertThat(event.medium).isEqualTo(Short.MAX_VALUE);
        assertThat(event.letter).isEqualTo('€');
        assertThat(event.count).isZero();
        assertThat(event.ratio).isEqualTo(0.1f);
        assertThat(event.score).isEqualTo(-0.0125);
        assertThat(event.colour).isEqualTo(Everything.Colour.RED);
        assertThat(event.comment).hasToString("plain");
        assertThat(event.größe).isEqualTo(4);
    }

    @Test
    void shouldLeaveEverythingButTheChangedValueAsItCame() {
        final Decoded<Everything> decoded =
                Decoded.json("  { \"score\" : 1.50 ,\t\"x\":[ 1e2 ],\"count\":null, \"comment\":\"\\u0041\"\n} \n");
        decoded.event.score = 0.1;
        assertThat(decoded.json())
                .isEqualTo("  { \"score\" : 0.1 ,\t\"x\":[ 1e2 ],\"count\":null, \"comment\":\"\\u0041\"\n} \n");
        decoded.event.score = 1.5;
        decoded.event.count = 8;
        decoded.event.comment.set("A");
        assertThat(decoded.json())
                .isEqualTo("  { \"score\" : 1.50 ,\t\"x\":[ 1e2 ],\"count\":8, \"comment\":\"\\u0041\"\n} \n");
        decoded.event.comment.set("\"B\"\u0001");
        decoded.event.flag = true;
        assertThat(decoded.json())
                .isEqualTo(
                        "  { \"score\" : 1.50 ,\t\"x\":[ 1e2 ],\"count\":8, \"comment\":\"\\\"B\\\"\\u0001\",\"flag\":true\n} \n");
    }

    @Test
    void shouldAddTheFirstFieldWithoutAComma() {
        final Decoded<Everything> decoded = Decoded.json("{ }");
        decoded.event.id = 1;
        decoded.event.missing.set("m");
        assertThat(decoded.json()).isEqualTo("{\"id\":1,\"missing\":\"m\" }");
    }

    @Test
    void shouldNameTheFieldWhatItWasAndWhatWouldBeRight() {
        assertThat(Decoded.fault(Frames.utf8("{\"small\":\"x\"}"), JSON))
                .isEqualTo("field \"small\" is text, and must be an integer from -128 to 127");
        assertThat(Decoded.fault(Frames.utf8("{\"small\":128}"), JSON))
                .isEqualTo("field \"small\" is 128, and must be an integer from -128 to 127");
        assertThat(Decoded.fault(Frames.utf8("{\"colour\":\"PINK\"}"), JSON))
                .isEqualTo("field \"colour\" is \"PINK\", and must be one of [RED, GREEN, BLAU_ÄÖ], as text");
    }
}
