package io.linkspan.spi;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The usual {@link MediaSource}s. */
final class MediaSources {
    private static final int BUFFER = 64 * 1024;

    private MediaSources() {}

    private static long checked(long size) {
        if (size < 1) {
            throw new IllegalArgumentException("a media source must have at least 1 byte, had " + size);
        }
        return size;
    }

    private static void check(long offset, long size) throws IOException {
        if (offset < 0 || offset > size) {
            throw new EOFException("offset " + offset + " is outside a source of " + size + " bytes");
        }
    }

    /** A file of this machine. */
    record OfFile(Path file) implements MediaSource {
        OfFile {
            Objects.requireNonNull(file, "file");
        }

        @Override
        public long size() throws IOException {
            return Files.size(file);
        }

        @Override
        public InputStream open(long offset) throws IOException {
            SeekableByteChannel channel = Files.newByteChannel(file);
            channel.position(offset);
            return new BufferedInputStream(Channels.newInputStream(channel), BUFFER);
        }
    }

    /** Read from its start. */
    record OfStream(long size, Opener opener) implements MediaSource {
        OfStream {
            checked(size);
            Objects.requireNonNull(opener, "opener");
        }

        @Override
        public InputStream open(long offset) throws IOException {
            check(offset, size);
            InputStream stream = opener.open();
            try {
                stream.skipNBytes(offset);
                return stream;
            } catch (IOException | RuntimeException e) {
                stream.close();
                throw e;
            }
        }
    }

    /** Read in ranges. */
    record OfRanges(long size, RangeOpener reader) implements MediaSource {
        OfRanges {
            checked(size);
            Objects.requireNonNull(reader, "reader");
        }

        @Override
        public InputStream open(long offset) throws IOException {
            check(offset, size);
            return offset == size
                    ? InputStream.nullInputStream()
                    : new Exactly(reader.open(offset, size - offset), size - offset);
        }
    }

    /** Fails when the stream ends too soon or brings more than was asked for, as one that ignores ranges does. */
    private static final class Exactly extends FilterInputStream {
        private long left;

        Exactly(InputStream in, long length) {
            super(in);
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            int read = super.read(buffer, from, length);
            if (read < 0 && left > 0) {
                throw new EOFException("the source ended " + left + " bytes too soon");
            }
            left -= Math.max(read, 0);
            if (left < 0) {
                throw new IOException("the source gave more bytes than the range holds; does it ignore ranges?");
            }
            return read;
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = super.skip(count);
            left -= skipped;
            return skipped;
        }
    }
}
