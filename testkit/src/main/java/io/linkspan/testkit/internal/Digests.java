package io.linkspan.testkit.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of streams and texts. */
public final class Digests {

    private Digests() {}

    /** {@return a new digest} */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java runtime", e);
        }
    }

    /**
     * Copies a digest in its present state.
     *
     * @param digest the digest
     * @return a copy that goes on from here
     */
    public static MessageDigest copy(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("SHA-256 can be cloned in every Java runtime", e);
        }
    }

    /**
     * Feeds a stream to a digest.
     *
     * @param digest the digest
     * @param in the stream
     * @return how many bytes there were
     * @throws IOException if the stream breaks
     */
    public static long update(MessageDigest digest, InputStream in) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long total = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            digest.update(buffer, 0, read);
            total += read;
        }
        return total;
    }

    /**
     * Digest of a text.
     *
     * @param text the text
     * @return lower-case hex
     */
    public static String hex(String text) {
        return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Names a secret without showing it.
     *
     * @param secret the secret
     * @return the first 12 hex digits of its digest
     */
    public static String fingerprint(String secret) {
        return hex(secret).substring(0, 12);
    }
}
