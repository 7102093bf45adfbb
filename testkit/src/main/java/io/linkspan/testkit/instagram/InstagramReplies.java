package io.linkspan.testkit.instagram;

import io.linkspan.json.databind.JsonNode;
import io.linkspan.json.databind.node.ObjectNode;
import io.linkspan.testkit.internal.Ids;
import io.linkspan.testkit.internal.Json;
import io.linkspan.testkit.internal.Refusal;
import io.linkspan.testkit.internal.SimReply;

/** Instagram's envelopes and usual errors. */
final class InstagramReplies {

    private final Ids ids;

    InstagramReplies(Ids ids) {
        this.ids = ids;
    }

    SimReply ok(JsonNode body) {
        return SimReply.json(200, body, "ok");
    }

    /** The Graph envelope; a negative subcode means none is sent. */
    SimReply graph(int status, int code, int subcode, String message, String userMessage) {
        boolean unreadable = code == 100 && subcode == 33;
        ObjectNode body = Json.object();
        ObjectNode error = body.putObject("error")
                .put("message", message)
                .put("type", unreadable ? "GraphMethodException" : "OAuthException")
                .put("code", code);
        if (subcode >= 0) {
            error.put("error_subcode", subcode);
        }
        if (code == 2) {
            error.put("is_transient", true);
        }
        if (!userMessage.isEmpty()) {
            error.put("is_transient", false).put("error_user_title", message).put("error_user_msg", userMessage);
        }
        error.put("fbtrace_id", "SIM" + ids.next());
        return SimReply.json(status, body, subcode > 0 ? code + "/" + subcode : Integer.toString(code));
    }

    Refusal refuse(int code, int subcode, String message) {
        return new Refusal(graph(400, code, subcode, message, ""));
    }

    Refusal refuse(int code, int subcode, String message, String userMessage) {
        return new Refusal(graph(400, code, subcode, message, userMessage));
    }

    Refusal parameter(String message) {
        return refuse(100, -1, "(#100) " + message);
    }

    Refusal unreadable(String id) {
        return refuse(
                100,
                33,
                "Unsupported get request. Object with ID '" + id
                        + "' does not exist, cannot be loaded due to missing permissions, or does not support this"
                        + " operation.");
    }

    /** The flat envelope of the code exchange. */
    SimReply exchangeError(int status, String message) {
        return SimReply.json(
                status,
                Json.object()
                        .put("error_type", "OAuthException")
                        .put("code", status)
                        .put("error_message", message),
                "OAuthException");
    }
}
