package io.linkspan.preflight.internal.read;

import java.nio.ByteBuffer;

/** Reads one table from front to back through a small buffer of its own. */
final class Cursor {
    private static final int CHUNK = 1 << 13;

    private final Source source;
    private final ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
    private final long end;
    private long position;

    Cursor(Source source, long start, long end) {
        this.source = source;
        this.position = start;
        this.end = end;
        buffer.limit(0);
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

    private void fill(int bytes) {
        if (buffer.remaining() >= bytes) {
            return;
        }
        position -= buffer.remaining();
        int length = (int) Math.min(CHUNK, end - position);
        if (length < bytes) {
            throw ReadStop.broken("a table ends early", position);
        }
        buffer.clear().limit(length);
        source.readDirect(position, buffer);
        buffer.position(0);
        position += length;
    }
}
