package io.linkspan.preflight;

import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** Bytes in memory as a channel that counts what is read and can be longer than its bytes, with zeros at the end. */
class MemoryChannel implements SeekableByteChannel {
    private static final byte[] ZEROS = new byte[1 << 12];

    private final byte[] data;
    private final long size;
    private final Runnable onRead;
    private long position;
    private long bytesRead;

    MemoryChannel(byte[] data) {
        this(data, data.length, () -> {});
    }

    MemoryChannel(byte[] data, long size, Runnable onRead) {
        this.data = data;
        this.size = size;
        this.onRead = onRead;
    }

    long bytesRead() {
        return bytesRead;
    }

    @Override
    public int read(ByteBuffer target) {
        onRead.run();
        if (position >= size) {
            return -1;
        }
        int count = (int) Math.min(target.remaining(), size - position);
        int real = (int) Math.max(0, Math.min(count, data.length - position));
        if (real > 0) {
            target.put(data, (int) position, real);
        }
        for (int left = count - real; left > 0; left -= Math.min(left, ZEROS.length)) {
            target.put(ZEROS, 0, Math.min(left, ZEROS.length));
        }
        position += count;
        bytesRead += count;
        return count;
    }

    @Override
    public int write(ByteBuffer source) {
        throw new java.nio.channels.NonWritableChannelException();
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

    @Override
    public long size() {
        return size;
    }

    @Override
    public SeekableByteChannel truncate(long value) {
        throw new java.nio.channels.NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {}
}
