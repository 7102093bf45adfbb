package io.linkspan.instagram;

import io.linkspan.json.databind.JsonNode;
import io.linkspan.spi.PlatformEvent;
import io.linkspan.spi.SignedMessage;
import io.linkspan.spi.WebhookAdapter;
import io.linkspan.webhook.WebhookRequest;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Webhooks (JSON, signature in a header) and callbacks (a form with a {@code signed_request}). Meta does not say whether the
 * Instagram or the Meta app secret signs, so either is taken. No webhook tells about publishing.
 *
 * @see <a href="https://developers.facebook.com/documentation/instagram-platform/webhooks">Webhooks</a> (copies of 2025 and 2026, read
 *     2026-11-21)
 */
final class InstagramWebhooks implements WebhookAdapter {
    private static final String SIGNATURE = "X-Hub-Signature-256";
    private static final String SIGNED_REQUEST = "signed_request";
    private static final Pattern SHA256 = Pattern.compile("sha256=([0-9a-f]{64})");

    private final InstagramApp app;

    InstagramWebhooks(InstagramApp app) {
        this.app = app;
    }

    @Override
    public SignedMessage read(WebhookRequest request, Instant now) {
        return isForm(request)
                ? callback(
                        request,
                        now,
                        (user, issuedAt) -> new PlatformEvent.AccessRemoved(user, issuedAt, "deauthorize", true))
                : webhook(request);
    }

    @Override
    public SignedMessage readDeletion(WebhookRequest request, Instant now) {
        return callback(request, now, PlatformEvent.DeletionWanted::new);
    }

    /**
     * {@inheritDoc}
     *
     * @see <a href="https://developers.facebook.com/docs/development/create-an-app/app-dashboard/data-deletion-callback">Data
     *     Deletion Request Callback</a> (read 2026-11-21)
     */
    @Override
    public String deletionAnswer(URI statusPage, String confirmationCode) {
        return Fields.write(Forms.of("url", statusPage.toString(), "confirmation_code", confirmationCode));
    }

    private static boolean isForm(WebhookRequest request) {
        Optional<String> type = request.header("Content-Type");
        return type.isPresent()
                ? type.get().toLowerCase(Locale.ROOT).strip().startsWith("application/x-www-form-urlencoded")
                : request.header(SIGNATURE).isEmpty() && request.text().startsWith(SIGNED_REQUEST + "=");
    }

    private SignedMessage callback(
            WebhookRequest request, Instant now, BiFunction<String, Instant, PlatformEvent> meaning) {
        return Forms.single(request.text(), SIGNED_REQUEST)
                .map(signed -> SignedRequest.read(signed, app.webhookSecrets(), now, meaning))
                .orElseGet(() -> new SignedMessage.Rejected("the form must hold exactly one signed_request"));
    }

    private SignedMessage webhook(WebhookRequest request) {
        Matcher header = SHA256.matcher(request.header(SIGNATURE).orElse(""));
        if (!header.matches()) {
            return new SignedMessage.Rejected("header " + SIGNATURE + " must be sha256= and 64 hex digits");
        }
        byte[] signature = HexFormat.of().parseHex(header.group(1));
        byte[] body = request.body();
        int signedWith = Signatures.signedWith(app.webhookSecrets(), body, signature);
        if (signedWith < 0) {
            return new SignedMessage.Rejected("the signature fits none of the app secrets");
        }
        return Fields.object(body)
                .map(root -> events(root, signedWith))
                .orElseGet(() -> new SignedMessage.Rejected("the body is no JSON object within the limits"));
    }

    private static SignedMessage events(JsonNode root, int signedWith) {
        List<PlatformEvent> events = new ArrayList<>();
        for (JsonNode entry : root.path("entry")) {
            for (JsonNode change : entry.path("changes")) {
                events.add(new PlatformEvent.Other(name(Fields.text(change, "field"))));
            }
            for (int i = 0; i < entry.path("messaging").size(); i++) {
                events.add(new PlatformEvent.Other("messaging"));
            }
        }
        return new SignedMessage.Authentic(events, signedWith);
    }

    private static String name(String field) {
        return field.matches("[A-Za-z0-9_.-]{1,64}") ? field : "unnamed";
    }
}
