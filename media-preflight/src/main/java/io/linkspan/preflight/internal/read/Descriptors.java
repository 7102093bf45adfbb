package io.linkspan.preflight.internal.read;

/** A reading position inside nested MPEG-4 descriptors; each {@link #enter} narrows the end. */
final class Descriptors {
    private final Source source;
    private long position;
    private long end;

    Descriptors(Source source, long start, long end) {
        this.source = source;
        this.position = start;
        this.end = end;
    }

    long position() {
        return position;
    }

    int left() {
        return (int) Math.min(end - position, 1 << 16);
    }

    int u8() {
        if (position >= end) {
            throw ReadStop.broken("a descriptor ends early", position);
        }
        return source.u8(position++);
    }

    void skip(int bytes) {
        position = Math.min(end, position + bytes);
    }

    /** Steps into the descriptor at this place if it has this tag. */
    boolean enter(int tag) {
        if (position >= end || u8() != tag) {
            return false;
        }
        long length = 0;
        for (int i = 0; i < 4; i++) {
            int b = u8();
            length = (length << 7) | (b & 0x7F);
            if (b < 0x80) {
                break;
            }
        }
        end = Math.min(end, position + length);
        return true;
    }
}
