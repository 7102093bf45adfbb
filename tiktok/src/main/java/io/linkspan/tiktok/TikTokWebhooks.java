package io.linkspan.tiktok;

import io.linkspan.json.databind.JsonNode;
import io.linkspan.spi.PlatformEvent;
import io.linkspan.spi.SignedMessage;
import io.linkspan.spi.WebhookAdapter;
import io.linkspan.webhook.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Webhooks: signature over the raw bytes first, then freshness, then the content, which is JSON inside a JSON text.
 *
 * <p>TikTok repeats a message for up to 72 hours, perhaps with its first stamp, so an hour more is taken. Source:
 * {@code developers.tiktok.com/docs/en/webhooks-verification} and {@code …/webhooks-events}, read 2026-11-30.
 */
final class TikTokWebhooks implements WebhookAdapter {
    private static final Duration FUTURE = Duration.ofMinutes(5);
    private static final Duration PAST = Duration.ofHours(73);
    /** Seconds after which {@link Instant} is of no use; far beyond any real stamp. */
    private static final long MAX_SECONDS = 99_999_999_999L;

    /** The page of 2026-08-04 spells it {@code complete}, a reading of 2026-09-30 and two clients {@code completed}. */
    private static final Set<String> MADE =
            Set.of("post.publish.complete", "post.publish.completed", "post.publish.inbox_delivered");

    private final String clientKey;
    private final SignatureCheck signature;

    TikTokWebhooks(TikTokConfig config) {
        this.clientKey = config.clientKey();
        this.signature = new SignatureCheck(
                config.previousClientSecret() == null
                        ? List.of(config.clientSecret())
                        : List.of(config.clientSecret(), config.previousClientSecret()));
    }

    @Override
    public SignedMessage read(WebhookRequest request, Instant now) {
        Objects.requireNonNull(now, "now");
        Optional<SignatureHeader> header = request.header("TikTok-Signature").flatMap(SignatureHeader::parse);
        if (header.isEmpty()) {
            return new SignedMessage.Rejected("the TikTok-Signature header is missing or malformed");
        }
        int signedWith = signature.signedWith(header.get(), request.body());
        if (signedWith < 0) {
            return new SignedMessage.Rejected("the signature does not match; check the client secret of this app");
        }
        Instant stamp = Instant.ofEpochSecond(header.get().seconds());
        if (stamp.isAfter(now.plus(FUTURE)) || stamp.isBefore(now.minus(PAST))) {
            return new SignedMessage.Rejected("the signature is older than 73 hours or more than 5 minutes ahead");
        }
        return Json.readObject(request.body())
                .map(body -> authentic(body, signedWith))
                .orElseGet(() -> new SignedMessage.Rejected("the body is not a JSON object within the limits"));
    }

    private SignedMessage authentic(JsonNode body, int signedWith) {
        if (!Json.text(body, "client_key").equals(clientKey)) {
            return new SignedMessage.Rejected("the message is for another client key");
        }
        String name = Json.text(body, "event");
        if (name.isBlank()) {
            return new SignedMessage.Rejected("the message names no event");
        }
        return new SignedMessage.Authentic(List.of(event(cut(name), body)), signedWith);
    }

    private static PlatformEvent event(String name, JsonNode body) {
        String openId = Json.text(body, "user_openid");
        JsonNode content = content(body.path("content"));
        OptionalLong created = Json.number(body, "create_time");
        boolean dated = created.isPresent() && created.getAsLong() >= 0 && created.getAsLong() <= MAX_SECONDS;
        if (name.equals("authorization.removed") && !openId.isBlank() && dated) {
            String reason = cut(Json.scalar(content.path("reason")));
            return new PlatformEvent.AccessRemoved(
                    openId, Instant.ofEpochSecond(created.getAsLong()), reason, reason.equals("1"));
        }
        String publishId = Json.text(content, "publish_id");
        if (name.startsWith("post.publish.") && !openId.isBlank() && !publishId.isBlank()) {
            String occurrence = (dated ? created.getAsLong() : "") + " " + cut(Json.text(content, "post_id"));
            return new PlatformEvent.HandleMoved(openId, publishId, name, occurrence.strip(), MADE.contains(name));
        }
        return new PlatformEvent.Other(name);
    }

    private static JsonNode content(JsonNode node) {
        if (node.isObject()) {
            return node;
        }
        byte[] text = Json.scalar(node).getBytes(StandardCharsets.UTF_8);
        return Json.readObject(text).orElseGet(Json::newObject);
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(text.length(), 100)).replaceAll("\\p{Cntrl}", " ");
    }
}
