package io.linkspan.spi;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

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

    /**
     * A file of this machine.
     *
     * @param file the file
     * @return the source; the file is opened for each read
     */
    static MediaSource ofFile(Path file) {
        return new MediaSources.OfFile(file);
    }

    /**
     * Something that can only be read from its start, as often as asked. An offset is reached by reading up to it, so a source
     * that takes ranges is the better choice for large media.
     *
     * @param size number of bytes
     * @param opener opens it at its start
     * @return the source
     */
    static MediaSource ofStream(long size, Opener opener) {
        return new MediaSources.OfStream(size, opener);
    }

    /**
     * Something that takes ranges, such as an object in a store. What a range brings is counted: too few bytes are an error,
     * never a shorter file.
     *
     * @param size number of bytes
     * @param reader reads a range
     * @return the source
     */
    static MediaSource ofRanges(long size, RangeOpener reader) {
        return new MediaSources.OfRanges(size, reader);
    }

    /** Opens a stream at its start. */
    @FunctionalInterface
    interface Opener {
        /**
         * Opens it.
         *
         * @return a stream that the caller closes
         * @throws IOException when it cannot be read
         */
        InputStream open() throws IOException;
    }

    /** Opens a range. */
    @FunctionalInterface
    interface RangeOpener {
        /**
         * Opens it.
         *
         * @param offset first byte
         * @param length number of bytes; at least 1
         * @return a stream of exactly these bytes that the caller closes
         * @throws IOException when it cannot be read
         */
        InputStream open(long offset, long length) throws IOException;
    }
}
