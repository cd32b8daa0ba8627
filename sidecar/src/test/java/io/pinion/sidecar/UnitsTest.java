package io.pinion.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {
    @ParameterizedTest
    @CsvSource({
        "0,0",
        "65536,65536",
        "64k,65536",
        "4m,4194304",
        "1G,1073741824",
        "8 KiB,8192",
        "1x,-1",
        "-1,-1",
        "'',-1",
        "99999999999g,-1"
    })
    void shouldReadASize(final String text, final long bytes) {
        assertThat(Units.bytes(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|0",
                "7|7",
                "999|999",
                "1000|1,000",
                "123456|123,456",
                "1234567|1,234,567",
                "-999|-999",
                "-1000|-1,000"
            })
    void shouldWriteACount(final long number, final String text) {
        assertThat(Units.count(number)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "500ms,PT0.5S",
        "10s,PT10S",
        "2min,PT2M",
        "1m,PT1M",
        "3 h,PT3H",
        "30d,P30D",
        "7us,PT0.000007S",
        "10,",
        "x,"
    })
    void shouldReadATime(final String text, final Duration duration) {
        assertThat(Units.duration(text)).isEqualTo(duration);
    }

    @Test
    void shouldWriteNumbersAsPeopleReadThem() {
        assertThat(Units.of(1, "event")).isEqualTo("1 event");
        assertThat(Units.of(289_402, "event")).isEqualTo("289,402 events");
        assertThat(Units.sizeOf(1023)).isEqualTo("1023 B");
        assertThat(Units.sizeOf(1536)).isEqualTo("1.5 KiB");
        assertThat(Units.rate(10, 0)).isEqualTo("0/s");
        assertThat(Units.durationOf(Duration.ofMillis(1_500))).isEqualTo("1500 ms");
        assertThat(Units.durationOf(Duration.ofMinutes(10))).isEqualTo("600 s");
        assertThat(Units.durationOf(Duration.ofDays(30))).isEqualTo("30 days");
    }
}
