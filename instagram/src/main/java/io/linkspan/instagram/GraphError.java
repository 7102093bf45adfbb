package io.linkspan.instagram;

import io.linkspan.json.databind.JsonNode;
import java.util.Optional;

/**
 * An error as Instagram wrote it. There are four envelopes: the Graph object, the flat one of the code exchange, the
 * {@code debug_info} of uploads and the error inside {@code data} of a token inspection.
 *
 * @param code the code, a number or a name; may be empty
 * @param subcode the subcode; empty when absent or 0
 * @param message the message
 * @param shownMessage the localised text for the person; may be empty
 * @param traceId id for Meta's support; may be empty
 * @param passing whether Meta marked it as passing; the opposite mark means nothing
 */
record GraphError(String code, String subcode, String message, String shownMessage, String traceId, boolean passing) {
    /** The error in an answer, if it holds one. */
    static Optional<GraphError> in(JsonNode root) {
        JsonNode error = root.path("error");
        if (error.isObject()) {
            return Optional.of(graph(error, "error_subcode"));
        }
        if (root.path("data").path("error").isObject()) {
            return Optional.of(graph(root.path("data").path("error"), "subcode"));
        }
        if (root.path("debug_info").isObject()) {
            JsonNode debug = root.path("debug_info");
            boolean passing = debug.path("retriable").asBoolean(false);
            return Optional.of(
                    new GraphError(Fields.text(debug, "type"), "", Fields.text(debug, "message"), "", "", passing));
        }
        if (root.has("error_type") || root.has("error_message")) {
            return Optional.of(new GraphError(
                    Fields.textOrNumber(root, "code"), "", Fields.text(root, "error_message"), "", "", false));
        }
        return error.isString()
                ? Optional.of(
                        new GraphError(error.asString(""), "", Fields.text(root, "error_description"), "", "", false))
                : Optional.empty();
    }

    private static GraphError graph(JsonNode error, String subcodeName) {
        String subcode = Fields.textOrNumber(error, subcodeName);
        return new GraphError(
                Fields.textOrNumber(error, "code"),
                subcode.equals("0") ? "" : subcode,
                Fields.text(error, "message"),
                Fields.text(error, "error_user_msg"),
                Fields.text(error, "fbtrace_id"),
                error.path("is_transient").asBoolean(false));
    }

    /** The code as it came, with the subcode after a slash. */
    String fullCode() {
        return subcode.isEmpty() ? code : code + "/" + subcode;
    }
}
