package io.pinion.jmh.codec;

import net.openhft.chronicle.bytes.PointerBytesStore;
import net.openhft.chronicle.bytes.VanillaBytes;
import net.openhft.chronicle.wire.BinaryWire;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** Chronicle's way to look at messages in memory of somebody else without garbage: one store, one view, one wire. */
final class ReusedWire {
    private static final int ALIGNMENT = 64;

    private final PointerBytesStore store = new PointerBytesStore();
    private final VanillaBytes<Void> bytes;
    private final BinaryWire wire;

    ReusedWire(final UnsafeBuffer somewhere) {
        store.set(somewhere.addressOffset(), somewhere.capacity());
        bytes = store.bytesForWrite();
        wire = new BinaryWire(bytes);
    }

    /** Memory outside the heap, as a transport's is. */
    static UnsafeBuffer memory(final int capacityBytes) {
        return new UnsafeBuffer(BufferUtil.allocateDirectAligned(capacityBytes, ALIGNMENT));
    }

    /** Memory outside the heap with this in it. */
    static UnsafeBuffer memory(final byte[] content) {
        final UnsafeBuffer buffer = memory(content.length);
        buffer.putBytes(0, content);
        return buffer;
    }

    VanillaBytes<Void> bytes() {
        return bytes;
    }

    BinaryWire wire() {
        return wire;
    }

    ReusedWire reading(final UnsafeBuffer buffer) {
        writing(buffer);
        bytes.writePosition(buffer.capacity());
        return this;
    }

    ReusedWire writing(final UnsafeBuffer buffer) {
        store.set(buffer.addressOffset(), buffer.capacity());
        bytes.clear();
        return this;
    }
}
