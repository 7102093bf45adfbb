package io.linkspan.tiktok;

import io.linkspan.connection.Capability;
import io.linkspan.connection.Login;
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
import io.linkspan.spi.PlatformError;
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

/**
 * Login Kit: consent page, code exchange and refresh. Lifetimes are taken from each answer; the documents named 24 hours
 * and 365 days until November 2026, 2 hours and 180 days since.
 *
 * <p>Source: {@code developers.tiktok.com/docs/en/oauth-refresh-a-user-access-token} (2026-11-02) and
 * {@code developers.tiktok.com/docs/en/login-kit-web}, read 2026-11-20.
 */
final class TikTokOAuth implements OAuthAdapter {
    private static final RenewalModel RENEWAL = new RenewalModel.Rotation(Duration.ofMinutes(15));
    /** Longer lives are taken as not told; no token lives ten years. */
    private static final long MAX_LIFE_SECONDS = Duration.ofDays(3650).toSeconds();

    private final TikTokConfig config;
    private final Answers answers;
    private final Login.Kind kind;
    private final URI redirectUri;
    private final boolean pkce;

    private TikTokOAuth(TikTokConfig config, Answers answers, Login.Kind kind, URI redirectUri, boolean pkce) {
        this.config = config;
        this.answers = answers;
        this.kind = kind;
        this.redirectUri = redirectUri;
        this.pkce = pkce;
    }

    static TikTokOAuth web(TikTokConfig config, Answers answers) {
        return new TikTokOAuth(config, answers, Login.Kind.WEB, config.redirectUri(), config.webPkce());
    }

    /** Desktop and mobile apps must use PKCE; the SDK does it for mobile ones. */
    @Override
    public OAuthAdapter via(Login login) {
        return switch (login.kind()) {
            case WEB -> web(config, answers);
            case DESKTOP -> new TikTokOAuth(config, answers, login.kind(), desktop(login), true);
            case MOBILE -> new TikTokOAuth(config, answers, login.kind(), mobile(), true);
        };
    }

    private URI desktop(Login login) {
        String registered = config.desktopRedirect();
        if (registered == null) {
            throw new IllegalArgumentException(
                    "this TikTok adapter has no desktop login; build it with desktopRedirect(...)");
        }
        URI asked = login.redirectUri().orElseThrow();
        if (!DesktopRedirect.fits(registered, asked)) {
            throw new IllegalArgumentException("the redirect address of the desktop program must fit the registered "
                    + registered + ", was " + asked);
        }
        return asked;
    }

    private URI mobile() {
        URI registered = config.mobileRedirect();
        if (registered == null) {
            throw new IllegalArgumentException(
                    "this TikTok adapter has no mobile login; build it with mobileRedirect(...)");
        }
        return registered;
    }

    @Override
    public URI redirectUri() {
        return redirectUri;
    }

    @Override
    public Set<String> scopes(Set<Capability> wanted) {
        return Scopes.of(Objects.requireNonNull(wanted, "wanted"), config.displayApi());
    }

    @Override
    public Set<Capability> granted(Set<String> scopes) {
        return Scopes.allow(Objects.requireNonNull(scopes, "scopes"));
    }

    @Override
    public boolean usesPkce() {
        return pkce;
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
        query.put("redirect_uri", redirectUri.toString());
        query.put("state", request.state());
        if (kind == Login.Kind.WEB) {
            // without 1 a signed-in browser may bounce back with the same account at once; not documented for desktop
            query.put("disable_auto_auth", request.freshLogin() ? "1" : "0");
        }
        if (pkce) {
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
        form.put("redirect_uri", redirectUri.toString());
        if (pkce) {
            form.put("code_verifier", verifier(verifier).reveal());
        }
        return Flow.call(tokenCall(Operations.TOKEN, CallClass.CODE, form), result -> bearer(result));
    }

    /** A first answer must name its type; a renewed one may leave it out, because the old pair may be dead already. */
    private Outcome<Grant> bearer(HttpResult result) {
        return answers.oauth(Operations.TOKEN, result, body -> read(body).filter(grant -> grant.tokenType() != null));
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
        return Flow.finished(operation.equals(Operations.TOKEN) ? bearer(answer) : grant(operation, answer));
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
        JsonNode type = answer.path("token_type");
        return Optional.of(new Grant(
                new TokenPair(Secret.of(access), Secret.of(refresh)),
                life(Json.number(answer, "expires_in")),
                life(Json.number(answer, "refresh_expires_in")),
                scope.isBlank() ? null : Scopes.parse(scope),
                openId.isBlank() ? null : openId,
                type.isMissingNode() ? null : Json.scalar(type)));
    }

    private static @Nullable Duration life(OptionalLong seconds) {
        boolean told = seconds.isPresent() && seconds.getAsLong() > 0 && seconds.getAsLong() <= MAX_LIFE_SECONDS;
        return told ? Duration.ofSeconds(seconds.getAsLong()) : null;
    }

    private static Secret verifier(@Nullable Secret verifier) {
        if (verifier == null) {
            throw new IllegalArgumentException("PKCE is used here, so a verifier is needed");
        }
        return verifier;
    }

    @Override
    public Optional<PlatformError> callbackError(String code, String description) {
        return Optional.of(answers.catalogue().error(Operations.TOKEN, 0, code, description, null));
    }
}
