package io.linkspan.preflight.internal.read;

import java.nio.ByteBuffer;

/** A stretch of the file in memory. */
final class Window {
    ByteBuffer bytes;
    long start;
    int length;

    Window(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    long end() {
        return start + length;
    }

    boolean holds(long position, long wanted) {
        return position >= start && wanted <= end() - position;
    }

    /** These bytes of the file; the window must hold them. */
    ByteBuffer part(long position, int wanted) {
        return bytes.slice((int) (position - start), wanted);
    }
}
