package io.linkspan.internal.connection;

import io.linkspan.Owner;
import io.linkspan.Platform;
import io.linkspan.connection.ConnectOutcome;
import io.linkspan.connection.ConnectOutcome.Reason;
import io.linkspan.connection.ConnectRedirect;
import io.linkspan.connection.ConnectRequest;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.crypto.Vault;
import io.linkspan.internal.json.Json;
import io.linkspan.internal.wire.AnswerDoc;
import io.linkspan.internal.wire.PendingDoc;
import io.linkspan.spi.AuthorizationRequest;
import io.linkspan.spi.CallClass;
import io.linkspan.spi.Flow;
import io.linkspan.spi.Grant;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PlatformAdapter;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.Secret;
import io.linkspan.spi.StoredRecord;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * From a wish to connect to a connection: state, browser binding and expiry are checked and the state is used up before the
 * code is spent; the answer is kept before it is read.
 */
public final class Connector {
    private final Kernel kernel;
    private final Admission admission;

    /** Over its parts. */
    public Connector(Kernel kernel, Admission admission) {
        this.kernel = kernel;
        this.admission = admission;
    }

    /** Starts a connect. */
    public ConnectRedirect begin(ConnectRequest request) {
        PlatformAdapter adapter = kernel.adapter(request.platform());
        String browserSecret = request.browserSecret();
        String id = kernel.newId();
        String state = Base64.getUrlEncoder().withoutPadding().encodeToString(kernel.randomBytes(32));
        Secret verifier = adapter.oauth().usesPkce()
                ? Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(kernel.randomBytes(32)))
                : null;
        Set<String> scopes = adapter.oauth().scopes(request.intent().capabilities());
        Instant now = kernel.now();
        Instant until = now.plus(kernel.settings().consentLife());
        Owner owner = request.owner();
        PendingDoc doc = new PendingDoc(
                1,
                PendingDoc.Stage.OPEN,
                adapter.platform().name(),
                adapter.registration(),
                request.intent(),
                scopes,
                Kernel.sha256(browserSecret),
                verifier == null
                        ? null
                        : seal(owner, id, adapter, "verifier", verifier.reveal().getBytes(StandardCharsets.UTF_8)),
                request.expectedAccount().orElse(null),
                now,
                until,
                null,
                null,
                null);
        StoredRecord record = StoredRecord.builder(owner.tenant(), RecordKind.PENDING_CONNECT, id)
                .user(owner.user())
                .lookup(Kernel.sha256(state))
                .status("open")
                .dueAt(until)
                .payload(Json.write(doc))
                .build();
        if (!kernel.tokens().insert(record)) {
            throw new IllegalStateException("the random source repeated an id; nothing was started");
        }
        return new ConnectRedirect(
                adapter.oauth()
                        .authorizationUri(new AuthorizationRequest(state, scopes, verifier, request.freshLogin())),
                until);
    }

    /** Finishes a connect. */
    public ConnectOutcome complete(String rawQuery, String browserSecret) {
        CallbackQuery query;
        try {
            query = CallbackQuery.parse(rawQuery);
        } catch (CallbackQuery.Malformed e) {
            return new ConnectOutcome.Refused(Reason.MALFORMED, String.valueOf(e.getMessage()));
        }
        String state = query.get("state").orElseThrow();
        List<StoredRecord> found = kernel.tokens().byLookup(RecordKind.PENDING_CONNECT, Kernel.sha256(state), 2);
        if (found.size() != 1) {
            return new ConnectOutcome.Refused(
                    Reason.UNKNOWN_STATE,
                    "this callback belongs to no connect that was started here, or its time is over; start the connect again");
        }
        StoredRecord record = found.get(0);
        PendingDoc doc = Json.read(record.payload(), PendingDoc.class);
        Optional<ConnectOutcome> refusal = refuse(doc, browserSecret, query);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Pending pending = new Pending(record, doc);
        boolean denied = query.get("error").isPresent();
        Optional<Pending> consumed =
                save(pending, doc.at(denied ? PendingDoc.Stage.FINISHED : PendingDoc.Stage.CONSUMED, kernel.now()));
        if (consumed.isEmpty()) {
            return stateUsed();
        }
        if (denied) {
            return new ConnectOutcome.Denied(query.get("error").orElseThrow());
        }
        return exchange(consumed.get(), query.get("code").orElseThrow());
    }

    private static ConnectOutcome stateUsed() {
        return new ConnectOutcome.Refused(
                Reason.STATE_USED,
                "this callback was used before (a reload or a replay); nothing was changed, start the connect again if the account is not connected");
    }

    private Optional<ConnectOutcome> refuse(PendingDoc doc, String browserSecret, CallbackQuery query) {
        if (doc.stage() != PendingDoc.Stage.OPEN) {
            return Optional.of(stateUsed());
        }
        if (!kernel.now().isBefore(doc.expiresAt())) {
            return Optional.of(new ConnectOutcome.Refused(
                    Reason.STATE_EXPIRED,
                    "the consent took longer than allowed (until " + doc.expiresAt() + "); start the connect again"));
        }
        byte[] expected = doc.bindingHash().getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(expected, Kernel.sha256(browserSecret).getBytes(StandardCharsets.UTF_8))) {
            return Optional.of(new ConnectOutcome.Refused(
                    Reason.WRONG_BROWSER,
                    "another browser started this connect; finish it in the browser that began, or start again"));
        }
        if (query.get("iss").isPresent()) {
            return Optional.of(new ConnectOutcome.Refused(
                    Reason.WRONG_ISSUER,
                    "the callback names an issuer, which " + doc.platform()
                            + " does not do; it may be another server's answer"));
        }
        return Optional.empty();
    }

    /** A pending connect as read. */
    record Pending(StoredRecord record, PendingDoc doc) {
        Owner owner() {
            return new Owner(record.tenant(), record.user());
        }
    }

    private Optional<Pending> save(Pending pending, PendingDoc next) {
        StoredRecord record = pending.record()
                .next()
                .status(next.stage().name().toLowerCase(Locale.ROOT))
                .dueAt(
                        next.stage() == PendingDoc.Stage.OPEN
                                ? next.expiresAt()
                                : kernel.now().plus(kernel.settings().consentLife()))
                .payload(Json.write(next))
                .build();
        return kernel.tokens().replace(record) ? Optional.of(new Pending(record, next)) : Optional.empty();
    }

    private ConnectOutcome exchange(Pending consumed, String code) {
        PlatformAdapter adapter = kernel.adapter(Platform.of(consumed.doc().platform()));
        String sealed = consumed.doc().verifier();
        Secret verifier = sealed == null
                ? null
                : Secret.of(new String(open(consumed, adapter, "verifier", sealed), StandardCharsets.UTF_8));
        AtomicReference<Pending> current = new AtomicReference<>(consumed);
        Flow<Grant> flow = adapter.oauth().exchange(code, verifier);
        Instant startedAt = kernel.now();
        Outcome<Grant> outcome = kernel.caller().run(flow, (call, answer) -> stage(current, adapter, call, answer));
        return finish(Objects.requireNonNull(current.get()), adapter, outcome, startedAt);
    }

    private void stage(
            AtomicReference<Pending> current, PlatformAdapter adapter, HttpCall call, HttpResult.Answered answer) {
        if (call.callClass() != CallClass.CODE) {
            return; // everything after the code can be asked for again, and only the code's answer tells the scopes
        }
        Pending pending = Objects.requireNonNull(current.get());
        String text = seal(pending.owner(), pending.record().id(), adapter, "staged", Json.write(AnswerDoc.of(answer)));
        save(pending, pending.doc().staged(call.operation(), text)).ifPresent(current::set);
    }

    private ConnectOutcome finish(Pending pending, PlatformAdapter adapter, Outcome<Grant> outcome, Instant startedAt) {
        ConnectOutcome result = outcome instanceof Outcome.Done<Grant> done
                ? admission.admit(pending, adapter, done.value(), startedAt)
                : refused(adapter, outcome);
        boolean mayBeFinishedLater = result instanceof ConnectOutcome.Refused refused
                && refused.reason() == Reason.UNCLEAR
                && pending.doc().staged() != null;
        if (!mayBeFinishedLater) {
            save(pending, pending.doc().at(PendingDoc.Stage.FINISHED, null));
        }
        return result;
    }

    private static ConnectOutcome refused(PlatformAdapter adapter, Outcome<Grant> outcome) {
        if (outcome instanceof Outcome.Refused<Grant> refused) {
            return new ConnectOutcome.Refused(
                    Reason.PLATFORM_REFUSED, refused.error().describe());
        }
        return new ConnectOutcome.Refused(
                Reason.UNCLEAR,
                "the code could not be exchanged at " + adapter.platform() + " (" + outcome.describe()
                        + "); a code works once, so start the connect again");
    }

    /** Goes on with a connect that a stopped process left, or forgets it. */
    public void recover(StoredRecord record) {
        Pending pending = new Pending(record, Json.read(record.payload(), PendingDoc.class));
        PendingDoc doc = pending.doc();
        String staged = doc.staged();
        Instant exchangedAt = doc.exchangedAt();
        boolean worthIt = doc.stage() == PendingDoc.Stage.CONSUMED
                && exchangedAt != null
                && kernel.now().isBefore(exchangedAt.plus(kernel.settings().tokenRetention()));
        if (!worthIt || staged == null) {
            kernel.tokens().delete(record);
            return;
        }
        Optional<Pending> claimed = save(pending, doc);
        if (claimed.isEmpty()) {
            return;
        }
        PlatformAdapter adapter = kernel.adapter(Platform.of(doc.platform()));
        AnswerDoc answer = Json.read(open(claimed.get(), adapter, "staged", staged), AnswerDoc.class);
        Outcome<Grant> outcome =
                kernel.caller().run(adapter.oauth().resume(String.valueOf(doc.stagedOperation()), answer.answer()));
        finish(claimed.get(), adapter, outcome, Objects.requireNonNull(exchangedAt));
    }

    private String seal(Owner owner, String id, PlatformAdapter adapter, String field, byte[] plain) {
        Vault.Place place =
                Kernel.place(owner.tenant(), id, adapter.platform().name(), adapter.registration(), field, 1);
        return Base64.getEncoder().encodeToString(kernel.vault().seal(plain, place));
    }

    private byte[] open(Pending pending, PlatformAdapter adapter, String field, String sealed) {
        Vault.Place place = Kernel.place(
                pending.record().tenant(),
                pending.record().id(),
                adapter.platform().name(),
                adapter.registration(),
                field,
                1);
        return kernel.vault().open(Base64.getDecoder().decode(sealed), place);
    }
}
