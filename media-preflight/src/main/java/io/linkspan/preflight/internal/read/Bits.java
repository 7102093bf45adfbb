package io.linkspan.preflight.internal.read;

/** Bits of a parameter set, emulation prevention removed. Reading past the end stops the parse. */
final class Bits {
    private final byte[] data;
    private final int bits;
    private int position;

    private Bits(byte[] data, int length) {
        this.data = data;
        this.bits = length * 8;
    }

    static Bits plain(byte[] data, int length) {
        return new Bits(data, length);
    }

    /** Drops each 3 of a 0-0-3 sequence, as H.264 7.4.1 and HEVC 7.4.2 ask. */
    static Bits unescaped(byte[] data, int length) {
        byte[] clean = new byte[length];
        int kept = 0;
        int zeros = 0;
        for (int i = 0; i < length; i++) {
            if (zeros >= 2 && data[i] == 3) {
                zeros = 0;
                continue;
            }
            zeros = data[i] == 0 ? zeros + 1 : 0;
            clean[kept++] = data[i];
        }
        return new Bits(clean, kept);
    }

    int bit() {
        if (position >= bits) {
            throw ReadStop.broken("parameter set ends early", 0);
        }
        int bit = data[position >>> 3] >>> (7 - (position & 7)) & 1;
        position++;
        return bit;
    }

    /** Bytes begun so far. */
    int bytes() {
        return (position + 7) / 8;
    }

    boolean flag() {
        return bit() == 1;
    }

    /** Up to 32 bits, as an unsigned number. */
    long bits(int count) {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 1 | bit();
        }
        return value;
    }

    void skip(int count) {
        if (count > bits - position) {
            throw ReadStop.broken("parameter set ends early", 0);
        }
        position += count;
    }

    /** Unsigned Exp-Golomb, at most 32 bits. */
    long ue() {
        int zeros = 0;
        while (bit() == 0) {
            if (++zeros > 32) {
                throw ReadStop.broken("number in a parameter set is too long", 0);
            }
        }
        return (1L << zeros) - 1 + bits(zeros);
    }

    /** Unsigned Exp-Golomb that must not exceed a limit. */
    int ue(int most) {
        long value = ue();
        if (value > most) {
            throw ReadStop.broken("number in a parameter set is out of range: " + value, 0);
        }
        return (int) value;
    }

    /** Signed Exp-Golomb; only its length matters here. */
    long se() {
        long value = ue();
        return (value & 1) == 1 ? (value + 1) / 2 : -(value / 2);
    }
}
