package io.linkspan.preflight.internal.read;

import java.nio.ByteBuffer;

/**
 * Reads one table of 32-bit words from front to back, in the source's window if it lies there, else through a buffer of its
 * own. Words are taken out of the bytes many at a time: tables have millions of them.
 */
final class Cursor {
    private static final int CHUNK = 1 << 16;
    private static final int SMALL = 1 << 12;
    private static final int FIRST_WORDS = 1 << 9;
    private static final int MOST_WORDS = 1 << 11;
    private static final int[] NONE = {};

    private final Source source;
    private final long end;
    private final ByteBuffer buffer;
    private final boolean shared;
    /** Taken out of the buffer by {@link #fill}; sums alone need none. */
    private int[] words = NONE;

    private int at;
    private int limit;
    private long position;

    Cursor(Source source, long start, long end) {
        this.source = source;
        this.end = Math.max(start, end);
        long length = this.end - start;
        ByteBuffer near = source.inWindow(start, length);
        if (near != null) {
            buffer = near;
            shared = true;
            position = this.end;
        } else {
            buffer = source.borrow(length <= SMALL ? SMALL : CHUNK).limit(0);
            shared = false;
            position = start;
        }
    }

    /** Gives the buffer back; the cursor must not be used any more. */
    void release() {
        source.giveBack(shared ? null : buffer);
    }

    /** Whether so many bytes are left. */
    boolean has(int bytes) {
        return limit - at >= bytes / 4 || (limit - at) * 4L + buffer.remaining() + (end - position) >= bytes;
    }

    int s32() {
        if (at == limit) {
            fill();
        }
        return words[at++];
    }

    long u32() {
        return s32() & 0xFFFFFFFFL;
    }

    long s64() {
        return (u32() << 32) | u32();
    }

    /** The sum of so many unsigned 32-bit numbers. */
    long sum(long count) {
        long total = 0;
        long left = count;
        int known = (int) Math.min(left, limit - at);
        for (int i = at; i < at + known; i++) {
            total += words[i] & 0xFFFFFFFFL;
        }
        at += known;
        left -= known;
        while (left > 0) {
            load();
            int step = (int) Math.min(left, buffer.remaining() / 4);
            if (step == 0) {
                throw ReadStop.broken("a table ends early", position);
            }
            total = Saturating.add(total, sumOfBuffer(step));
            left -= step;
        }
        return total;
    }

    private long sumOfBuffer(int step) {
        int from = buffer.position();
        long high = 0;
        long both = 0;
        for (int last = from + (step & ~1) * 4; from < last; from += 8) {
            long pair = buffer.getLong(from);
            high += pair >>> 32;
            both += pair;
        }
        // the sum of pairs overflows, but not in its lower half once the upper is taken away
        long sum = high + both - (high << 32);
        if ((step & 1) != 0) {
            sum += buffer.getInt(from) & 0xFFFFFFFFL;
        }
        buffer.position(buffer.position() + step * 4);
        return sum;
    }

    /** Takes the next words out of the buffer; a last one that is cut short ends in zeros. */
    private void fill() {
        load();
        long left = (buffer.remaining() + end - position + 3) / 4;
        int most = words.length == 0 ? FIRST_WORDS : MOST_WORDS;
        if (words.length < Math.min(most, left)) {
            words = new int[(int) Math.min(most, left)];
        }
        int count = Math.min(words.length, buffer.remaining() / 4);
        if (count > 0) {
            buffer.asIntBuffer().get(words, 0, count);
            buffer.position(buffer.position() + count * 4);
        } else if (buffer.hasRemaining()) {
            words[0] = 0;
            for (int shift = 24; buffer.hasRemaining(); shift -= 8) {
                words[0] |= (buffer.get() & 0xFF) << shift;
            }
            count = 1;
        } else {
            throw ReadStop.broken("a table ends early", position);
        }
        at = 0;
        limit = count;
    }

    /** Makes sure that the buffer holds something, if anything is left. */
    private void load() {
        if (buffer.hasRemaining() || position >= end) {
            return;
        }
        int length = (int) Math.min(buffer.capacity(), end - position);
        buffer.clear().limit(length);
        source.readDirect(position, buffer);
        buffer.position(0);
        position += length;
    }
}
