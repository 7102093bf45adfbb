package io.linkspan.fake;

import io.linkspan.Platform;
import io.linkspan.connection.Capability;
import io.linkspan.preflight.Destination;
import io.linkspan.spi.AccountAdapter;
import io.linkspan.spi.AccountIdentity;
import io.linkspan.spi.Actor;
import io.linkspan.spi.AuthorizationRequest;
import io.linkspan.spi.CallClass;
import io.linkspan.spi.CapabilityFinding;
import io.linkspan.spi.CauseClass;
import io.linkspan.spi.CommitResult;
import io.linkspan.spi.ErrorMeaning;
import io.linkspan.spi.Flow;
import io.linkspan.spi.Grant;
import io.linkspan.spi.Handle;
import io.linkspan.spi.HandleStatus;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.MediaPart;
import io.linkspan.spi.OAuthAdapter;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PlatformAdapter;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.PlatformEvent;
import io.linkspan.spi.PrepareStep;
import io.linkspan.spi.Problem;
import io.linkspan.spi.ProfileAdapter;
import io.linkspan.spi.PublishAdapter;
import io.linkspan.spi.PublishAttempt;
import io.linkspan.spi.PublishContent;
import io.linkspan.spi.PublishedPost;
import io.linkspan.spi.RenewalModel;
import io.linkspan.spi.RevocationAdapter;
import io.linkspan.spi.Secret;
import io.linkspan.spi.SignedMessage;
import io.linkspan.spi.TokenEffect;
import io.linkspan.spi.TokenPair;
import io.linkspan.spi.WebhookAdapter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Speaks to {@link FakePlatform}: containers that are committed by id, and rotating tokens of two hours. */
public final class FakeAdapter
        implements PlatformAdapter, OAuthAdapter, AccountAdapter, RevocationAdapter, PublishAdapter {
    /** Its name. */
    public static final Platform PLATFORM = Platform.of("fake");

    private final boolean revokes;
    private final String app;
    private volatile String listed = "";
    private PublishAdapter publishing = this;

    /**
     * An adapter.
     *
     * @param revokes whether the platform offers a call that ends the grant
     */
    public FakeAdapter(boolean revokes) {
        this(revokes, "app");
    }

    /**
     * An adapter of an app.
     *
     * @param revokes whether the platform offers a call that ends the grant
     * @param app the app registration
     */
    public FakeAdapter(boolean revokes, String app) {
        this.revokes = revokes;
        this.app = app;
    }

    /**
     * An adapter that publishes another way.
     *
     * @param revokes whether the platform offers a call that ends the grant
     * @param posting how it publishes, over the way of this one
     */
    public FakeAdapter(boolean revokes, UnaryOperator<PublishAdapter> posting) {
        this(revokes, "app");
        this.publishing = posting.apply(this);
    }

    private static HttpCall call(String operation, CallClass kind, String argument) {
        return HttpCall.of("fake." + operation, kind, "POST", URI.create("http://fake/" + operation + "/" + argument));
    }

    static <T> Flow<T> ask(String operation, CallClass kind, String argument, Function<String, Outcome<T>> read) {
        return Flow.call(call(operation, kind, argument), result -> read(operation, result, read));
    }

    private static <T> Outcome<T> read(String operation, HttpResult result, Function<String, Outcome<T>> read) {
        if (result instanceof HttpResult.NotSent notSent) {
            return new Outcome.NotSent<>(notSent.why());
        }
        if (!(result instanceof HttpResult.Answered answer)) {
            return new Outcome.Unclear<>("lost", null);
        }
        return answer.status() == 200
                ? read.apply(answer.text())
                : new Outcome.Refused<>(error(operation, answer.text()));
    }

    static PlatformError error(String operation, String code) {
        boolean token = code.equals("dead") || code.equals("invalid_grant");
        ErrorMeaning meaning = new ErrorMeaning(
                token ? CauseClass.AUTHORIZATION : causeClass(code),
                code,
                Actor.PERSON,
                "Do something.",
                code.equals("dead") ? TokenEffect.RENEW : token ? TokenEffect.DEAD : TokenEffect.NONE,
                !token && !code.equals("bad"));
        return new PlatformError("fake." + operation, 400, code, code, "trace-" + operation, meaning, true);
    }

    private static CauseClass causeClass(String code) {
        if (code.startsWith("limit") || code.equals("quota")) {
            return CauseClass.QUOTA;
        }
        return code.equals("bad") ? CauseClass.CONTENT : CauseClass.TRANSIENT;
    }

    private static Grant grant(String text) {
        String[] parts = text.split(",", -1);
        boolean none = parts.length > 4 && parts[4].equals("none");
        TokenPair pair = new TokenPair(Secret.of("access-" + parts[0]), none ? null : Secret.of(parts[0]));
        Duration life = parts[1].isEmpty() ? null : Duration.ofSeconds(Long.parseLong(parts[1]));
        return new Grant(pair, life, Duration.ofSeconds(Long.parseLong(parts[2])), Set.of("all"), parts[3]);
    }

    @Override
    public Platform platform() {
        return PLATFORM;
    }

    @Override
    public String registration() {
        return app;
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
    public PublishAdapter publishing() {
        return publishing;
    }

    @Override
    public WebhookAdapter webhooks() {
        return (request, now) -> request.header("x-fake").isEmpty()
                ? new SignedMessage.Rejected("none")
                : new SignedMessage.Authentic(
                        request.text().lines().map(FakeAdapter::event).toList());
    }

    /** One line is one event: removed, account, second, code; moved or made, account, handle, occurrence; or anything else. */
    private static PlatformEvent event(String line) {
        String[] parts = line.split(" ", -1);
        return switch (parts[0]) {
            case "removed" ->
                new PlatformEvent.AccessRemoved(
                        parts[1], Instant.ofEpochSecond(Long.parseLong(parts[2])), parts[3], true);
            case "moved", "made" ->
                new PlatformEvent.HandleMoved(parts[1], parts[2], parts[0], parts[3], parts[0].equals("made"));
            default -> new PlatformEvent.Other(parts[0]);
        };
    }

    @Override
    public URI redirectUri() {
        return URI.create("http://127.0.0.1/callback");
    }

    @Override
    public Set<String> scopes(Set<Capability> wanted) {
        return Set.of("all");
    }

    @Override
    public Set<Capability> granted(Set<String> scopes) {
        return scopes.contains("all") ? EnumSet.allOf(Capability.class) : EnumSet.noneOf(Capability.class);
    }

    @Override
    public URI authorizationUri(AuthorizationRequest request) {
        return URI.create("http://fake/authorize?state=" + request.state());
    }

    @Override
    public boolean usesPkce() {
        return true;
    }

    @Override
    public Flow<Grant> exchange(String code, Secret verifier) {
        return ask("token", CallClass.CODE, code, text -> Outcome.done(grant(text)));
    }

    @Override
    public Flow<Grant> renew(TokenPair tokens) {
        return ask("refresh", CallClass.SPEND, tokens.refresh().reveal(), text -> Outcome.done(grant(text)));
    }

    @Override
    public Flow<Grant> resume(String operation, HttpResult.Answered answer) {
        return Flow.finished(read(operation, answer, text -> Outcome.done(grant(text))));
    }

    @Override
    public RenewalModel renewal() {
        return new RenewalModel.Rotation(Duration.ofMinutes(15));
    }

    @Override
    public Flow<AccountIdentity> identify(Secret accessToken, Set<String> scopes) {
        return ask(
                "me",
                CallClass.READ,
                accessToken.reveal(),
                text -> Outcome.done(new AccountIdentity(text, Set.of(), "demo", "Demo", Map.of())));
    }

    @Override
    public Flow<List<CapabilityFinding>> probe(Secret accessToken, AccountIdentity account, Set<String> scopes) {
        return Flow.of(List.of(new CapabilityFinding(Capability.PUBLISH_VIDEO, "fake.probe", "ok", "", null)));
    }

    @Override
    public ProfileAdapter profiles() {
        return new FakeProfiles();
    }

    @Override
    public Optional<Flow<RevocationAdapter.Revoked>> revoke(TokenPair tokens) {
        return revokes
                ? Optional.of(ask(
                        "revoke",
                        CallClass.REVOKE,
                        tokens.access().reveal(),
                        text -> Outcome.done(new RevocationAdapter.Revoked())))
                : Optional.empty();
    }

    @Override
    public boolean needsLiveToken() {
        return true;
    }

    @Override
    public String removeAppGuidance() {
        return "Remove the app.";
    }

    @Override
    public String removeProfileLinkGuidance() {
        return "Remove the link.";
    }

    @Override
    public Capability capability(PublishContent content) {
        return Capability.PUBLISH_VIDEO;
    }

    @Override
    public Destination destination(PublishContent content, MediaPart part) {
        return Destination.INSTAGRAM_REEL;
    }

    @Override
    public boolean pulls(PublishContent content, MediaPart part) {
        return false;
    }

    @Override
    public List<Problem> problems(PublishContent content) {
        return List.of();
    }

    @Override
    public Flow<PrepareStep> prepare(PublishAttempt attempt) {
        Handle handle = attempt.handle();
        if (handle == null) {
            return ask(
                    "create",
                    CallClass.PREPARE,
                    "new",
                    text -> Outcome.done(
                            new PrepareStep.Advanced(new Handle(text, Map.of(), Secret.of("signed-" + text)))));
        }
        return ask(
                "status",
                CallClass.READ,
                handle.id(),
                text -> Outcome.done(
                        text.equals("EXPIRED")
                                ? new PrepareStep.Dead(handle, error("status", text))
                                : new PrepareStep.Ready(handle)));
    }

    @Override
    public Flow<CommitResult> commit(PublishAttempt attempt) {
        return ask(
                "commit",
                CallClass.COMMIT,
                attempt.requireHandle().id(),
                text -> Outcome.done(new CommitResult.Published(text)));
    }

    @Override
    public Flow<HandleStatus> status(PublishAttempt attempt) {
        return ask(
                "status",
                CallClass.READ,
                attempt.requireHandle().id(),
                text -> Outcome.done(
                        switch (text) {
                            case "PUBLISHED" -> new HandleStatus.Published("", text);
                            case "EXPIRED" -> new HandleStatus.Dead(error("status", text));
                            default -> new HandleStatus.NotPublished(text);
                        }));
    }

    /** The one post that a search finds. */
    public void lists(String postId) {
        this.listed = postId;
    }

    @Override
    public Flow<PublishedPost> locate(PublishAttempt attempt, String postId) {
        return Flow.of(new PublishedPost(postId.isEmpty() ? listed : postId, URI.create("https://fake/post")));
    }
}
