package io.linkspan.examples;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The two sample files, from the jar into the demo's folder. */
final class Samples {
    private Samples() {}

    static Path good(Path folder) {
        return copy("sample.mp4", folder);
    }

    static Path slow(Path folder) {
        return copy("sample-15fps.mp4", folder);
    }

    private static Path copy(String name, Path folder) {
        Path file = folder.resolve(name);
        try (InputStream in = Samples.class.getResourceAsStream("/media/" + name)) {
            if (in == null) {
                throw new IllegalStateException(
                        "sample " + name + " is not in the jar; build with examples/quickstart");
            }
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the sample cannot be written to " + folder + "; give a writable folder with --data", e);
        }
    }
}
