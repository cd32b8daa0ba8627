package io.pinion.engine;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A snapshot in memory. Equal to another whose sections are, to the byte. */
final class MemorySections implements SectionSink {
    /** One section; compared by its bytes. */
    record Section(String name, int version, ByteBuffer bytes) {
        @Override
        public String toString() {
            return name + " of version " + version + ": " + HexFormat.of().formatHex(bytes.array());
        }
    }

    private final List<Section> sections = new ArrayList<>();

    static MemorySections of(final Replica<?> replica) throws IOException {
        final MemorySections sections = new MemorySections();
        replica.save(sections);
        return sections;
    }

    @Override
    public void section(final String name, final int version, final Body body) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        body.write(new DataOutputStream(bytes));
        sections.add(new Section(name, version, ByteBuffer.wrap(bytes.toByteArray())));
    }

    List<Section> sections() {
        return sections;
    }

    SectionSource source() {
        final int[] next = new int[1];
        return (name, body) -> {
            final Section section = sections.get(next[0]++);
            if (!section.name().equals(name)) {
                throw new IOException("section " + name + " is wanted, and " + section.name() + " is next");
            }
            final DataInputStream in =
                    new DataInputStream(new ByteArrayInputStream(section.bytes().array()));
            body.read(in, section.version());
            if (in.read() >= 0) {
                throw new IOException("section " + name + " has bytes left");
            }
        };
    }
}
