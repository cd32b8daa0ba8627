package io.pinion.engine.routelog;

import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Lets a test look at the files before each store into them. */
final class StoreBoundaries {
    private final Runnable before;
    private long count;

    StoreBoundaries(final Runnable before) {
        this.before = before;
    }

    UnsafeBuffer watch(final ByteBuffer bytes) {
        return new Watched(bytes);
    }

    long count() {
        return count;
    }

    private void store() {
        count++;
        before.run();
    }

    private final class Watched extends UnsafeBuffer {
        Watched(final ByteBuffer bytes) {
            super(bytes);
        }

        @Override
        public void putLong(final int index, final long value) {
            store();
            super.putLong(index, value);
        }

        @Override
        public void putInt(final int index, final int value) {
            store();
            super.putInt(index, value);
        }

        @Override
        public void putLongRelease(final int index, final long value) {
            store();
            super.putLongRelease(index, value);
        }

        @Override
        public void putIntRelease(final int index, final int value) {
            store();
            super.putIntRelease(index, value);
        }

        @Override
        public void putBytes(final int index, final DirectBuffer source, final int sourceIndex, final int length) {
            store();
            super.putBytes(index, source, sourceIndex, length / 2);
            store();
            super.putBytes(index + length / 2, source, sourceIndex + length / 2, length - length / 2);
        }
    }
}
