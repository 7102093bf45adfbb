package io.linkspan.internal.connection;

import io.linkspan.Owner;
import io.linkspan.Platform;
import io.linkspan.connection.ConnectCallback;
import io.linkspan.connection.ConnectOutcome;
import io.linkspan.connection.ConnectOutcome.Reason;
import io.linkspan.connection.ConnectRedirect;
import io.linkspan.connection.ConnectRequest;
import io.linkspan.connection.HandOver;
import io.linkspan.connection.HandOverTicket;
import io.linkspan.connection.HistoryEntry;
import io.linkspan.connection.Login;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.connection.PendingConnects.Pending;
import io.linkspan.internal.explain.PlainWords;
import io.linkspan.internal.wire.PendingDoc;
import io.linkspan.internal.wire.PendingDoc.Stage;
import io.linkspan.spi.Actor;
import io.linkspan.spi.AuthorizationRequest;
import io.linkspan.spi.Cause;
import io.linkspan.spi.CauseClass;
import io.linkspan.spi.OAuthAdapter;
import io.linkspan.spi.PlatformAdapter;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.Secret;
import io.linkspan.spi.StoredRecord;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From a wish to connect to a code that may be spent: state, expiry, browser binding, context and issuer are checked and the
 * state is used up before the code is spent.
 */
public final class Connector {
    private static final int MOST_CODE_CHARACTERS = 8 * 1024;

    private final Kernel kernel;
    private final PendingConnects pendings;
    private final CodeExchange exchange;
    private final TokenImport importer;
    private final UnstoredAnswers unstored;
    private final HelpDesk help;

    /** Over its parts. */
    public Connector(Kernel kernel, ConnectionRepository repository, Admission admission, UnwantedGrants unwanted) {
        this.kernel = kernel;
        this.pendings = new PendingConnects(kernel, repository);
        this.help = new HelpDesk(kernel, pendings);
        this.exchange = new CodeExchange(kernel, pendings, admission, unwanted, repository.unstored(), help);
        this.importer = new TokenImport(kernel, pendings, exchange, admission);
        this.unstored = repository.unstored();
    }

    /** Starts a connect in a browser. */
    public ConnectRedirect begin(ConnectRequest request) {
        if (request.login().kind() == Login.Kind.MOBILE) {
            throw new IllegalArgumentException(
                    "a mobile app signs in with the platform's SDK, not at an address: use expectHandOver(...)");
        }
        PlatformAdapter adapter = kernel.adapter(request.platform());
        OAuthAdapter oauth = adapter.oauth().via(request.login());
        unstored.retry();
        String id = kernel.newId();
        String state = random();
        Secret verifier = oauth.usesPkce() ? Secret.of(random()) : null;
        Set<String> scopes = oauth.scopes(request.intent().capabilities());
        boolean fresh = request.freshLogin() || help.wantsFreshLogin(request.owner(), request.platform());
        URI address = oauth.authorizationUri(new AuthorizationRequest(state, scopes, verifier, fresh));
        Instant until = keep(request, adapter, id, state, scopes, verifier);
        return new ConnectRedirect(id, address, until);
    }

    /** Starts a connect in a mobile app. */
    public HandOverTicket expect(ConnectRequest request) {
        if (request.login().kind() != Login.Kind.MOBILE) {
            throw new IllegalArgumentException(
                    "only a mobile app hands over a code: use via(Login.mobile()), or" + " connect(...) for a browser");
        }
        PlatformAdapter adapter = kernel.adapter(request.platform());
        OAuthAdapter oauth = adapter.oauth().via(request.login());
        String id = kernel.newId();
        String ticket = random();
        Set<String> scopes = oauth.scopes(request.intent().capabilities());
        Instant until = keep(request, adapter, id, ticket, scopes, null);
        return new HandOverTicket(id, Secret.of(ticket), adapter.registration(), scopes, oauth.redirectUri(), until);
    }

    /** 256 random bits. */
    private String random() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(kernel.randomBytes(32));
    }

    private Instant keep(
            ConnectRequest request,
            PlatformAdapter adapter,
            String id,
            String state,
            Set<String> scopes,
            @Nullable Secret verifier) {
        Owner owner = request.owner();
        Instant now = kernel.now();
        Instant until = now.plus(kernel.settings().consentLife());
        String sealed = verifier == null
                ? null
                : pendings.seal(
                        owner, id, adapter, "verifier", verifier.reveal().getBytes(StandardCharsets.UTF_8));
        Login login = request.login();
        pendings.insert(
                owner,
                id,
                state,
                new PendingDoc(
                        1,
                        Stage.OPEN,
                        adapter.platform().name(),
                        adapter.registration(),
                        request.intent(),
                        scopes,
                        Kernel.sha256(request.browserSecret()),
                        sealed,
                        request.expectedAccount().orElse(null),
                        now,
                        until,
                        null,
                        null,
                        null,
                        login.kind(),
                        login.redirectUri().map(URI::toString).orElse(null),
                        null,
                        null,
                        null,
                        null));
        return until;
    }

    /** Finishes a connect from the callback. */
    public ConnectOutcome complete(ConnectCallback callback) {
        CallbackQuery query;
        try {
            query = CallbackQuery.parse(callback.rawQuery());
        } catch (CallbackQuery.Malformed e) {
            return help.unknown(
                    new ConnectOutcome.Refused(Reason.MALFORMED, String.valueOf(e.getMessage())), callback.platform());
        }
        unstored.retry();
        Optional<Pending> found = pendings.byState(query.get("state").orElseThrow());
        if (found.isEmpty()) {
            return help.unknown(CallbackChecks.unknownState(), callback.platform());
        }
        Pending pending = found.get();
        CallbackChecks checks = CallbackChecks.of(kernel, pending);
        return help.add(
                complete(pending, checks, callback, query),
                pending,
                checks.knows(callback.browserSecret(), callback.owner()));
    }

    private ConnectOutcome complete(
            Pending pending, CallbackChecks checks, ConnectCallback callback, CallbackQuery query) {
        Optional<ConnectOutcome> refusal = checks.refuse(callback, query);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        if (query.get("error").isPresent()) {
            return notAllowed(pending, query);
        }
        return pendings.save(pending, pending.doc().at(Stage.CONSUMED, kernel.now()))
                .map(consumed -> exchange.spend(consumed, query.get("code").orElseThrow(), null))
                .orElseGet(CallbackChecks::stateUsed);
    }

    /** The person said no, or the platform could not ask: a normal end. */
    private ConnectOutcome notAllowed(Pending pending, CallbackQuery query) {
        String code = query.get("error").orElseThrow();
        // anybody can put words into an address, so only what looks like a code is repeated
        String shown = code.matches("[A-Za-z0-9_.-]{1,64}") ? code : "an error without a readable code";
        ConnectOutcome outcome;
        if (code.equals("access_denied")) {
            outcome = new ConnectOutcome.Denied(code);
        } else {
            Optional<PlatformError> meaning = kernel.adapter(
                            Platform.of(pending.doc().platform()))
                    .oauth()
                    .callbackError(shown, query.get("error_description").orElse(""));
            outcome = new ConnectOutcome.Refused(
                    Reason.PLATFORM_REFUSED,
                    pending.doc().platform() + " sent the person back with " + shown + ". "
                            + meaning.map(error -> error.meaning().remedy())
                                    .orElse("Start the connect again; if it stays, compare the app's set-up at the"
                                            + " platform with the configuration.")
                            + " Asked for were the scopes " + pending.doc().scopes() + ".",
                    meaning.map(Cause::of).orElseGet(() -> callbackCause(shown)));
        }
        String action = outcome instanceof ConnectOutcome.Denied ? "connect_denied" : "connect_refused";
        return pendings.end(pending, Stage.FINISHED, action, outcome.describe(), help.failure(pending.doc(), outcome))
                .map(ended -> outcome)
                .orElseGet(CallbackChecks::stateUsed);
    }

    private static Cause callbackCause(String code) {
        return new Cause(
                "callback",
                CauseClass.UNKNOWN,
                code,
                null,
                Actor.OPERATOR,
                "Compare the app's set-up at the platform with the configuration.");
    }

    /** Finishes a connect with what an SDK gave a mobile app. */
    public ConnectOutcome handOver(HandOver handOver) {
        String code = handOver.code().reveal();
        boolean cleanCode =
                code.length() <= MOST_CODE_CHARACTERS && code.chars().allMatch(c -> c > 0x20 && c < 0x7f);
        if (!cleanCode || !handOver.codeVerifier().reveal().matches("[A-Za-z0-9._~-]{43,128}")) {
            return help.unknown(
                    new ConnectOutcome.Refused(
                            Reason.MALFORMED,
                            "code or verifier is not what the platform's SDK gives: the code is decoded once, the verifier has"
                                    + " 43 to 128 letters, digits, '-', '.', '_' or '~'"),
                    Optional.empty());
        }
        Optional<Pending> found = pendings.byState(handOver.ticket().reveal());
        if (found.isEmpty()) {
            return help.unknown(CallbackChecks.unknownState(), Optional.empty());
        }
        Pending pending = found.get();
        CallbackChecks checks = CallbackChecks.of(kernel, pending);
        String secret = handOver.sessionSecret().reveal();
        ConnectOutcome outcome = checks.refuse(secret)
                .orElseGet(() -> pendings.save(pending, pending.doc().at(Stage.CONSUMED, kernel.now()))
                        .map(consumed -> exchange.spend(consumed, code, handOver.codeVerifier()))
                        .orElseGet(CallbackChecks::stateUsed));
        return help.add(outcome, pending, checks.knows(secret, Optional.empty()));
    }

    /** Goes on with a connect that waits for a choice. */
    public ConnectOutcome choose(Owner owner, String connectId, String accountId, String browserSecret) {
        Optional<Pending> found = pendings.byId(owner, connectId);
        if (found.isEmpty()) {
            return help.unknown(CallbackChecks.unknownState(), Optional.empty());
        }
        Pending pending = found.get();
        return help.add(choose(pending, accountId, browserSecret), pending, true);
    }

    private ConnectOutcome choose(Pending pending, String accountId, String browserSecret) {
        Optional<ConnectOutcome> refusal = CallbackChecks.of(kernel, pending).refuseChoice(browserSecret);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        List<String> candidates = pending.doc().candidates();
        if (candidates == null || !candidates.contains(accountId)) {
            return new ConnectOutcome.Refused(
                    Reason.NOT_A_CANDIDATE,
                    "the chosen account is not among the candidates of this consent; choose one of them");
        }
        return pendings.save(pending, pending.doc().chosen(accountId))
                .map(exchange::resume)
                .orElseGet(CallbackChecks::stateUsed);
    }

    /** What happened to a connect. */
    public List<HistoryEntry> history(Owner owner, String connectId) {
        return pendings.history(owner, connectId);
    }

    HelpDesk help() {
        return help;
    }

    TokenImport importer() {
        return importer;
    }

    /** Ends a connect that nobody came back to, goes on with one that a stopped process left, or forgets it. */
    public void recover(StoredRecord record) {
        Pending pending = pendings.read(record);
        switch (pending.doc().stage()) {
            case OPEN ->
                pendings.end(
                        pending,
                        Stage.EXPIRED,
                        "connect_timed_out",
                        "the consent did not come back until "
                                + PlainWords.time(pending.doc().expiresAt()) + "; the person can start again",
                        help.noReturn(pending.doc()));
            case CHOOSING ->
                exchange.expire(
                        pending,
                        "no account was chosen until "
                                + PlainWords.time(pending.doc().expiresAt()) + "; the person can start again");
            case CONSUMED -> exchange.recover(pending);
            case EXPIRED, FINISHED -> pendings.forget(pending);
        }
    }
}
