package io.linkspan.preflight;

import java.nio.ByteBuffer;

/** Bytes in memory as ranges; counts what it is asked for. */
final class MemoryRanges implements RangedReader {
    private final byte[] data;
    private int requests;
    private long bytesRead;

    MemoryRanges(byte[] data) {
        this.data = data;
    }

    int requests() {
        return requests;
    }

    long bytesRead() {
        return bytesRead;
    }

    @Override
    public long size() {
        return data.length;
    }

    @Override
    public int read(long offset, ByteBuffer target) {
        if (offset >= data.length) {
            return -1;
        }
        int count = (int) Math.min(target.remaining(), data.length - offset);
        target.put(data, (int) offset, count);
        requests++;
        bytesRead += count;
        return count;
    }
}
