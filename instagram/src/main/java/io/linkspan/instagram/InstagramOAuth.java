package io.linkspan.instagram;

import io.linkspan.connection.Capability;
import io.linkspan.json.databind.JsonNode;
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
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Consent, code exchange and extension under Instagram Login.
 *
 * <p>A code buys a token of one hour, which buys one of 60 days, which is extended while it lives and is at least 24 hours
 * old. There is no refresh token and no PKCE.
 *
 * @see <a href="https://developers.facebook.com/documentation/instagram-platform/instagram-api-with-instagram-login/business-login">
 *     Business Login for Instagram</a> (page of 2026-03-13, read 2026-11-21)
 */
final class InstagramOAuth implements OAuthAdapter {
    /** Identity, media reads and extension. */
    static final String BASIC = "instagram_business_basic";
    /** Publishing. */
    static final String CONTENT_PUBLISH = "instagram_business_content_publish";

    /** Life of a long-lived token; the same page, and what is taken when an answer names no life or a silly one. */
    private static final Duration LONG_LIFE = Duration.ofDays(60);

    private static final Duration LONGEST_BELIEVED = Duration.ofDays(400);

    private final InstagramApp app;
    private final Answers answers;

    InstagramOAuth(InstagramApp app, Answers answers) {
        this.app = app;
        this.answers = answers;
    }

    /** What the code exchange answered: the only answer that surely names permissions and account. */
    private record ShortLived(
            Secret token,
            @Nullable Set<String> permissions,
            @Nullable String accountId) {}

    @Override
    public URI redirectUri() {
        return app.redirectUri();
    }

    @Override
    public Set<String> scopes(Set<Capability> wanted) {
        Set<String> scopes = new TreeSet<>(Set.of(BASIC));
        if (wanted.contains(Capability.PUBLISH_VIDEO) || wanted.contains(Capability.PUBLISH_PHOTO)) {
            scopes.add(CONTENT_PUBLISH);
        }
        return scopes;
    }

    @Override
    public Set<Capability> granted(Set<String> scopes) {
        EnumSet<Capability> granted = EnumSet.noneOf(Capability.class);
        if (scopes.contains(BASIC)) {
            granted.add(Capability.READ_PROFILE);
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
                "scope", String.join(",", request.scopes()),
                "state", request.state());
        if (request.freshLogin()) {
            query.put("enable_fb_login", "false");
            query.put("force_reauth", "true");
        }
        return InstagramEndpoints.at(app.endpoints().consent(), "/oauth/authorize", query);
    }

    @Override
    public boolean usesPkce() {
        return false;
    }

    @Override
    public Flow<Grant> exchange(String code, @Nullable Secret verifier) {
        // #_ is the fragment of the callback address and shows up when a person pastes that address
        String clean = code.endsWith("#_") ? code.substring(0, code.length() - 2) : code;
        if (clean.isBlank()) {
            return Flow.finished(new Outcome.NotSent<>("the callback brought no authorization code"));
        }
        HttpCall call = HttpCall.of(
                        Operations.TOKEN,
                        CallClass.CODE,
                        "POST",
                        InstagramEndpoints.at(app.endpoints().codeExchange(), "/oauth/access_token"))
                .body(new HttpBody.Form(Forms.of(
                        "client_id", app.id(),
                        "client_secret", app.secret().reveal(),
                        "grant_type", "authorization_code",
                        "redirect_uri", app.redirectUri().toString(),
                        "code", clean)));
        return Flow.call(call, this::shortLived).then(this::longLived);
    }

    /**
     * Buys the long-lived token. The call spends nothing, since the short-lived token stays good for its hour, but its
     * answer holds the only copy of the new one: class SPEND has it sent once, on a fresh connection, and the answer kept
     * before it is read. When it is lost, {@link #resume} goes on from the answer of the code exchange.
     */
    private Flow<Grant> longLived(ShortLived first) {
        return Flow.call(
                        oauthGet(
                                Operations.LONG_LIVED_TOKEN,
                                "/access_token",
                                Forms.of(
                                        "grant_type", "ig_exchange_token",
                                        "client_secret", app.secret().reveal(),
                                        "access_token", first.token().reveal())),
                        result -> answers.read(Operations.LONG_LIVED_TOKEN, result, InstagramOAuth::grant))
                .then(grant -> Flow.of(new Grant(
                        grant.tokens(),
                        grant.accessLife(),
                        null,
                        first.permissions(),
                        first.accountId(),
                        grant.tokenType())));
    }

    @Override
    public Flow<Grant> renew(TokenPair tokens) {
        HttpCall call = oauthGet(
                Operations.REFRESH,
                "/refresh_access_token",
                Forms.of(
                        "grant_type",
                        "ig_refresh_token",
                        "access_token",
                        tokens.access().reveal()));
        return Flow.call(call, result -> answers.read(Operations.REFRESH, result, InstagramOAuth::grant));
    }

    @Override
    public Flow<Grant> resume(String operation, HttpResult.Answered answer) {
        if (operation.equals(Operations.TOKEN)) {
            return Flow.finished(shortLived(answer)).then(this::longLived);
        }
        if (operation.equals(Operations.LONG_LIVED_TOKEN) || operation.equals(Operations.REFRESH)) {
            return Flow.finished(answers.read(operation, answer, InstagramOAuth::grant));
        }
        return Flow.finished(new Outcome.Unclear<>("no answer of " + operation + " can be taken up again", null));
    }

    @Override
    public RenewalModel renewal() {
        return new RenewalModel.Extension(Duration.ofHours(24), Duration.ofDays(30));
    }

    /** Instagram documents these two as GET with the token in the query. */
    private HttpCall oauthGet(String operation, String path, Map<String, String> query) {
        return HttpCall.of(
                operation,
                CallClass.SPEND,
                "GET",
                InstagramEndpoints.at(app.endpoints().graph(), path, query));
    }

    private Outcome<ShortLived> shortLived(HttpResult result) {
        return answers.read(Operations.TOKEN, result, root -> {
            JsonNode answer = Fields.unwrapped(root);
            return Fields.token(answer, "access_token")
                    .map(token -> new ShortLived(
                            token,
                            Fields.permissions(answer),
                            Fields.id(answer, "user_id").orElse(null)));
        });
    }

    private static Optional<Grant> grant(JsonNode root) {
        JsonNode answer = Fields.unwrapped(root);
        Duration life = Fields.number(answer, "expires_in")
                .filter(seconds -> seconds > 0 && seconds <= LONGEST_BELIEVED.toSeconds())
                .map(Duration::ofSeconds)
                .orElse(LONG_LIFE);
        Set<String> permissions = Fields.permissions(answer);
        // seen, not documented: an empty list here says nothing, and must not wipe what is known
        Set<String> told = permissions == null || permissions.isEmpty() ? null : permissions;
        return Fields.token(answer, "access_token")
                .map(token -> new Grant(new TokenPair(token, null), life, null, told, null, type(answer)));
    }

    /** The code exchange names no type, the other two do. */
    private static @Nullable String type(JsonNode answer) {
        return answer.has("token_type") ? Fields.text(answer, "token_type") : null;
    }
}
