package io.linkspan.testkit.internal;

import io.linkspan.json.databind.JsonNode;
import io.linkspan.json.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * An answer before it is sent.
 *
 * @param status HTTP status
 * @param headers response headers
 * @param body the content
 * @param outcome what the ledger says about it: {@code ok} or an error code
 */
public record SimReply(int status, Map<String, String> headers, String body, String outcome) {

    /** Copies the headers. */
    public SimReply {
        headers = Map.copyOf(headers);
    }

    /**
     * A JSON answer.
     *
     * @param status HTTP status
     * @param body the document
     * @param outcome for the ledger
     * @return the reply
     */
    public static SimReply json(int status, JsonNode body, String outcome) {
        return new SimReply(
                status, Map.of("Content-Type", "application/json; charset=utf-8"), Json.write(body), outcome);
    }

    /**
     * A page for people.
     *
     * @param status HTTP status
     * @param body the HTML
     * @param outcome for the ledger
     * @return the reply
     */
    public static SimReply html(int status, String body, String outcome) {
        return new SimReply(status, Map.of("Content-Type", "text/html; charset=utf-8"), body, outcome);
    }

    /**
     * A redirect.
     *
     * @param location where to
     * @param outcome for the ledger
     * @return the reply
     */
    public static SimReply redirect(String location, String outcome) {
        return new SimReply(302, Map.of("Location", location, "Cache-Control", "no-store"), "", outcome);
    }

    /**
     * An answer without content.
     *
     * @param status HTTP status
     * @param outcome for the ledger
     * @return the reply
     */
    public static SimReply empty(int status, String outcome) {
        return new SimReply(status, Map.of(), "", outcome);
    }

    /**
     * Adds a header.
     *
     * @param name its name
     * @param value its value
     * @return a copy with the header
     */
    public SimReply with(String name, String value) {
        Map<String, String> all = new TreeMap<>(headers);
        all.put(name, value);
        return new SimReply(status, all, body, outcome);
    }

    /**
     * Leaves a field out of a JSON document, wherever it is.
     *
     * @param field its name
     * @return a copy without the field; the same when the content is no JSON
     */
    public SimReply without(String field) {
        JsonNode document = Json.parse(body);
        if (document == null) {
            return this;
        }
        remove(document, field);
        return new SimReply(status, headers, Json.write(document), outcome);
    }

    private static void remove(JsonNode node, String field) {
        if (node instanceof ObjectNode object) {
            object.remove(field);
        }
        node.forEach(child -> remove(child, field));
    }

    /** {@return the content as bytes} */
    public byte[] bytes() {
        return body.getBytes(StandardCharsets.UTF_8);
    }
}
