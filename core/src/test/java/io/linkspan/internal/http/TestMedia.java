package io.linkspan.internal.http;

import io.linkspan.spi.HttpBody;
import io.linkspan.spi.MediaSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Media for tests of uploads. */
final class TestMedia {
    private TestMedia() {}

    /** Zeros from the start of a source that is long enough. */
    static HttpBody.Slice slice(int length) {
        return new HttpBody.Slice(source(new byte[length], length), 0, length, "video/mp4", sent -> {});
    }

    /** Bytes, in a source that says how many there are. */
    static MediaSource source(byte[] bytes, long size) {
        return new MediaSource() {
            @Override
            public long size() {
                return size;
            }

            @Override
            public InputStream open(long offset) throws IOException {
                InputStream in = new ByteArrayInputStream(bytes);
                in.skipNBytes(Math.min(offset, bytes.length));
                return in;
            }
        };
    }
}
