package io.linkspan.preflight.internal.read;

import java.nio.ByteBuffer;

/** Reads one table from front to back, in the source's window if it lies there, else through a buffer of its own. */
final class Cursor {
    private static final int CHUNK = 1 << 16;
    private static final int SMALL = 1 << 12;

    private final Source source;
    private final long end;
    private final ByteBuffer buffer;
    private final boolean shared;
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

    boolean has(int bytes) {
        return buffer.remaining() >= bytes || end - position >= bytes - buffer.remaining();
    }

    int u8() {
        fill(1);
        return buffer.get() & 0xFF;
    }

    int u16() {
        fill(2);
        return buffer.getShort() & 0xFFFF;
    }

    int s32() {
        fill(4);
        return buffer.getInt();
    }

    long u32() {
        return s32() & 0xFFFFFFFFL;
    }

    long s64() {
        fill(8);
        return buffer.getLong();
    }

    /** The sum of so many unsigned 32-bit numbers. */
    long sum(long count) {
        long total = 0;
        long left = count;
        while (left > 0) {
            fill(4);
            int step = (int) Math.min(left, buffer.remaining() / 4);
            int at = buffer.position();
            long high = 0;
            long both = 0;
            for (int last = at + (step & ~1) * 4; at < last; at += 8) {
                long pair = buffer.getLong(at);
                high += pair >>> 32;
                both += pair;
            }
            // the sum of pairs overflows, but not in its lower half once the upper is taken away
            long part = high + both - (high << 32);
            if ((step & 1) != 0) {
                part += buffer.getInt(at) & 0xFFFFFFFFL;
            }
            buffer.position(buffer.position() + step * 4);
            total = Saturating.add(total, part);
            left -= step;
        }
        return total;
    }

    private void fill(int bytes) {
        if (buffer.remaining() >= bytes) {
            return;
        }
        position -= buffer.remaining();
        int length = (int) Math.min(buffer.capacity(), end - position);
        if (length < bytes) {
            throw ReadStop.broken("a table ends early", position);
        }
        buffer.clear().limit(length);
        source.readDirect(position, buffer);
        buffer.position(0);
        position += length;
    }
}
