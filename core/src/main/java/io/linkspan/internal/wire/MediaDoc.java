package io.linkspan.internal.wire;

import io.linkspan.publish.Media;
import java.nio.file.Path;

/**
 * Where the bytes of one file are, and what they were when the post was accepted.
 *
 * @param where {@code file} or {@code stored}
 * @param name the path or the reference
 * @param size number of bytes
 * @param sha256 digest of all bytes, in hexadecimal
 * @param tail digest of the last bytes, which is quick to look at again
 */
public record MediaDoc(String where, String name, long size, String sha256, String tail) implements Payload.Checked {
    @Override
    public void check() {
        Payload.need(where, name, sha256, tail);
        media();
    }

    private static final String FILE = "file";

    /** Of media as accepted. */
    public static MediaDoc of(Media media, long size, String sha256, String tail) {
        return media instanceof Media.File file
                ? new MediaDoc(FILE, file.path().toString(), size, sha256, tail)
                : new MediaDoc("stored", ((Media.Stored) media).reference(), size, sha256, tail);
    }

    /** Where the bytes are. */
    public Media media() {
        return where.equals(FILE) ? new Media.File(Path.of(name)) : new Media.Stored(name);
    }
}
