package io.linkspan.testkit.internal;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

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
