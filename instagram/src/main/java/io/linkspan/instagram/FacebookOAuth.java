package io.linkspan.instagram;

import io.linkspan.connection.Capability;
import io.linkspan.json.databind.JsonNode;
import io.linkspan.spi.AuthorizationRequest;
import io.linkspan.spi.CallClass;
import io.linkspan.spi.Flow;
import io.linkspan.spi.Grant;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.OAuthAdapter;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.RenewalModel;
import io.linkspan.spi.Secret;
import io.linkspan.spi.TokenPair;
import java.net.URI;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Consent and code exchange under Facebook Login: a code buys a short-lived user token, which buys one of about 60 days;
 * with that, Page tokens have no end. There is no renewal.
 *
 * @see <a href="https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow">Manually build a login
 *     flow</a> and <a href="https://developers.facebook.com/docs/facebook-login/guides/access-tokens/get-long-lived">Long-lived
 *     tokens</a> (copies of 2026, read 2026-11-21)
 */
final class FacebookOAuth implements OAuthAdapter {
    /** Identity and media reads. */
    static final String BASIC = "instagram_basic";
    /** Publishing. */
    static final String CONTENT_PUBLISH = "instagram_content_publish";
    /** The list of Pages. */
    static final String PAGES = "pages_show_list";
    /** Reads of a Page and of the account linked to it. */
    static final String PAGE_READ = "pages_read_engagement";

    private static final String GRANTED = "granted";

    private final InstagramApp app;
    private final Answers answers;
    private final String configurationId;

    FacebookOAuth(InstagramApp app, Answers answers, String configurationId) {
        this.app = app;
        this.answers = answers;
        this.configurationId = configurationId;
    }

    @Override
    public URI redirectUri() {
        return app.redirectUri();
    }

    @Override
    public Set<String> scopes(Set<Capability> wanted) {
        Set<String> scopes = new TreeSet<>(Set.of(BASIC, PAGES, PAGE_READ));
        if (wanted.contains(Capability.PUBLISH_VIDEO) || wanted.contains(Capability.PUBLISH_PHOTO)) {
            scopes.add(CONTENT_PUBLISH);
        }
        return scopes;
    }

    @Override
    public Set<Capability> granted(Set<String> scopes) {
        EnumSet<Capability> granted = EnumSet.noneOf(Capability.class);
        if (scopes.contains(BASIC) && scopes.contains(PAGE_READ)) {
            granted.add(Capability.READ_PROFILE);
            granted.add(Capability.PROFILE_LINK);
            if (scopes.contains(CONTENT_PUBLISH)) {
                granted.add(Capability.PUBLISH_VIDEO);
                granted.add(Capability.PUBLISH_PHOTO);
            }
        }
        return granted;
    }

    @Override
    public URI authorizationUri(AuthorizationRequest request) {
        Map<String, String> query = Forms.of(
                "client_id", app.id(),
                "redirect_uri", app.redirectUri().toString(),
                "response_type", "code",
                "state", request.state());
        if (configurationId.isEmpty()) {
            query.put("scope", String.join(",", request.scopes()));
        } else {
            query.put("config_id", configurationId);
        }
        if (request.freshLogin()) {
            query.put("auth_type", "reauthenticate");
        }
        return InstagramEndpoints.at(app.endpoints().consent(), app.versioned("/dialog/oauth"), query);
    }

    @Override
    public boolean usesPkce() {
        return false;
    }

    @Override
    public Flow<Grant> exchange(String code, @Nullable Secret verifier) {
        // #_=_ is the fragment of the callback address and shows up when a person pastes that address
        String clean = code.endsWith("#_=_") ? code.substring(0, code.length() - 4) : code;
        if (clean.isBlank()) {
            return Flow.finished(new Outcome.NotSent<>("the callback brought no authorization code"));
        }
        HttpCall call = tokenCall(
                Operations.FACEBOOK_TOKEN,
                CallClass.CODE,
                Forms.of(
                        "client_id", app.id(),
                        "redirect_uri", app.redirectUri().toString(),
                        "client_secret", app.secret().reveal(),
                        "code", clean));
        return Flow.call(call, result -> answers.read(Operations.FACEBOOK_TOKEN, result, FacebookOAuth::grant))
                .then(this::longLived);
    }

    /** Meta documents both exchanges as GET with the secrets in the query. */
    private HttpCall tokenCall(String operation, CallClass callClass, Map<String, String> query) {
        return HttpCall.of(
                operation,
                callClass,
                "GET",
                InstagramEndpoints.at(app.endpoints().codeExchange(), app.versioned("/oauth/access_token"), query));
    }

    private Flow<Grant> longLived(Grant first) {
        HttpCall call = tokenCall(
                Operations.FACEBOOK_LONG_LIVED_TOKEN,
                CallClass.SPEND,
                Forms.of(
                        "grant_type", "fb_exchange_token",
                        "client_id", app.id(),
                        "client_secret", app.secret().reveal(),
                        "fb_exchange_token", first.tokens().access().reveal()));
        return Flow.call(
                        call,
                        result -> answers.read(Operations.FACEBOOK_LONG_LIVED_TOKEN, result, FacebookOAuth::grant))
                .then(this::withPermissions);
    }

    /** No token answer names what was granted, so it is asked for. */
    private Flow<Grant> withPermissions(Grant grant) {
        return Flow.call(
                app.read(
                        Operations.PERMISSIONS,
                        "/me/permissions",
                        Map.of("limit", "200"),
                        grant.tokens().access()),
                result -> answers.read(Operations.PERMISSIONS, result, FacebookOAuth::permissions)
                        .map(granted -> new Grant(grant.tokens(), null, null, granted, null, grant.tokenType())));
    }

    private static Optional<Set<String>> permissions(JsonNode root) {
        if (!root.path("data").isArray()) {
            return Optional.empty();
        }
        Set<String> granted = new TreeSet<>();
        root.path("data").forEach(entry -> {
            if (Fields.text(entry, "status").equals(GRANTED)) {
                granted.add(Fields.text(entry, "permission"));
            }
        });
        return Optional.of(granted);
    }

    @Override
    public Flow<Grant> renew(TokenPair tokens) {
        return Flow.finished(
                new Outcome.NotSent<>("Facebook Login has no renewal; a Page token works until it is ended"));
    }

    @Override
    public Flow<Grant> resume(String operation, HttpResult.Answered answer) {
        if (operation.equals(Operations.FACEBOOK_TOKEN)) {
            return Flow.finished(answers.read(operation, answer, FacebookOAuth::grant))
                    .then(this::longLived);
        }
        return Flow.finished(new Outcome.Unclear<>("no answer of " + operation + " can be taken up again", null));
    }

    @Override
    public Optional<Grant> issued(String operation, HttpResult.Answered answer) {
        return operation.equals(Operations.FACEBOOK_TOKEN)
                ? answers.read(operation, answer, FacebookOAuth::grant).result()
                : Optional.empty();
    }

    @Override
    public RenewalModel renewal() {
        return new RenewalModel.Lasting();
    }

    private static Optional<Grant> grant(JsonNode answer) {
        String type = answer.has("token_type") ? Fields.text(answer, "token_type") : null;
        return Fields.token(answer, "access_token")
                .filter(token -> type == null || type.equalsIgnoreCase("bearer"))
                .map(token -> new Grant(new TokenPair(token, null), null, null, null, null, type));
    }
}
