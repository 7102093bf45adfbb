package io.linkspan.instagram;

import io.linkspan.json.core.JacksonException;
import io.linkspan.json.core.StreamReadConstraints;
import io.linkspan.json.core.json.JsonFactory;
import io.linkspan.json.databind.JsonNode;
import io.linkspan.json.databind.json.JsonMapper;
import io.linkspan.json.databind.node.MissingNode;
import io.linkspan.spi.Secret;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads JSON from outside within limits, and the values in it as Instagram really writes them. Nothing here throws. */
final class Fields {
    private static final int MAX_DOCUMENT = 1 << 20;
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(32)
                            .maxDocumentLength(MAX_DOCUMENT)
                            .maxStringLength(256 * 1024)
                            .maxNameLength(256)
                            .maxNumberLength(64)
                            .maxTokenCount(50_000)
                            .build())
                    .build())
            .build();

    /** {@code 2026-11-20T17:03:11+0000}: the offset has no colon, so that ISO_OFFSET_DATE_TIME refuses it. */
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss[XXX][XX]", Locale.ROOT);

    private Fields() {}

    /** A JSON object, or empty when the bytes are anything else. */
    static Optional<JsonNode> object(byte[] bytes) {
        if (bytes.length > MAX_DOCUMENT) {
            return Optional.empty();
        }
        try {
            JsonNode root = MAPPER.readTree(bytes);
            return root != null && root.isObject() ? Optional.of(root) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** A JSON text that a host gave as an option; missing when it is none. */
    static JsonNode json(String text) {
        try {
            JsonNode root = MAPPER.readTree(text);
            return root == null ? MissingNode.getInstance() : root;
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    /** Maps, lists, texts and numbers as JSON, in their order. */
    static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /** The pages show {@code {"data":[{…}]}}, live answers are flat: the one element, or the object itself. */
    static JsonNode unwrapped(JsonNode root) {
        JsonNode data = root.path("data");
        if (data.isArray() && data.size() == 1 && data.path(0).isObject()) {
            return data.path(0);
        }
        return data.isObject() ? data : root;
    }

    /** A text, or empty when the field is absent or something else. */
    static String text(JsonNode node, String name) {
        JsonNode value = node.path(name);
        return value.isString() ? value.asString("") : "";
    }

    /** A text or whole number as text: ids and codes come as either, and ids exceed 2^53. */
    static String textOrNumber(JsonNode node, String name) {
        JsonNode value = node.path(name);
        return value.isIntegralNumber() ? value.bigIntegerValue().toString() : text(node, name);
    }

    /** An id that is safe in a path; empty when there is none. */
    static Optional<String> id(JsonNode node, String name) {
        String id = textOrNumber(node, name);
        return isId(id) ? Optional.of(id) : Optional.empty();
    }

    static boolean isId(String text) {
        return text.matches("[0-9A-Za-z_]{1,64}");
    }

    /** A whole number, also from a text; empty when absent, out of range or something else. */
    static Optional<Long> number(JsonNode node, String name) {
        String digits = textOrNumber(node, name);
        return digits.matches("-?\\d{1,18}") ? Optional.of(Long.parseLong(digits)) : Optional.empty();
    }

    /** A token of printable ASCII, so that it fits into a header. */
    static Optional<Secret> token(JsonNode node, String name) {
        String token = text(node, name);
        boolean clean = !token.isEmpty() && token.chars().allMatch(c -> c > 0x20 && c < 0x7f);
        return clean ? Optional.of(Secret.of(token)) : Optional.empty();
    }

    /** Permissions as comma separated text or as array; null when the answer does not say. */
    static @Nullable Set<String> permissions(JsonNode node) {
        JsonNode value = node.path("permissions");
        Set<String> names = new LinkedHashSet<>();
        if (value.isArray()) {
            value.forEach(name -> add(names, name.asString("")));
            return names;
        }
        if (!value.isString()) {
            return null;
        }
        for (String name : value.asString("").split("[,\\s]+", -1)) {
            add(names, name);
        }
        return names;
    }

    private static void add(Set<String> names, String name) {
        if (!name.isBlank()) {
            names.add(name.strip());
        }
    }

    /** A moment as Graph text or as UNIX seconds. */
    static Optional<Instant> moment(JsonNode node, String name) {
        try {
            Optional<Long> seconds = number(node, name);
            return Optional.of(
                    seconds.isPresent()
                            ? Instant.ofEpochSecond(seconds.get())
                            : OffsetDateTime.parse(text(node, name), TIMESTAMP).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** A web address; null when there is none. */
    static @Nullable URI address(JsonNode node, String name) {
        try {
            URI uri = URI.create(text(node, name));
            return "https".equals(uri.getScheme()) || "http".equals(uri.getScheme()) ? uri : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
