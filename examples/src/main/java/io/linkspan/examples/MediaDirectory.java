package io.linkspan.examples;

import io.linkspan.spi.MediaSource;
import io.linkspan.spi.PullFence;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A {@link PullFence} over a directory that {@link MediaServer} serves, from this process or another. The name of a file is
 * a keyed hash of the attempt: the same for every process that knows the key, and not to be guessed.
 *
 * <p>The fence rests on an order: the server writes down a request before it looks whether the file is still shown, and the
 * fence takes the file away for ever before it reads what was written down. So a request is either counted or not served.
 */
public final class MediaDirectory implements PullFence {
    /** Media types that can be shown, and how their files end. */
    static final Map<String, String> ENDINGS = Map.of(
            "video/mp4", "mp4",
            "video/quicktime", "mov",
            "video/webm", "webm",
            "image/jpeg", "jpg",
            "image/png", "png",
            "image/webp", "webp");

    private final Path directory;
    private final URI base;
    private final byte[] key;

    /**
     * Over a directory.
     *
     * @param directory where files are shown; made when missing
     * @param base the public address of the directory, ending in a slash
     */
    public MediaDirectory(Path directory, URI base) {
        this.directory = directory;
        this.base = base;
        try {
            Files.createDirectories(directory);
            this.key = key(directory.resolve("key"));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the media directory " + directory + " cannot be used; check that it is writable", e);
        }
    }

    private static byte[] key(Path file) throws IOException {
        byte[] fresh = new byte[32];
        new SecureRandom().nextBytes(fresh);
        try {
            Files.write(file, fresh, StandardOpenOption.CREATE_NEW);
            return fresh;
        } catch (FileAlreadyExistsException e) {
            return Files.readAllBytes(file);
        }
    }

    @Override
    public URI issue(String attempt, MediaSource media, String contentType) {
        String name = name(attempt, contentType);
        Path file = directory.resolve(name);
        if (Files.exists(directory.resolve(hash(attempt) + ".gone"))) {
            throw new IllegalStateException("the media of attempt " + attempt + " were withdrawn for ever");
        }
        if (!Files.exists(file)) {
            try {
                Path part = Files.createTempFile(directory, "part", null);
                try (InputStream in = media.open(0)) {
                    Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
                }
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw new UncheckedIOException(
                        "media for attempt " + attempt
                                + " cannot be shown; check space and rights of the media directory",
                        e);
            }
        }
        return base.resolve(name);
    }

    private String name(String attempt, String contentType) {
        String ending = ENDINGS.get(contentType);
        if (ending == null) {
            throw new IllegalArgumentException(
                    "media of type " + contentType + " cannot be shown; this directory shows " + ENDINGS.keySet());
        }
        return hash(attempt) + "." + ending;
    }

    private String hash(String attempt) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(attempt.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is part of every Java runtime", e);
        }
    }

    @Override
    public Served withdraw(String attempt) {
        String hash = hash(attempt);
        try {
            for (String ending : ENDINGS.values()) {
                Files.deleteIfExists(directory.resolve(hash + "." + ending));
            }
            return served(directory.resolve(hash + ".log"));
        } catch (IOException e) {
            throw new UncheckedIOException("media for attempt " + attempt + " cannot be withdrawn", e);
        }
    }

    @Override
    public Served fence(String attempt) {
        try {
            Files.write(
                    directory.resolve(hash(attempt) + ".gone"),
                    new byte[0],
                    StandardOpenOption.CREATE,
                    StandardOpenOption.SYNC);
        } catch (IOException e) {
            throw new UncheckedIOException("media for attempt " + attempt + " cannot be withdrawn for ever", e);
        }
        return withdraw(attempt);
    }

    private static Served served(Path log) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(log, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return Served.NOTHING;
        }
        if (lines.isEmpty()) {
            return Served.NOTHING;
        }
        long bytes = 0;
        for (String line : lines) {
            bytes += Long.parseLong(line.substring(line.indexOf(' ') + 1));
        }
        return new Served(lines.size(), bytes, at(lines.get(0)), at(lines.get(lines.size() - 1)));
    }

    private static Instant at(String line) {
        return Instant.ofEpochMilli(Long.parseLong(line.substring(0, line.indexOf(' '))));
    }
}
