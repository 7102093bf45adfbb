package io.linkspan.testkit.internal;

import io.linkspan.json.core.JacksonException;
import io.linkspan.json.databind.JsonNode;
import io.linkspan.json.databind.json.JsonMapper;
import io.linkspan.json.databind.node.ArrayNode;
import io.linkspan.json.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** JSON in and out. */
public final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    /** {@return an empty object} */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** {@return an empty array} */
    public static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    /**
     * Parses a document.
     *
     * @param text the document
     * @return its root, or null when it is not JSON
     */
    public static @Nullable JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException e) {
            return null;
        }
    }

    /**
     * Writes a document.
     *
     * @param node its root
     * @return the text
     */
    public static String write(JsonNode node) {
        return MAPPER.writeValueAsString(node);
    }
}
