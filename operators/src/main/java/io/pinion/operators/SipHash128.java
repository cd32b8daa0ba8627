package io.pinion.operators;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * SipHash-2-4 with 128 bits (Aumasson and Bernstein), over 64-bit words given one at a time: nothing is gathered in a
 * buffer, and nothing allocated. The same words give the same hash on every machine and in every version.
 */
final class SipHash128 {
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** The key of the reference's test vectors, 00 01 … 0f. It is public: it guards against accidents, not attackers. */
    private static final long K0 = 0x0706050403020100L;

    private static final long K1 = 0x0f0e0d0c0b0a0908L;

    private static final int INPUT_ROUNDS = 2;
    private static final int FINAL_ROUNDS = 4;

    private long k0 = K0;
    private long k1 = K1;
    private long v0;
    private long v1;
    private long v2;
    private long v3;
    private long words;
    private long lo;
    private long hi;

    SipHash128() {
        reset();
    }

    /** Begins a hash under the public key, or the one it was given last. */
    void reset() {
        v0 = k0 ^ 0x736f6d6570736575L;
        v1 = k1 ^ 0x646f72616e646f6dL ^ 0xee;
        v2 = k0 ^ 0x6c7967656e657261L;
        v3 = k1 ^ 0x7465646279746573L;
        words = 0;
    }

    /** Begins a hash under a key of one's own: its first eight bytes, little-endian, and its other eight. */
    void reset(final long keyLo, final long keyHi) {
        k0 = keyLo;
        k1 = keyHi;
        reset();
    }

    void word(final long word) {
        words++;
        absorb(word);
    }

    /** All that is to be hashed, at once; completes the hash. */
    void bytes(final byte[] array, final int offset, final int lengthBytes) {
        final int wholeWords = lengthBytes & -Long.BYTES;
        for (int i = 0; i < wholeWords; i += Long.BYTES) {
            absorb((long) WORD.get(array, offset + i));
        }
        long tail = lengthBytes;
        for (int i = wholeWords + Long.BYTES - 2; i >= wholeWords; i--) {
            tail = tail << Byte.SIZE | (i < lengthBytes ? array[offset + i] & 0xFF : 0);
        }
        finish(tail);
    }

    /** Completes the hash, which {@link #lo()} and {@link #hi()} then tell. */
    void finish() {
        finish(words * Long.BYTES << 56);
    }

    private void finish(final long lengthAndTail) {
        absorb(lengthAndTail);
        v2 ^= 0xee;
        rounds(FINAL_ROUNDS);
        lo = v0 ^ v1 ^ v2 ^ v3;
        v1 ^= 0xdd;
        rounds(FINAL_ROUNDS);
        hi = v0 ^ v1 ^ v2 ^ v3;
    }

    /** The first eight bytes of the hash, little-endian. */
    long lo() {
        return lo;
    }

    /** Its other eight bytes. */
    long hi() {
        return hi;
    }

    private void absorb(final long word) {
        v3 ^= word;
        rounds(INPUT_ROUNDS);
        v0 ^= word;
    }

    private void rounds(final int rounds) {
        long a = v0;
        long b = v1;
        long c = v2;
        long d = v3;
        for (int i = 0; i < rounds; i++) {
            a += b;
            b = Long.rotateLeft(b, 13) ^ a;
            a = Long.rotateLeft(a, 32);
            c += d;
            d = Long.rotateLeft(d, 16) ^ c;
            a += d;
            d = Long.rotateLeft(d, 21) ^ a;
            c += b;
            b = Long.rotateLeft(b, 17) ^ c;
            c = Long.rotateLeft(c, 32);
        }
        v0 = a;
        v1 = b;
        v2 = c;
        v3 = d;
    }
}
