package io.linkspan.testkit.tiktok;

import io.linkspan.json.databind.node.ObjectNode;
import io.linkspan.testkit.internal.Forms;
import io.linkspan.testkit.internal.Ids;
import io.linkspan.testkit.internal.Json;
import io.linkspan.testkit.internal.Refusal;
import io.linkspan.testkit.internal.SimReply;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** TikTok's envelopes. */
final class TikTokReplies {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final InstantSource clock;
    private final Ids ids;
    private final TikTokRules rules;

    TikTokReplies(InstantSource clock, Ids ids, TikTokRules rules) {
        this.clock = clock;
        this.ids = ids;
        this.rules = rules;
    }

    /** Success of a data endpoint; without data, only {@code error} is sent. */
    SimReply data(@Nullable ObjectNode data) {
        return envelope(200, data, "ok", "");
    }

    /** Failure of a data endpoint. */
    SimReply error(int status, String code, String message) {
        return envelope(status, Json.object(), code, message);
    }

    Refusal refuse(int status, String code, String message) {
        return new Refusal(error(status, code, message));
    }

    Refusal invalid(String message) {
        return refuse(400, rules.documentedSpelling ? "invalid_param" : "invalid_params", message);
    }

    /** Failure of an OAuth endpoint. */
    SimReply oauthError(int status, String error, String description) {
        String logId = logId();
        ObjectNode body = Json.object()
                .put("error", error)
                .put("error_description", description)
                .put("log_id", logId);
        return SimReply.json(status, body, error).with("x-tt-logid", logId);
    }

    Refusal refuseOauth(String error, String description) {
        return new Refusal(oauthError(rules.oauthErrorStatus, error, description));
    }

    /** Success of an OAuth endpoint. */
    SimReply oauth(ObjectNode body) {
        return SimReply.json(200, body, "ok").with("x-tt-logid", logId());
    }

    /** The callback with an answer that is no code. */
    SimReply callbackError(String redirectUri, @Nullable String state, String error, String description) {
        String query = Forms.query("error", error, "error_description", description);
        return SimReply.redirect(redirectUri + "?" + query + state(state), error);
    }

    SimReply callback(String redirectUri, @Nullable String state, String code, String scopes) {
        return SimReply.redirect(redirectUri + "?" + Forms.query("code", code, "scopes", scopes) + state(state), "ok");
    }

    private static String state(@Nullable String state) {
        return state == null ? "" : "&" + Forms.query("state", state);
    }

    private SimReply envelope(int status, @Nullable ObjectNode data, String code, String message) {
        String logId = logId();
        ObjectNode body = Json.object();
        if (data != null) {
            body.set("data", data);
        }
        body.putObject("error").put("code", code).put("message", message).put("log_id", logId);
        return SimReply.json(status, body, code).with("x-tt-logid", logId);
    }

    private String logId() {
        return STAMP.format(clock.instant()) + HEX.toHexDigits(ids.next(), 12);
    }
}
