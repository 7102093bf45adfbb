package io.linkspan.preflight.internal.read;

import io.linkspan.preflight.RangedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;

/** A channel as ranges. */
final class ChannelReader implements RangedReader {
    private final SeekableByteChannel channel;

    ChannelReader(SeekableByteChannel channel) {
        this.channel = channel;
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public int read(long offset, ByteBuffer target) throws IOException {
        if (channel instanceof FileChannel file) {
            return file.read(target, offset);
        }
        return channel.position(offset).read(target);
    }
}
