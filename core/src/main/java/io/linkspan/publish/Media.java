package io.linkspan.publish;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Where the bytes of a post are, in a form that outlives the process: a file of this machine, or a reference that the host's
 * {@link io.linkspan.spi.MediaStore} opens. Whoever works on the job, now or after a crash, opens it again; it must not change
 * until the publication has settled.
 */
public sealed interface Media {
    /**
     * A name for people.
     *
     * @return the file name or the reference
     */
    String name();

    /**
     * A file.
     *
     * @param path the file; every process that runs a worker must see it
     * @return the media
     */
    static Media file(Path path) {
        return new File(path);
    }

    /**
     * Something the host's media store knows.
     *
     * @param reference the host's own name of it; 1 to 1,024 characters, no secret
     * @return the media
     */
    static Media stored(String reference) {
        return new Stored(reference);
    }

    /**
     * A file.
     *
     * @param path the file, as an absolute path
     */
    record File(Path path) implements Media {
        /**
         * Makes the path absolute.
         *
         * @param path the file
         */
        public File {
            path = Objects.requireNonNull(path, "path").toAbsolutePath().normalize();
        }

        @Override
        public String name() {
            return String.valueOf(path.getFileName());
        }
    }

    /**
     * Something the host's media store knows.
     *
     * @param reference the host's own name of it
     */
    record Stored(String reference) implements Media {
        /**
         * Checks the length.
         *
         * @param reference the host's own name of it; 1 to 1,024 characters
         */
        public Stored {
            if (Objects.requireNonNull(reference, "reference").isBlank() || reference.length() > 1024) {
                throw new IllegalArgumentException(
                        "a media reference must have 1 to 1,024 characters, had " + reference.length());
            }
        }

        @Override
        public String name() {
            return reference;
        }
    }
}
