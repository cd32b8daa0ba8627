package io.pinion.configs;

import static io.pinion.engine.Policy.block;
import static io.pinion.operators.Operators.map;
import static io.pinion.operators.Operators.perMinute;
import static io.pinion.operators.Operators.percent;
import static io.pinion.operators.Operators.rateLimit;
import static io.pinion.operators.Operators.sample;
import static io.pinion.operators.Operators.table;
import static io.pinion.operators.Operators.upTo;
import static io.pinion.operators.Privacy.consent;
import static io.pinion.operators.Privacy.emails;
import static io.pinion.operators.Privacy.longerThan;
import static io.pinion.operators.Privacy.numbers;
import static io.pinion.operators.Privacy.pseudonymise;
import static io.pinion.operators.Privacy.redact;
import static io.pinion.operators.Privacy.urls;
import static java.util.concurrent.TimeUnit.MICROSECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.pinion.engine.Environment;
import io.pinion.engine.Graph;
import io.pinion.engine.GraphException;
import io.pinion.engine.GraphHarness;
import io.pinion.operators.PseudonymKeys;
import io.pinion.operators.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Map, sample, rate limit and privacy as one graph, with a file of keys. */
class PrivacyGraphTest {
    private static final long MARCH_US =
            ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse("2026-03-01T00:00:00Z"));

    @TempDir
    Path folder;

    private final Table<Feedback.User> revocations =
            table("revocations", Feedback.User::new, user -> user.userId, upTo(1_000));
    private GraphHarness<FeedbackEvent> harness;

    @BeforeEach
    void buildTheGraph() throws IOException {
        final Path file = folder.resolve("pseudonyms.keys");
        Files.writeString(file, """
                # from                key
                2026-01-01T00:00:00Z  00112233445566778899aabbccddeeff
                2026-07-01T00:00:00Z  ffeeddccbbaa99887766554433221100
                """);
        final PseudonymKeys keys = KeyFile.read(file);
        final Environment env = Environment.ofNames();
        harness = GraphHarness.of(Graph.of(FeedbackEvent::new)
                .eventTime(event -> event.at, MICROSECONDS)
                .from(env.ingress("producers"))
                .then(consent("consent", revocations, event -> event.userId, event -> event.consent))
                .then(rateLimit(
                        "calm", event -> event.userId, perMinute(60).burst(3).upTo(100_000)))
                .then(sample("some", event -> event.userId, percent(50).salt("2026")))
                .then(map("seconds", event -> event.dwellMs = Math.min(event.dwellMs, 3_600_000)))
                .then(redact("clean", event -> event.text, urls(), emails(), numbers(7), longerThan(50)))
                .then(pseudonymise("user", keys, event -> event.userId, (event, id) -> event.userId = id))
                .then(pseudonymise("names", keys, event -> event.model, event -> event.locale))
                .route(routes -> routes.otherwise().to("training"))
                .to("training", env.egress("training"), block())
                .build());
    }

    @Test
    void shouldLetLeaveOnlyWhatMay() {
        final FeedbackEvent event = feedback(2);
        event.text.set("Write to anna@example.com or call 030 1234567, see https://example.com/anna");
        event.model.set("anna");
        event.dwellMs = Long.MAX_VALUE;

        assertThat(harness.give(event)).containsExactly("training");
        assertThat(event.text).hasToString("Write to [email] or call [number], see [url]");
        assertThat(event.model).hasToString("233ef211e330ed34cd1dc71e3db37d56");
        assertThat(event.locale.isEmpty()).isTrue();
        assertThat(event.dwellMs).isEqualTo(3_600_000);
        assertThat(event.userId).isNotEqualTo(2);
    }

    @Test
    void shouldDropWhatWasRevokedWhatIsTooMuchAndWhatIsNotSampled() {
        final Feedback.User anna = new Feedback.User();
        anna.userId = 2;
        int sampled = 0;
        for (int user = 100; user < 200; user++) {
            sampled += harness.give(feedback(user)).size();
        }
        for (int i = 0; i < 5; i++) {
            harness.give(feedback(2));
        }
        revocations.put(anna);
        harness.give(feedback(2));
        final FeedbackEvent without = feedback(3);
        without.consent = false;
        harness.give(without);

        assertThat(sampled).isBetween(30, 70);
        assertThat(harness.stage("some").dropped("not_sampled")).isEqualTo(100 - sampled);
        assertThat(harness.stage("calm").dropped("limited")).isEqualTo(2);
        assertThat(harness.stage("consent").dropped("revoked")).isEqualTo(1);
        assertThat(harness.stage("consent").dropped("no_consent")).isEqualTo(1);
    }

    @Test
    void shouldSayWhatIsWrongWithAKeyFile() throws IOException {
        final Path absent = folder.resolve("absent.keys");
        final Path wrong = Files.writeString(folder.resolve("wrong.keys"), "secret\n");

        assertThatExceptionOfType(GraphException.class)
                .isThrownBy(() -> KeyFile.read(absent))
                .withMessageStartingWith("The key file " + absent + " can't be read (");
        assertThatExceptionOfType(GraphException.class)
                .isThrownBy(() -> KeyFile.read(wrong))
                .withMessage("The key file " + wrong + ", line 1, is not a time, white space, and a key.");
    }

    private static FeedbackEvent feedback(final long userId) {
        final FeedbackEvent event = new FeedbackEvent();
        event.at = MARCH_US;
        event.userId = userId;
        event.consent = true;
        return event;
    }
}
