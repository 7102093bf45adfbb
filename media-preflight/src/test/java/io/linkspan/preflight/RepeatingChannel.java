package io.linkspan.preflight;

import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** A head and then one pattern over and over, for files of gigabytes that take no memory. */
final class RepeatingChannel extends MemoryChannel {
    private final byte[] head;
    private final byte[] block;
    private long position;

    RepeatingChannel(byte[] head, byte[] pattern, long size) {
        super(head, size, () -> {});
        this.head = head;
        this.block = HostileBoxes.times(1 + (1 << 16) / pattern.length, pattern);
    }

    @Override
    public int read(ByteBuffer target) {
        if (position >= size()) {
            return -1;
        }
        int count = (int) Math.min(target.remaining(), size() - position);
        for (int left = count; left > 0; ) {
            byte[] from = position < head.length ? head : block;
            int at = (int) (position < head.length ? position : (position - head.length) % block.length);
            int step = Math.min(left, from.length - at);
            target.put(from, at, step);
            position += step;
            left -= step;
        }
        return count;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SeekableByteChannel position(long value) {
        position = value;
        return this;
    }
}
