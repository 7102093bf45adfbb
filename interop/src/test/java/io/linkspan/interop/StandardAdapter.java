package io.linkspan.interop;

import io.linkspan.Platform;
import io.linkspan.connection.Capability;
import io.linkspan.json.core.JacksonException;
import io.linkspan.json.databind.JsonNode;
import io.linkspan.json.databind.json.JsonMapper;
import io.linkspan.spi.AccountAdapter;
import io.linkspan.spi.AccountIdentity;
import io.linkspan.spi.Actor;
import io.linkspan.spi.AuthorizationRequest;
import io.linkspan.spi.CallClass;
import io.linkspan.spi.CapabilityFinding;
import io.linkspan.spi.CauseClass;
import io.linkspan.spi.ErrorMeaning;
import io.linkspan.spi.Flow;
import io.linkspan.spi.Grant;
import io.linkspan.spi.HttpBody;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.OAuthAdapter;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PlatformAdapter;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.ProfileAdapter;
import io.linkspan.spi.PublishAdapter;
import io.linkspan.spi.RenewalModel;
import io.linkspan.spi.RevocationAdapter;
import io.linkspan.spi.Secret;
import io.linkspan.spi.TokenEffect;
import io.linkspan.spi.TokenPair;
import io.linkspan.spi.WebhookAdapter;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The standards as written, by nothing but the SPI: RFC 6749, 7636 (S256 as base64url), 9207, 7009, and OpenID's user info. */
final class StandardAdapter implements PlatformAdapter, OAuthAdapter, AccountAdapter, RevocationAdapter {
    static final Platform PLATFORM = Platform.of("standard");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Profile profile;

    StandardAdapter(Profile profile) {
        this.profile = profile;
    }

    /**
     * An authorization server and the app there.
     *
     * @param issuer value of {@code iss}; empty when the server sends none
     */
    record Profile(
            URI authorize,
            URI token,
            URI userInfo,
            URI revoke,
            String issuer,
            String clientId,
            String clientSecret,
            String redirectUri) {
        Profile withRedirect(String other) {
            return new Profile(authorize, token, userInfo, revoke, issuer, clientId, clientSecret, other);
        }

        Profile withClient(String id) {
            return new Profile(authorize, token, userInfo, revoke, issuer, id, clientSecret, redirectUri);
        }
    }

    @Override
    public Platform platform() {
        return PLATFORM;
    }

    @Override
    public String registration() {
        return profile.clientId();
    }

    @Override
    public URI redirectUri() {
        return URI.create(profile.redirectUri());
    }

    @Override
    public Set<String> scopes(Set<Capability> wanted) {
        return Set.of("openid");
    }

    @Override
    public Set<Capability> granted(Set<String> scopes) {
        return scopes.contains("openid") ? EnumSet.of(Capability.READ_PROFILE) : EnumSet.noneOf(Capability.class);
    }

    @Override
    public Optional<String> issuer() {
        return Optional.of(profile.issuer()).filter(text -> !text.isEmpty());
    }

    @Override
    public URI authorizationUri(AuthorizationRequest request) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("response_type", "code");
        query.put("client_id", profile.clientId());
        query.put("redirect_uri", profile.redirectUri());
        query.put("scope", String.join(" ", request.scopes()));
        query.put("state", request.state());
        query.put("code_challenge", challenge(request.verifier()));
        query.put("code_challenge_method", "S256");
        String text = query.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return URI.create(profile.authorize() + "?" + text);
    }

    private static String challenge(@Nullable Secret verifier) {
        try {
            byte[] text = verifier == null ? new byte[0] : verifier.reveal().getBytes(StandardCharsets.US_ASCII);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean usesPkce() {
        return true;
    }

    @Override
    public Flow<Grant> exchange(String code, @Nullable Secret verifier) {
        return ask(
                "standard.token",
                CallClass.CODE,
                profile.token(),
                Map.of(
                        "grant_type",
                        "authorization_code",
                        "code",
                        code,
                        "redirect_uri",
                        profile.redirectUri(),
                        "code_verifier",
                        verifier == null ? "" : verifier.reveal()));
    }

    @Override
    public Flow<Grant> renew(TokenPair tokens) {
        Secret refresh = tokens.refresh();
        return ask(
                "standard.refresh",
                CallClass.SPEND,
                profile.token(),
                Map.of("grant_type", "refresh_token", "refresh_token", refresh == null ? "" : refresh.reveal()));
    }

    private Flow<Grant> ask(String operation, CallClass kind, URI where, Map<String, String> fields) {
        return Flow.call(
                form(operation, kind, where, fields), result -> read(operation, result, StandardAdapter::grant));
    }

    private HttpCall form(String operation, CallClass kind, URI where, Map<String, String> fields) {
        Map<String, String> form = new LinkedHashMap<>(fields);
        form.put("client_id", profile.clientId());
        form.put("client_secret", profile.clientSecret());
        return HttpCall.of(operation, kind, "POST", where).body(new HttpBody.Form(form));
    }

    @Override
    public Flow<Grant> resume(String operation, HttpResult.Answered answer) {
        return Flow.finished(read(operation, answer, StandardAdapter::grant));
    }

    @Override
    public RenewalModel renewal() {
        return new RenewalModel.Rotation(Duration.ofMinutes(1));
    }

    private static Optional<Grant> grant(JsonNode answer) {
        String access = answer.path("access_token").asString("");
        String refresh = answer.path("refresh_token").asString("");
        String scope = answer.path("scope").asString("");
        if (access.isBlank() || answer.path("token_type").isMissingNode()) {
            return Optional.empty();
        }
        return Optional.of(new Grant(
                new TokenPair(Secret.of(access), refresh.isBlank() ? null : Secret.of(refresh)),
                Duration.ofSeconds(answer.path("expires_in").asLong(0)),
                null,
                scope.isBlank() ? null : Set.of(scope.split(" ", -1)),
                null,
                answer.path("token_type").asString("")));
    }

    @Override
    public Flow<AccountIdentity> identify(Secret accessToken, Set<String> scopes) {
        HttpCall call = HttpCall.of("standard.user_info", CallClass.READ, "GET", profile.userInfo())
                .header("Accept", "application/json")
                .bearer(accessToken);
        return Flow.call(
                call,
                result -> read("standard.user_info", result, user -> {
                    String sub = user.path("sub").asString("");
                    return sub.isBlank()
                            ? Optional.empty()
                            : Optional.of(new AccountIdentity(sub, Set.of(), sub, "", Map.of()));
                }));
    }

    @Override
    public Flow<List<CapabilityFinding>> probe(Secret accessToken, AccountIdentity account, Set<String> scopes) {
        return Flow.of(List.of());
    }

    @Override
    public Optional<Flow<Revoked>> revoke(TokenPair tokens) {
        Secret token = tokens.refresh() == null ? tokens.access() : tokens.refresh();
        HttpCall call = form("standard.revoke", CallClass.REVOKE, profile.revoke(), Map.of("token", token.reveal()));
        return Optional.of(Flow.call(
                call,
                result -> result instanceof HttpResult.Answered answer && answer.status() == 200
                        ? Outcome.done(new Revoked())
                        : read("standard.revoke", result, body -> Optional.empty())));
    }

    @Override
    public boolean needsLiveToken() {
        return false;
    }

    private static <T> Outcome<T> read(String operation, HttpResult result, Function<JsonNode, Optional<T>> success) {
        if (result instanceof HttpResult.NotSent notSent) {
            return new Outcome.NotSent<>(notSent.why());
        }
        if (!(result instanceof HttpResult.Answered answer)) {
            return new Outcome.Unclear<>("lost", null);
        }
        JsonNode body = json(answer);
        String error = body.path("error").asString("");
        if (answer.status() == 401 || (answer.status() == 400 && !error.isEmpty())) {
            return new Outcome.Refused<>(error(operation, answer.status(), error));
        }
        return answer.status() == 200
                ? success.apply(body)
                        .map(Outcome::done)
                        .orElseGet(() -> new Outcome.Unclear<>("without the fields of a success", null))
                : new Outcome.Unclear<>("HTTP " + answer.status(), null);
    }

    private static JsonNode json(HttpResult.Answered answer) {
        try {
            JsonNode node = JSON.readTree(answer.bytes());
            return node == null ? JSON.createObjectNode() : node;
        } catch (JacksonException e) {
            return JSON.createObjectNode();
        }
    }

    private static PlatformError error(String operation, int status, String code) {
        TokenEffect effect = switch (operation) {
            case "standard.user_info" -> TokenEffect.RENEW;
            case "standard.refresh" -> code.equals("invalid_grant") ? TokenEffect.DEAD : TokenEffect.NONE;
            default -> TokenEffect.NONE;
        };
        ErrorMeaning meaning = new ErrorMeaning(
                code.equals("invalid_client") ? CauseClass.CONFIGURATION : CauseClass.AUTHORIZATION,
                "the server refused",
                Actor.PERSON,
                "Start again.",
                effect,
                false);
        return new PlatformError(operation, status, code, code, null, meaning, true);
    }

    @Override
    public String removeAppGuidance() {
        return "Remove the app at the server.";
    }

    @Override
    public String removeProfileLinkGuidance() {
        return "There is none.";
    }

    @Override
    public OAuthAdapter oauth() {
        return this;
    }

    @Override
    public AccountAdapter accounts() {
        return this;
    }

    @Override
    public RevocationAdapter revocation() {
        return this;
    }

    @Override
    public ProfileAdapter profiles() {
        throw new UnsupportedOperationException("no profiles are looked at here");
    }

    @Override
    public PublishAdapter publishing() {
        throw new UnsupportedOperationException("nothing is published here");
    }

    @Override
    public WebhookAdapter webhooks() {
        throw new UnsupportedOperationException("no messages come here");
    }
}
