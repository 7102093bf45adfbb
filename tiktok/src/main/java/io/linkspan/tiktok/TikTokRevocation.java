package io.linkspan.tiktok;

import io.linkspan.spi.CallClass;
import io.linkspan.spi.Flow;
import io.linkspan.spi.HttpBody;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.RevocationAdapter;
import io.linkspan.spi.TokenPair;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Revocation takes a live access token. An ended one is answered with {@code invalid_grant}, and the grant stays alive;
 * so that answer is passed on as a refusal that asks for a renewal: if the renewal says {@code invalid_grant} too, or a
 * fresh token is refused again, the grant is gone.
 *
 * <p>Source: {@code developers.tiktok.com/docs/en/oauth-revoke-a-user-access-token} (2026-11-02), read 2026-11-20.
 */
final class TikTokRevocation implements RevocationAdapter {
    private final TikTokConfig config;
    private final Answers answers;

    TikTokRevocation(TikTokConfig config, Answers answers) {
        this.config = config;
        this.answers = answers;
    }

    @Override
    public Optional<Flow<Revoked>> revoke(TokenPair tokens) {
        Objects.requireNonNull(tokens, "tokens");
        Map<String, String> form = new LinkedHashMap<>();
        form.put("client_key", config.clientKey());
        form.put("client_secret", config.clientSecret().reveal());
        form.put("token", tokens.access().reveal());
        HttpCall call = HttpCall.of(
                        Operations.REVOKE,
                        CallClass.REVOKE,
                        "POST",
                        config.endpoints().apiPath("/v2/oauth/revoke/"))
                .header("Cache-Control", "no-cache")
                .body(new HttpBody.Form(form));
        return Optional.of(Flow.call(
                call, result -> answers.oauth(Operations.REVOKE, result, body -> Optional.of(new Revoked()))));
    }

    @Override
    public boolean needsLiveToken() {
        return true;
    }

    @Override
    public String removeAppGuidance() {
        return "In the TikTok app: Profile > menu (three lines) > Settings and privacy > Security & permissions (in some"
                + " versions: Security) > Apps and services permissions (in older versions: Manage app permissions) >"
                + " choose the app > Remove access. It takes effect at once.";
    }

    @Override
    public String removeProfileLinkGuidance() {
        return "In the TikTok app: Profile > Edit profile > the Instagram entry (newer versions may show it under Links or"
                + " Social) > unlink or remove it. TikTok lets no app do or see this, so say when it is done. To end it on"
                + " the other side as well, remove TikTok in Instagram under Apps and websites.";
    }
}
