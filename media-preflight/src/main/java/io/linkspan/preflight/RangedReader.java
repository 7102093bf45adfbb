package io.linkspan.preflight;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Bytes that are read in ranges, such as an object in a store that answers HTTP range requests. A check asks for few
 * ranges: the start, the index in one piece if it has at most 256 KiB and in pieces of 64 KiB otherwise, and up to 8
 * key frames of 1 KiB each.
 *
 * <p>An implementation is used by one thread at a time and by one check. It decides about time limits and repetitions of
 * its own.
 */
public interface RangedReader {
    /**
     * How many bytes there are.
     *
     * @return the size, 0 or more
     * @throws IOException if the size cannot be learned
     */
    long size() throws IOException;

    /**
     * Reads bytes from a position into the buffer, from its position to its limit. May read fewer than fit; the rest is
     * then asked for again.
     *
     * @param offset position of the first byte, 0 or more and below {@link #size()}
     * @param target where the bytes go; must not be kept
     * @return bytes read, at least 1; or -1 if there are no bytes at the offset any more
     * @throws IOException if reading fails
     */
    int read(long offset, ByteBuffer target) throws IOException;
}
