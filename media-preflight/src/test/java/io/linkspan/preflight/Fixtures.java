package io.linkspan.preflight;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The media files of the test resources. */
final class Fixtures {
    private Fixtures() {}

    static byte[] bytes(String name) {
        try (InputStream in = Fixtures.class.getResourceAsStream("/" + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static PreflightReport check(byte[] media) {
        return Preflight.check(new MemoryChannel(media), PreflightOptions.defaults());
    }

    static PreflightReport check(String name) {
        return check(bytes(name));
    }
}
