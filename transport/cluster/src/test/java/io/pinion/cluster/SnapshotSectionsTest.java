package io.pinion.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SnapshotSectionsTest {
    private static final int LONGS = 20_000; // 160,000 bytes: three chunks

    private final KeptSections kept = new KeptSections();

    private SectionHashes write() throws IOException {
        kept.messages.clear();
        final SnapshotWriter writer = new SnapshotWriter(kept);
        writer.section("small", 3, out -> out.writeUTF("text"));
        writer.section("empty", 1, out -> {});
        writer.section("large", 2, out -> {
            for (int i = 0; i < LONGS; i++) {
                out.writeLong(i);
            }
        });
        return writer.end(77);
    }

    private static void read(final SnapshotReader reader) throws IOException {
        reader.section("small", (in, version) -> {
            assertThat(version).isEqualTo(3);
            assertThat(in.readUTF()).isEqualTo("text");
        });
        reader.section("empty", (in, version) -> {});
        reader.section("large", (in, version) -> {
            for (int i = 0; i < LONGS; i++) {
                assertThat(in.readLong()).isEqualTo(i);
            }
        });
        reader.end();
    }

    @Test
    void shouldReadWhatWasWritten() throws IOException {
        final SectionHashes hashes = write();
        assertThat(hashes.names()).containsExactly("small", "empty", "large");
        read(kept.reader());
        kept.reader().readToEnd();
    }

    @Property(tries = 200)
    void shouldFindEachByteThatChanged(
            @ForAll @IntRange(max = 9) final int message, @ForAll @IntRange(max = 70_000) final int at)
            throws IOException {
        write();
        final byte[] damaged = kept.messages.get(message % kept.messages.size());
        damaged[at % damaged.length] ^= 0x10;
        assertThatThrownBy(() -> kept.reader().readToEnd()).isInstanceOf(DamagedSnapshotException.class);
    }

    @Test
    void shouldFindThatAnyMessageIsMissing() throws IOException {
        write();
        for (int missing = 0; missing < kept.messages.size(); missing++) {
            write();
            kept.messages.remove(missing);
            assertThatThrownBy(() -> kept.reader().readToEnd())
                    .as("message %d", missing)
                    .isInstanceOf(DamagedSnapshotException.class);
        }
    }

    @Test
    void shouldFindThatItWasCutOff() throws IOException {
        write();
        while (!kept.messages.isEmpty()) {
            kept.messages.remove(kept.messages.size() - 1);
            assertThatThrownBy(() -> kept.reader().readToEnd())
                    .isInstanceOf(DamagedSnapshotException.class)
                    .hasMessageContaining("ends too early");
        }
    }

    @Test
    void shouldRefuseASectionOfAnotherNameWithoutCallingItDamaged() throws IOException {
        write();
        assertThatThrownBy(() -> kept.reader().section("other", (in, version) -> {}))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(DamagedSnapshotException.class)
                .hasMessageContaining("\"small\"")
                .hasMessageContaining("\"other\"");
    }

    @Test
    void shouldRefuseABodyThatLeavesBytesOrWantsMore() throws IOException {
        write();
        assertThatThrownBy(() -> kept.reader().section("small", (in, version) -> in.readByte()))
                .hasMessageContaining("more than what reads it expects");
        assertThatThrownBy(() -> kept.reader().section("small", (in, version) -> in.readFully(new byte[100])))
                .isInstanceOf(EOFException.class);
    }

    @Test
    void shouldGiveEachContentAHashOfItsOwn() throws IOException {
        final long[] hashes = write().hashes();
        assertThat(hashes).doesNotHaveDuplicates().isEqualTo(write().hashes());
        final SnapshotWriter writer = new SnapshotWriter(SnapshotWriter.Output.NONE);
        writer.section("small", 3, out -> out.writeUTF("tex!"));
        assertThat(writer.end(77).hashes()[0]).isNotEqualTo(hashes[0]);
    }
}
