package io.pinion.jmh.results;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class ReportTest {
    @TempDir
    private Path folder;

    private final Results results = new Results();
    private final Report report = new Report("Pinion <measured>", Map.of("cores", "2"), results);

    @Test
    void shouldWriteAPageThatNeedsNothingElseAndEndsInTheTargets() throws IOException {
        measure();
        report.write(folder.resolve("run"));

        final String page = Files.readString(folder.resolve("run/index.html"));
        assertThat(page)
                .contains("Pinion &lt;measured&gt;", "Latency over UDP at 10k events/s", "a note &amp; more")
                .doesNotContain("http:", "https:", "<script", "<link", "src=", "Latency over IPC");
        assertThat(page.substring(page.lastIndexOf("<h2"))).startsWith("<h2 id=\"targets\">");
        assertThat(page.split("<svg", -1)).hasSameSizeAs(page.split("</svg>", -1));
    }

    @Test
    void shouldWriteEachPlotByItselfAsAPictureThatNeedsNothingElse() throws Exception {
        measure();
        report.write(folder);

        final Path plot = folder.resolve("plots/latency-over-udp-at-10k-events-s.svg");
        final Document picture =
                DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(plot.toFile());
        assertThat(picture.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(picture.getElementsByTagName("path").getLength()).isPositive();
        assertThat(plot).content().contains(".line.pinion", "xmlns=").doesNotContain("https:", "href");
    }

    @Test
    void shouldShowThreeMembersBesideABareCluster() {
        final Histogram latency = new Histogram(3);
        latency.recordValue(10_000);
        results.addLatency("cluster.sync1.pinion.10000", latency);
        results.add("cluster.sync1.pinion.highest", 90_000);
        report.write(folder);

        assertThat(folder.resolve("index.html"))
                .content()
                .contains("Three members", "Latency at 10k events/s, file sync level 1", "file sync level 1, Pinion")
                .doesNotContain("events/s, file sync level 0", "Latency at 1k events/s", "Wire to wire");
    }

    @Test
    void shouldWriteJsonThatEndsInTheTargets() throws IOException {
        measure();
        report.write(folder);

        final JsonNode json =
                new ObjectMapper().readTree(folder.resolve("results.json").toFile());
        final List<String> names = new ArrayList<>();
        json.fieldNames().forEachRemaining(names::add);
        assertThat(names.get(names.size() - 1)).isEqualTo("targets");
        assertThat(json.get("targets")).hasSize(Targets.all().size());
        assertThat(json.get("environment").get("cores").asText()).isEqualTo("2");
        assertThat(json.get("figures").get("wire.udp.echo.10000.p50").get(0).asDouble())
                .isEqualTo(10_000);
        assertThat(json.get("latenciesNs").get("noise").get("count").asLong()).isEqualTo(1);
    }

    @Test
    void shouldPrintTheTargetsAndHowManyHold() {
        measure();

        assertThat(report.text())
                .startsWith("a note & more\n")
                .contains("over UDP at 10k/s, p50 beside the echo's")
                .endsWith("1 targets hold, 0 don't, " + (Targets.all().size() - 1) + " were not measured.\n");
    }

    @Test
    void shouldPrintTheTargetsOfAPartThatWasLeftOutInOneLine() {
        measure();

        assertThat(report.text().lines())
                .anyMatch(line -> line.matches(" +over UDP at 50k/s, p50 .* not measured"))
                .containsOnlyOnce("growth     " + Growth.ALL.size() + " targets, none of which was measured")
                .noneMatch(line -> line.contains("as the keys grow"));
    }

    private void measure() {
        for (final String contender : new String[] {"echo", "pinion"}) {
            final Histogram latency = new Histogram(3);
            latency.recordValue(10_000);
            results.addLatency("wire.udp." + contender + ".10000", latency);
            results.add("wire.udp." + contender + ".10000.p50", 10_000);
        }
        final Histogram noise = new Histogram(3);
        noise.recordValue(500);
        results.addLatency("noise", noise);
        results.note("a note & more");
    }
}
