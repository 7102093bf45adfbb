package io.linkspan.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads our own scripts: a comment has its own line, a statement ends with a semicolon at the end of a line. */
final class Script {
    private Script() {}

    static List<String> statements(String resource) {
        try (InputStream in = Objects.requireNonNull(Script.class.getResourceAsStream(resource), resource)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            String code = text.lines()
                    .filter(line -> !line.startsWith("--"))
                    .map(String::stripTrailing)
                    .collect(Collectors.joining("\n"));
            return Stream.of(code.split(";(\n|$)", -1))
                    .map(String::strip)
                    .filter(statement -> !statement.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("script " + resource + " cannot be read from the jar", e);
        }
    }
}
