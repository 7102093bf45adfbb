package io.linkspan.preflight;

import io.linkspan.preflight.internal.rule.PackDocument;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Dated rules in one JSON document: a whole pack, or an overlay that changes some rules of another pack. Immutable.
 *
 * <p>The documents that ship with the library are the best examples; see {@code docs/rules} for the fields.
 */
public final class RulePack {
    private final PackDocument document;

    private RulePack(PackDocument document) {
        this.document = document;
    }

    /**
     * Reads a pack from a file.
     *
     * @param file a JSON file
     * @return the pack
     * @throws RulePackException if the pack is broken
     * @throws UncheckedIOException if the file cannot be read
     */
    public static RulePack read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return read(String.valueOf(file.getFileName()), in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a pack from a stream, which stays open.
     *
     * @param name how messages name the pack's file
     * @param json the content in UTF-8
     * @return the pack
     * @throws RulePackException if the pack is broken
     * @throws UncheckedIOException if the stream cannot be read
     */
    public static RulePack read(String name, InputStream json) {
        Objects.requireNonNull(name, "name");
        try {
            return new RulePack(PackDocument.read(name, json.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a pack from text.
     *
     * @param name how messages name the pack's file
     * @param json the content
     * @return the pack
     * @throws RulePackException if the pack is broken
     */
    public static RulePack parse(String name, String json) {
        Objects.requireNonNull(name, "name");
        return new RulePack(PackDocument.read(name, json.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Which pack this is.
     *
     * @return id and day
     */
    public PackVersion version() {
        return document.version();
    }

    /**
     * The pack that this one changes.
     *
     * @return the id of a pack, or empty if this is no overlay
     */
    public Optional<String> overlays() {
        return Optional.ofNullable(document.target());
    }

    /**
     * The rules that this pack holds or changes.
     *
     * @return rule ids
     */
    public Set<String> ruleIds() {
        return document.rules();
    }

    /**
     * Id and day.
     *
     * @return for example {@code tiktok@2026-11-21}
     */
    @Override
    public String toString() {
        return version().toString();
    }

    PackDocument document() {
        return document;
    }
}
