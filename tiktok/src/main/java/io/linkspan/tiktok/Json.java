package io.linkspan.tiktok;

import io.linkspan.json.core.JacksonException;
import io.linkspan.json.core.StreamReadConstraints;
import io.linkspan.json.core.json.JsonFactory;
import io.linkspan.json.databind.JsonNode;
import io.linkspan.json.databind.json.JsonMapper;
import io.linkspan.json.databind.node.ObjectNode;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads what TikTok sends, with limits, and writes what it is sent. Nothing here throws on foreign input. */
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(32)
                            .maxStringLength(256 * 1024)
                            .maxNameLength(256)
                            .maxNumberLength(64)
                            .maxTokenCount(50_000)
                            .maxDocumentLength(1 << 20)
                            .build())
                    .build())
            .build();

    private Json() {}

    /** A JSON object within the limits, or empty. */
    static Optional<JsonNode> readObject(byte[] bytes) {
        try {
            JsonNode node = MAPPER.readTree(bytes);
            return node != null && node.isObject() ? Optional.of(node) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty(); // the text may hold tokens, so not even its error is kept
        }
    }

    static ObjectNode newObject() {
        return MAPPER.createObjectNode();
    }

    static String write(JsonNode node) {
        return MAPPER.writeValueAsString(node);
    }

    /** A text field, or empty when it is missing or something else. */
    static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isString() ? value.stringValue() : "";
    }

    /** A whole number that fits 64 bits, sent as a number or as its digits. */
    static OptionalLong number(JsonNode node, String field) {
        return number(node.path(field));
    }

    static OptionalLong number(JsonNode value) {
        String digits = scalar(value);
        if (!digits.matches("-?[0-9]{1,19}")) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(digits));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** A text or whole number as text; ids are never read as floating point. */
    static String scalar(JsonNode value) {
        if (value.isString()) {
            return value.stringValue();
        }
        return value.isIntegralNumber() ? value.bigIntegerValue().toString() : "";
    }
}
