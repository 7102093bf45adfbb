package io.linkspan.simulation;

import io.linkspan.spi.CallClass;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What faults answer. A refusal here is true: nothing happened. Anything else says nothing about what happened. */
final class Answers {
    private static final Map<String, List<String>> JSON = Map.of("Content-Type", List.of("application/json"));
    private static final int MOST = 1 << 20;

    private Answers() {}

    private static HttpResult answer(int status, String body, Map<String, List<String>> headers) {
        return new HttpResult.Answered(status, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean tiktok(HttpCall call) {
        return call.operation().startsWith("tiktok");
    }

    private static boolean tiktokOAuth(HttpCall call) {
        return tiktok(call)
                && (call.operation().endsWith("token")
                        || call.operation().endsWith("refresh")
                        || call.operation().endsWith("revoke"));
    }

    /** An error in the platform's envelope. */
    private static HttpResult error(HttpCall call, int status, String code, Map<String, List<String>> headers) {
        if (tiktokOAuth(call)) {
            return answer(
                    status, "{\"error\":\"" + code + "\",\"error_description\":\"played\",\"log_id\":\"1\"}", headers);
        }
        if (tiktok(call)) {
            return answer(
                    status,
                    "{\"data\":{},\"error\":{\"code\":\"" + code + "\",\"message\":\"played\",\"log_id\":\"1\"}}",
                    headers);
        }
        String[] parts = code.split("/", -1);
        String subcode = parts.length > 1 ? ",\"error_subcode\":" + parts[1] : "";
        return answer(
                status,
                "{\"error\":{\"message\":\"played\",\"type\":\"OAuthException\",\"code\":" + parts[0] + subcode
                        + ",\"fbtrace_id\":\"A1\"}}",
                headers);
    }

    static HttpResult serverError(HttpCall call) {
        return error(call, 500, tiktok(call) ? "internal_error" : "2", JSON);
    }

    /** An error although everything happened; never a code that the platform only uses when nothing did. */
    static HttpResult untrue(HttpCall call) {
        return call.operation().equals("instagram.media_publish")
                ? error(call, 400, "4/2207051", JSON)
                : serverError(call);
    }

    /** An answer that proves that nothing happened. Codes about tokens are left to tokens that really die. */
    static HttpResult refusal(HttpCall call, Event event) {
        if (call.callClass() == CallClass.SPEND || call.callClass() == CallClass.CODE) {
            return error(call, 500, tiktok(call) ? "internal_error" : "2", JSON);
        }
        List<String> codes = switch (call.operation()) {
            case "tiktok.video_init", "tiktok.photo_init", "tiktok.inbox_init", "tiktok.content_init" ->
                List.of(
                        "spam_risk_too_many_posts",
                        "spam_risk_user_banned_from_posting",
                        "reached_active_user_cap",
                        "privacy_level_option_mismatch",
                        "invalid_params",
                        "rate_limit_exceeded");
            case "tiktok.upload_chunk" -> List.of("");
            case "instagram.media_publish" -> List.of("9007/2207027", "9/2207042", "25/2207050");
            case "instagram.container_create" -> List.of("9/2207042", "25/2207050", "100/2207023", "9004/2207052");
            default -> List.of(tiktok(call) ? "rate_limit_exceeded" : "4");
        };
        String code = codes.get(event.draw(1, codes.size()));
        if (call.operation().equals("tiktok.upload_chunk")) {
            return answer(new int[] {400, 416, 503}[event.draw(2, 3)], "", Map.of());
        }
        return error(call, code.equals("rate_limit_exceeded") ? 429 : tiktok(call) ? 403 : 400, code, JSON);
    }

    static HttpResult throttled(HttpCall call, Event event) {
        Map<String, List<String>> headers = event.draw(1, 2) == 0
                ? JSON
                : Map.of(
                        "Content-Type", List.of("application/json"),
                        "Retry-After", List.of(Integer.toString(1 + event.draw(2, 7_200))));
        return error(call, 429, tiktok(call) ? "rate_limit_exceeded" : "4", headers);
    }

    /** A success by its status and an error by its body, of a kind nobody knows. */
    static HttpResult okWithError(HttpCall call) {
        return error(call, 200, tiktok(call) ? "something_new" : "987654", JSON);
    }

    /** The answer is cut, is of another type, or lacks everything. */
    static HttpResult damaged(HttpResult real, Event event) {
        if (!(real instanceof HttpResult.Answered answered)) {
            return real;
        }
        String text = answered.text();
        return switch (event.draw(1, 4)) {
            case 0 -> answer(answered.status(), text.substring(0, text.length() / 2), JSON);
            case 1 -> answer(answered.status(), "[17]", JSON);
            case 2 -> answer(answered.status(), "{}", JSON);
            default -> answer(answered.status(), "<html>busy</html>", Map.of("Content-Type", List.of("text/html")));
        };
    }

    /** Too large or too slow an answer is lost; a deeply nested one comes through. */
    static HttpResult hostile(HttpResult real, Event event) {
        if (!(real instanceof HttpResult.Answered answered)) {
            return real;
        }
        return switch (event.draw(1, 3)) {
            case 0 -> new HttpResult.Lost("the answer is larger than " + MOST + " bytes");
            case 1 -> new HttpResult.Lost("no answer in time");
            default -> answer(answered.status(), "[".repeat(2_000) + "]".repeat(2_000), JSON);
        };
    }

    /** Sent elsewhere, whether or not it took effect. */
    static HttpResult redirect(@Nullable HttpResult effect) {
        return answer(
                effect == null ? 302 : 307, "", Map.of("Location", List.of("http://169.254.169.254/latest/meta-data")));
    }

    /** What was written a moment ago cannot be read yet. */
    static HttpResult unreadable(HttpCall call) {
        return error(call, 400, tiktok(call) ? "invalid_publish_id" : "100/33", JSON);
    }
}
