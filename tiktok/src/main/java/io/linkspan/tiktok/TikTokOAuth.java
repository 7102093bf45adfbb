package io.linkspan.tiktok;

import io.linkspan.connection.Capability;
import io.linkspan.spi.AuthorizationRequest;
import io.linkspan.spi.CallClass;
import io.linkspan.spi.Flow;
import io.linkspan.spi.Grant;
import io.linkspan.spi.HttpBody;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.OAuthAdapter;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.RenewalModel;
import io.linkspan.spi.Secret;
import io.linkspan.spi.TokenPair;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Login Kit: consent page, code exchange and refresh. Lifetimes are taken from each answer; the documents named 24 hours
 * and 365 days until November 2026, 2 hours and 180 days since.
 *
 * <p>Source: {@code developers.tiktok.com/docs/en/oauth-refresh-a-user-access-token} (2026-11-02) and
 * {@code developers.tiktok.com/doc/login-kit-web}, read 2026-11-20.
 */
final class TikTokOAuth implements OAuthAdapter {
    private static final RenewalModel RENEWAL = new RenewalModel.Rotation(Duration.ofMinutes(15));
    /** Longer lives are taken as not told; no token lives ten years. */
    private static final long MAX_LIFE_SECONDS = Duration.ofDays(3650).toSeconds();

    private final TikTokConfig config;
    private final Answers answers;

    TikTokOAuth(TikTokConfig config, Answers answers) {
        this.config = config;
        this.answers = answers;
    }

    @Override
    public URI redirectUri() {
        return config.redirectUri();
    }

    @Override
    public Set<String> scopes(Set<Capability> wanted) {
        return Scopes.of(Objects.requireNonNull(wanted, "wanted"));
    }

    @Override
    public Set<Capability> granted(Set<String> scopes) {
        return Scopes.allow(Objects.requireNonNull(scopes, "scopes"));
    }

    @Override
    public boolean usesPkce() {
        return config.webPkce();
    }

    @Override
    public RenewalModel renewal() {
        return RENEWAL;
    }

    @Override
    public URI authorizationUri(AuthorizationRequest request) {
        Objects.requireNonNull(request, "request");
        Map<String, String> query = new LinkedHashMap<>();
        query.put("client_key", config.clientKey());
        query.put("response_type", "code");
        query.put("scope", String.join(",", request.scopes()));
        query.put("redirect_uri", config.redirectUri().toString());
        query.put("state", request.state());
        // without 1 a signed-in browser may bounce back with the same account at once
        query.put("disable_auto_auth", request.freshLogin() ? "1" : "0");
        if (config.webPkce()) {
            query.put("code_challenge", Pkce.challenge(verifier(request.verifier())));
            query.put("code_challenge_method", "S256");
        }
        return config.endpoints()
                .consentPage(query.entrySet().stream()
                        .map(field -> field.getKey() + "=" + Answers.encode(field.getValue()))
                        .collect(Collectors.joining("&")));
    }

    @Override
    public Flow<Grant> exchange(String code, @Nullable Secret verifier) {
        Objects.requireNonNull(code, "code");
        Map<String, String> form = credentials();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", config.redirectUri().toString());
        if (config.webPkce()) {
            form.put("code_verifier", verifier(verifier).reveal());
        }
        return Flow.call(tokenCall(Operations.TOKEN, CallClass.CODE, form), result -> grant(Operations.TOKEN, result));
    }

    @Override
    public Flow<Grant> renew(TokenPair tokens) {
        Secret refresh = tokens.refresh();
        if (refresh == null) {
            throw new IllegalArgumentException("TikTok renews with a refresh token, and these tokens have none");
        }
        Map<String, String> form = credentials();
        form.put("grant_type", "refresh_token");
        form.put("refresh_token", refresh.reveal());
        return Flow.call(
                tokenCall(Operations.REFRESH, CallClass.SPEND, form), result -> grant(Operations.REFRESH, result));
    }

    @Override
    public Flow<Grant> resume(String operation, HttpResult.Answered answer) {
        Objects.requireNonNull(answer, "answer");
        if (!operation.equals(Operations.TOKEN) && !operation.equals(Operations.REFRESH)) {
            throw new IllegalArgumentException("only " + Operations.TOKEN + " and " + Operations.REFRESH
                    + " leave an answer to resume from, was " + operation);
        }
        return Flow.finished(grant(operation, answer));
    }

    private HttpCall tokenCall(String operation, CallClass callClass, Map<String, String> form) {
        return HttpCall.of(operation, callClass, "POST", config.endpoints().apiPath("/v2/oauth/token/"))
                .header("Cache-Control", "no-cache")
                .body(new HttpBody.Form(form));
    }

    private Map<String, String> credentials() {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("client_key", config.clientKey());
        form.put("client_secret", config.clientSecret().reveal());
        return form;
    }

    private Outcome<Grant> grant(String operation, HttpResult result) {
        return answers.oauth(operation, result, TikTokOAuth::read);
    }

    /** Both tokens are needed; what else is missing is left to be found out, because the old pair may be dead already. */
    private static Optional<Grant> read(JsonNode answer) {
        String access = Json.text(answer, "access_token");
        String refresh = Json.text(answer, "refresh_token");
        if (access.isBlank() || refresh.isBlank()) {
            return Optional.empty();
        }
        String scope = Json.text(answer, "scope");
        String openId = Json.text(answer, "open_id");
        return Optional.of(new Grant(
                new TokenPair(Secret.of(access), Secret.of(refresh)),
                life(Json.number(answer, "expires_in")),
                life(Json.number(answer, "refresh_expires_in")),
                scope.isBlank() ? null : Scopes.parse(scope),
                openId.isBlank() ? null : openId));
    }

    private static @Nullable Duration life(OptionalLong seconds) {
        boolean told = seconds.isPresent() && seconds.getAsLong() > 0 && seconds.getAsLong() <= MAX_LIFE_SECONDS;
        return told ? Duration.ofSeconds(seconds.getAsLong()) : null;
    }

    private static Secret verifier(@Nullable Secret verifier) {
        if (verifier == null) {
            throw new IllegalArgumentException("webPkce is on, so a verifier is needed");
        }
        return verifier;
    }
}
