package io.pinion.jmh.codec;

import io.pinion.jmh.job.JobEvent;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.wire.BinaryWire;

/** How the fields follow each other in the frames that are decoded. */
public enum Layouts {
    /** Always the same, as one producer writes them. */
    ONE {
        @Override
        int layoutOf(final int i) {
            return 0;
        }
    },
    /** Three producers in turn: one in the class's order, one that lacks a field, one with another order and one field more. */
    TURNS {
        @Override
        int layoutOf(final int i) {
            return i % 3;
        }
    },
    /** Mostly the class's order; one frame in eight is of one of the other kinds. */
    MOSTLY_ONE {
        @Override
        int layoutOf(final int i) {
            return i % 8 == 7 ? 1 + i / 8 % 2 : 0;
        }
    };

    abstract int layoutOf(int i);

    /** The events as frames, as plain Chronicle Wire writes them. */
    final byte[][] frames(final JobEvent[] events) {
        final byte[][] frames = new byte[events.length][];
        for (int i = 0; i < events.length; i++) {
            final Bytes<byte[]> bytes = Bytes.allocateElasticOnHeap();
            write(new BinaryWire(bytes), events[i], layoutOf(i));
            frames[i] = bytes.toByteArray();
        }
        return frames;
    }

    private static void write(final BinaryWire wire, final JobEvent event, final int layout) {
        if (layout == 2) {
            wire.write("answer").text(event.answer.toString());
            wire.write("locale").text("de-CH");
            writeNumbers(wire, event);
        } else {
            writeNumbers(wire, event);
        }
        if (layout != 1) {
            wire.write("session").text(event.session.toString());
        }
        wire.write("model").text(event.model.toString());
        wire.write("prompt").text(event.prompt.toString());
        if (layout != 2) {
            wire.write("answer").text(event.answer.toString());
        }
    }

    private static void writeNumbers(final BinaryWire wire, final JobEvent event) {
        wire.write("eventId").int64(event.eventId);
        wire.write("at").int64(event.at);
        wire.write("itemId").int64(event.itemId);
        wire.write("userId").int32(event.userId);
        wire.write("consent").bool(event.consent);
        wire.write("score").float64(event.score);
    }
}
