package io.linkspan.internal.publish;

import io.linkspan.spi.MediaSource;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What bytes were when they were looked at: size, digest of all, and digest of the last ones, read from their own offset. A
 * source that ignores offsets gives other last bytes than the whole does, and is found before a platform finds it.
 *
 * @param size number of bytes
 * @param sha256 digest of all bytes, in hexadecimal
 * @param tail digest of the last bytes, in hexadecimal
 */
record MediaProof(long size, String sha256, String tail) {
    /** How many of the last bytes are looked at by themselves. */
    static final int TAIL = 4096;

    private static final int BUFFER = 64 * 1024;

    /** Reads all bytes. */
    static MediaProof of(MediaSource source) throws IOException {
        long size = source.size();
        if (size < 1) {
            throw new EOFException("it is empty");
        }
        MessageDigest all = newDigest();
        byte[] last = new byte[(int) Math.min(TAIL, size)];
        long seen = 0;
        try (InputStream in = source.open(0)) {
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                all.update(buffer, 0, read);
                keepLast(last, buffer, read);
                seen += read;
            }
        }
        if (seen != size) {
            throw new EOFException("it says that it has " + size + " bytes and gives " + seen);
        }
        String expected = hex(newDigest().digest(last));
        String tail = tail(source, size);
        if (!tail.equals(expected)) {
            throw new EOFException(
                    "reading from byte " + (size - last.length)
                            + " gives other bytes than the whole has there; the source ignores offsets, or changes while it is read");
        }
        return new MediaProof(size, hex(all.digest()), tail);
    }

    /** Reads the last bytes from their own offset. */
    static String tail(MediaSource source, long size) throws IOException {
        int length = (int) Math.min(TAIL, size);
        try (InputStream in = source.open(size - length)) {
            byte[] bytes = in.readNBytes(length);
            if (bytes.length < length || in.read() >= 0) {
                throw new EOFException("it does not end at byte " + size + " any more");
            }
            return hex(newDigest().digest(bytes));
        }
    }

    private static void keepLast(byte[] last, byte[] buffer, int read) {
        if (read >= last.length) {
            System.arraycopy(buffer, read - last.length, last, 0, last.length);
        } else {
            byte[] moved = Arrays.copyOfRange(last, read, last.length);
            System.arraycopy(moved, 0, last, 0, moved.length);
            System.arraycopy(buffer, 0, last, moved.length, read);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java runtime", e);
        }
    }
}
