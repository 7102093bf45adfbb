package io.linkspan.preflight;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The committed media files. */
final class Corpus {
    static final Path FOLDER = Path.of("src", "test", "resources", "corpus");

    private Corpus() {}

    static byte[] bytes(String name) {
        return bytes(FOLDER.resolve(name));
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The media files of a folder. */
    static List<String> names(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(".tsv"))
                    .sorted()
                    .toList();
        }
    }

    static Map<String, byte[]> files(Path folder) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        names(folder).forEach(name -> files.put(name, bytes(folder.resolve(name))));
        return files;
    }
}
