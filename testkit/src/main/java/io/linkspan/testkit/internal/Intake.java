package io.linkspan.testkit.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Bytes as they come in: counted and digested, only the beginning is kept, to see what they are. Not thread-safe. */
public final class Intake {

    private static final int HEAD = 64 * 1024;

    private final MessageDigest digest;
    private final ByteArrayOutputStream head;
    private long bytes;

    /** Makes an empty intake. */
    public Intake() {
        this(Digests.sha256(), new ByteArrayOutputStream(), 0);
    }

    private Intake(MessageDigest digest, ByteArrayOutputStream head, long bytes) {
        this.digest = digest;
        this.head = head;
        this.bytes = bytes;
    }

    /** {@return a copy that goes on from here} */
    public Intake copy() {
        ByteArrayOutputStream begun = new ByteArrayOutputStream();
        begun.writeBytes(head.toByteArray());
        return new Intake(Digests.copy(digest), begun, bytes);
    }

    /**
     * Takes a stream to its end. What came before a break counts.
     *
     * @param in the stream
     * @return how many bytes there were
     * @throws IOException if the stream breaks
     */
    public long take(InputStream in) throws IOException {
        byte[] buffer = new byte[16 * 1024];
        long before = bytes;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            digest.update(buffer, 0, read);
            head.write(buffer, 0, Math.min(read, Math.max(0, HEAD - head.size())));
            bytes += read;
        }
        return bytes - before;
    }

    /** {@return how many bytes came in} */
    public long bytes() {
        return bytes;
    }

    /** {@return everything as a fetch that went well} */
    public MediaFetcher.Fetched fetched() {
        String sha256 = HexFormat.of().formatHex(Digests.copy(digest).digest());
        return new MediaFetcher.Fetched(MediaFetcher.Outcome.OK, bytes, sha256, MediaLook.of(head.toByteArray()));
    }
}
