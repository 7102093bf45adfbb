package io.linkspan.spi;

import java.io.IOException;

/**
 * The host's way to give Linkspan media that is not in a file of this machine, such as objects in a bucket. A job keeps the
 * reference and opens it again after a crash, perhaps on another machine. Thread-safe, blocking.
 *
 * <p>MS-1: the same reference gives the same bytes until the publication has settled. MS-2: a reference holds no secret; it is
 * stored and may be shown.
 */
@FunctionalInterface
public interface MediaStore {
    /**
     * Finds media by its reference.
     *
     * @param reference the host's own name of the media; 1 to 1,024 characters
     * @return the bytes; {@link MediaSource#ofRanges} and {@link MediaSource#ofStream} make one from what a host has
     * @throws java.nio.file.NoSuchFileException when there is no such media any more; a job that has not been sent then ends
     * @throws IOException when it cannot be read now; a job that has not been sent then waits and tries again
     */
    MediaSource find(String reference) throws IOException;
}
