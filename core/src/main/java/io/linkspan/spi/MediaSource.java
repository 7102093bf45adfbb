package io.linkspan.spi;

import java.io.IOException;
import java.io.InputStream;

/**
 * Bytes that can be read from any offset, again and again. Thread-safe.
 */
public interface MediaSource {
    /**
     * Number of bytes.
     *
     * @return the size
     * @throws IOException when the source cannot be read
     */
    long size() throws IOException;

    /**
     * Opens the bytes from an offset on.
     *
     * @param offset first byte; 0 to size
     * @return a stream that the caller closes
     * @throws IOException when the source cannot be read
     */
    InputStream open(long offset) throws IOException;
}
