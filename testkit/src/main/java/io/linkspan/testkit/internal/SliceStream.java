package io.linkspan.testkit.internal;

import io.linkspan.spi.HttpBody;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;

/** The bytes of a slice as they would leave for the network. */
final class SliceStream extends FilterInputStream {

    private final HttpBody.Slice slice;
    private long sent;

    SliceStream(HttpBody.Slice slice) throws IOException {
        super(slice.source().open(slice.offset()));
        this.slice = slice;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (sent == slice.length()) {
            return -1;
        }
        int read = in.read(buffer, offset, (int) Math.min(length, slice.length() - sent));
        if (read < 0) {
            throw new EOFException("the media source ended after " + sent + " of " + slice.length() + " bytes");
        }
        sent += read;
        slice.progress().accept(sent);
        return read;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
