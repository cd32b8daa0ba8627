package io.pinion.cluster;

import static io.pinion.cluster.KilledArchive.FRAGMENT_BYTES;
import static io.pinion.cluster.KilledArchive.SEGMENT_BYTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aeron.archive.Archive;
import io.aeron.archive.client.AeronArchive;
import io.aeron.archive.client.ArchiveException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real archives: what one that is killed while it records leaves behind is a copy of its directory. */
class TornRecordingsTest {
    @TempDir
    Path folder;

    private final List<String> told = new ArrayList<>();
    private KilledArchive killed;
    private TornRecordings recordings;

    @BeforeEach
    void start() {
        killed = new KilledArchive(folder);
        recordings = new TornRecordings(killed.left(), told::add);
    }

    @AfterEach
    void stop() {
        killed.close();
    }

    /** Launches an archive on what was left, and reads the recording to its end. */
    private void requireWhole(final long recording, final int messages, final long end) {
        try (Archive archiving = Archive.launch(killed.archive());
                AeronArchive archive = killed.connect()) {
            assertThat(archiving.context().archiveDir()).isDirectory();
            assertThat(archive.getStopPosition(recording)).isEqualTo(end);
            assertThat(KilledArchive.replayed(archive, recording, end)).isEqualTo(messages);
        }
    }

    /** Wherever it is torn: in its first page, at the end of one, in its last. */
    @ParameterizedTest
    @ValueSource(ints = {32, 40, 384, 1_000, 4_096, 4_480, 6_000})
    void shouldCutOffAFragmentThatWasNotWrittenWholeAndNothingElse(final int written) throws IOException {
        final long recording = killed.record(5);
        killed.tear(recording, 4 * FRAGMENT_BYTES + written);
        recordings.cutOff();
        assertThat(told)
                .singleElement()
                .asString()
                .contains("Recording " + recording)
                .contains("is cut off at position " + 4 * FRAGMENT_BYTES);
        requireWhole(recording, 4, 4 * FRAGMENT_BYTES);
        recordings.cutOff();
        assertThat(told).as("what was cut off once is whole").hasSize(1);
    }

    @Test
    void shouldBeNeededForAeronRefusesWhatIsTorn() throws IOException {
        final long recording = killed.record(5);
        killed.tear(recording, 4 * FRAGMENT_BYTES + 1_000);
        assertThatThrownBy(() -> Archive.launch(killed.archive())).isInstanceOf(ArchiveException.class);
    }

    @Test
    void shouldCutNothingOfOneThatWasWrittenWhole() throws IOException {
        final long recording = killed.record(5);
        recordings.cutOff();
        assertThat(told).isEmpty();
        requireWhole(recording, 5, 5 * FRAGMENT_BYTES);
    }

    @Test
    void shouldFindTheEndInALaterSegment() throws IOException {
        final int messages = 2 * SEGMENT_BYTES / FRAGMENT_BYTES;
        final long recording = killed.record(messages);
        recordings.cutOff();
        assertThat(told).isEmpty();
        assertThat(killed.segment(recording, 2 * SEGMENT_BYTES)).exists();
        try (Archive archiving = Archive.launch(killed.archive());
                AeronArchive archive = killed.connect()) {
            assertThat(archiving.context().archiveDir()).isDirectory();
            assertThat(KilledArchive.replayed(archive, recording, archive.getStopPosition(recording)))
                    .isEqualTo(messages);
        }
    }

    /** By the place in the second fragment, and the bit there. */
    @ParameterizedTest(name = "{2}")
    @CsvSource({
        "2000, 3, payload",
        "0, 4, shorter",
        "1, 7, longer than what is recorded",
        "2, 0, longer than the term",
        "3, 7, of no length",
        "6, 0, padding",
        "6, 4, no type",
        "8, 5, term offset",
        "16, 0, stream",
        "20, 0, term"
    })
    void shouldNotCutOffWhatLiesBehindAFragmentThatIsDamaged(final int at, final int bit, final String what)
            throws IOException {
        final long recording = killed.record(5);
        KilledArchive.flip(killed.segment(recording, 0), FRAGMENT_BYTES + at, bit);
        recordings.cutOff();
        assertThat(told).isEmpty();
        try (Archive archiving = Archive.launch(killed.archive());
                AeronArchive archive = killed.connect()) {
            assertThat(archiving.context().archiveDir()).isDirectory();
            assertThat(archive.getStopPosition(recording)).isEqualTo(5 * FRAGMENT_BYTES);
            assertThat(new RecordingCheck(archive, killed.left()).find(recording, 0))
                    .isEqualTo(new RecordingCheck.Damage(recording, killed.segment(recording, 0), FRAGMENT_BYTES));
            assertThat(new RecordingCheck(archive, killed.left()).find(recording, 2 * FRAGMENT_BYTES))
                    .as("what lies before it is not read")
                    .isNull();
        }
    }

    /** As a power loss may leave it, where writes were not forced. */
    @Test
    void shouldCutOffWhatLiesBehindAPlaceThatWasNeverWritten() throws IOException {
        final long recording = killed.record(5);
        try (FileChannel segment = FileChannel.open(killed.segment(recording, 0), StandardOpenOption.WRITE)) {
            segment.write(ByteBuffer.allocate(4_096), 2 * FRAGMENT_BYTES);
        }
        recordings.cutOff();
        assertThat(told).singleElement().asString().contains("is cut off at position " + 2 * FRAGMENT_BYTES);
        recordings.cutOff();
        assertThat(told).as("nothing is left of it").hasSize(1);
        requireWhole(recording, 2, 2 * FRAGMENT_BYTES);
    }

    @Test
    void shouldFindDamageInAnySegmentAndOneThatIsMissing() throws IOException {
        final int messages = 3 * SEGMENT_BYTES / FRAGMENT_BYTES;
        final long recording = killed.record(messages);
        recordings.cutOff();
        try (Archive archiving = Archive.launch(killed.archive());
                AeronArchive archive = killed.connect()) {
            assertThat(archiving.context().archiveDir()).isDirectory();
            final RecordingCheck check = new RecordingCheck(archive, killed.left());
            assertThat(check.find(recording, 0)).isNull();
            final Path second = killed.segment(recording, SEGMENT_BYTES);
            KilledArchive.flip(second, 5_000, 0);
            assertThat(check.find(recording, 0)).isEqualTo(new RecordingCheck.Damage(recording, second, SEGMENT_BYTES));
            Files.delete(second);
            assertThat(check.find(recording, 0)).isEqualTo(new RecordingCheck.Damage(recording, second, SEGMENT_BYTES));
        }
    }

    /** An archive that has met the full disk has ended the recording itself, where its position was. */
    @Test
    void shouldCutOffWhatLiesBehindTheEndOfARecordingThatWasStopped() throws IOException {
        final long recording = killed.record(5);
        recordings.cutOff(); // as if stopped there
        try (FileChannel segment = FileChannel.open(killed.segment(recording, 0), StandardOpenOption.WRITE)) {
            segment.write(ByteBuffer.wrap(new byte[] {99, 0, 0, 0, 1, 2, 3}), 5 * FRAGMENT_BYTES);
        }
        recordings.cutOff();
        assertThat(told).singleElement().asString().contains("is cut off at position " + 5 * FRAGMENT_BYTES);
        recordings.cutOff();
        assertThat(told).hasSize(1);
        requireWhole(recording, 5, 5 * FRAGMENT_BYTES);
    }

    @Test
    void shouldDoNothingWhereThereIsNoArchiveYet() throws IOException {
        recordings.cutOff();
        Files.createDirectories(killed.left());
        recordings.cutOff();
        Files.write(killed.left().resolve("archive.catalog"), new byte[] {9, 9, 9, 9});
        recordings.cutOff(); // the archive says what that is
        assertThat(told).isEmpty();
    }
}
