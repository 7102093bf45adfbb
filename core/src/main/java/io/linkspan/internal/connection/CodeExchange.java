package io.linkspan.internal.connection;

import io.linkspan.Platform;
import io.linkspan.StoreException;
import io.linkspan.UnreadableRecordException;
import io.linkspan.connection.ConnectOutcome;
import io.linkspan.connection.ConnectOutcome.Reason;
import io.linkspan.connection.ConnectionId;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.RedactedFailure;
import io.linkspan.internal.connection.PendingConnects.Pending;
import io.linkspan.internal.connection.PendingConnects.Unsealed;
import io.linkspan.internal.http.Caller;
import io.linkspan.internal.http.SendPermit;
import io.linkspan.internal.json.Json;
import io.linkspan.internal.wire.AnswerDoc;
import io.linkspan.internal.wire.FailureDoc;
import io.linkspan.internal.wire.PendingDoc;
import io.linkspan.internal.wire.PendingDoc.Stage;
import io.linkspan.spi.CallClass;
import io.linkspan.spi.Flow;
import io.linkspan.spi.Grant;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.OAuthAdapter;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PlatformAdapter;
import io.linkspan.spi.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Spends a code once; its answer is kept before it is read, so that a stopped process loses nothing. */
final class CodeExchange {
    private static final Logger log = LoggerFactory.getLogger(CodeExchange.class);
    private static final Duration EXPIRE_AGAIN = Duration.ofHours(1);

    private final Kernel kernel;
    private final PendingConnects pendings;
    private final Admission admission;
    private final UnwantedGrants unwanted;
    private final UnstoredAnswers unstored;
    private final HelpDesk help;

    CodeExchange(
            Kernel kernel,
            PendingConnects pendings,
            Admission admission,
            UnwantedGrants unwanted,
            UnstoredAnswers unstored,
            HelpDesk help) {
        this.kernel = kernel;
        this.pendings = pendings;
        this.admission = admission;
        this.unwanted = unwanted;
        this.unstored = unstored;
        this.help = help;
    }

    /** Spends the code of a connect whose state is used up. The verifier is given by an SDK, or was kept. */
    ConnectOutcome spend(Pending consumed, String code, @Nullable Secret given) {
        PlatformAdapter adapter = adapter(consumed);
        String sealed = consumed.doc().verifier();
        Secret kept = sealed == null
                ? null
                : Secret.of(new String(pendings.open(consumed, adapter, "verifier", sealed), StandardCharsets.UTF_8));
        return run(consumed, CallClass.CODE, oauth(consumed).exchange(code, given == null ? kept : given));
    }

    /** Carries a conversation that spends something through; what the spending call answers is kept. */
    ConnectOutcome run(Pending consumed, CallClass spending, Flow<Grant> flow) {
        AtomicReference<Pending> current = new AtomicReference<>(consumed);
        Instant startedAt = kernel.now();
        Outcome<Grant> outcome = kernel.caller(
                        consumed.owner().tenant(), consumed.owner().user())
                .run(
                        flow,
                        (call, answer) -> {
                            if (call.callClass() == spending) { // what comes after can be asked for again
                                current.set(stage(Objects.requireNonNull(current.get()), call.operation(), answer));
                            }
                        },
                        permit(consumed));
        return settle(Objects.requireNonNull(current.get()), outcome, startedAt);
    }

    /** Keeps an answer before it is read; where no store accepts it, it goes on in memory. */
    private Pending stage(Pending pending, String operation, HttpResult.Answered answer) {
        Pending staged = new Pending(pending.record(), pending.doc(), new Unsealed(operation, AnswerDoc.of(answer)));
        try {
            staged = pendings.sealed(staged);
            PendingDoc next = staged.doc();
            return UnstoredAnswers.uninterrupted(() -> pendings.save(pending, next))
                    .orElse(staged);
        } catch (RuntimeException e) {
            log.warn(
                    "a token answer could not be kept before it was read connect={}",
                    pending.id(),
                    RedactedFailure.of(e));
            return staged;
        }
    }

    /** Ends an exchange; an answer that no store accepts stays in memory until one does. */
    private ConnectOutcome settle(Pending pending, Outcome<Grant> outcome, Instant startedAt) {
        if (outcome.result().isEmpty() && !pending.answered()) {
            return finish(pending, outcome, startedAt);
        }
        AtomicBoolean again = new AtomicBoolean();
        return unstored.write(
                "connect\n" + pending.owner().tenant() + "\n" + pending.id(),
                () -> again.getAndSet(true)
                        ? finishAgain(present(pending), outcome, startedAt)
                        : finish(pending, outcome, startedAt));
    }

    /** A grant that is on the revocation list already does not become a connection. */
    private ConnectOutcome finishAgain(Pending pending, Outcome<Grant> outcome, Instant startedAt) {
        if (unwanted.holds(pending.owner().tenant(), pending.id())) {
            end(pending, Stage.FINISHED, "connect_lost", "its tokens are on the revocation list", null);
            return CallbackChecks.stateUsed();
        }
        return finish(pending, outcome, startedAt);
    }

    private void end(Pending pending, Stage stage, String action, String detail, @Nullable FailureDoc failure) {
        if (pending.mayConnect()) {
            pendings.end(pending, stage, action, detail, failure);
        }
    }

    /** The connect as the store has it by now, with the answer that only this process may have. */
    private Pending present(Pending pending) {
        return pending.in(pendings.byId(pending.owner(), pending.id()).orElse(pending));
    }

    /** From when the state was used up: another process ends a connect that was left alone for the life of a consent. */
    private SendPermit permit(Pending consumed) {
        Instant usedAt = Objects.requireNonNullElse(consumed.doc().exchangedAt(), kernel.now());
        return kernel.permit(
                kernel.settings().consentLife().dividedBy(2).minus(Duration.between(usedAt, kernel.now())));
    }

    /** Goes on from the kept answer. */
    ConnectOutcome resume(Pending claimed) {
        PendingDoc doc = claimed.doc();
        if (unwanted.holds(claimed.owner().tenant(), claimed.id())) {
            return finishAgain(claimed, new Outcome.NotSent<>("its tokens are not used"), kernel.now());
        }
        return settle(claimed, read(claimed), Objects.requireNonNullElse(doc.exchangedAt(), doc.createdAt()));
    }

    /** A consent that is finished later is tried again by itself, so each request is sent once. */
    private Caller caller(Pending pending) {
        Caller caller = kernel.caller(pending.owner().tenant(), pending.owner().user());
        PendingDoc doc = pending.doc();
        Instant since = Objects.requireNonNullElse(doc.exchangedAt(), doc.createdAt());
        boolean later = !kernel.now().isBefore(since.plus(kernel.settings().consentLife()));
        return later ? caller.withoutRetries() : caller;
    }

    /** Reads the kept answer, and asks for what is missing. */
    private Outcome<Grant> read(Pending pending) {
        Unsealed kept = kept(pending);
        return caller(pending)
                .run(oauth(pending).resume(kept.operation(), kept.answer().answer()));
    }

    private Unsealed kept(Pending pending) {
        Unsealed unsealed = pending.unsealed();
        if (unsealed != null) {
            return unsealed;
        }
        String sealed = Objects.requireNonNull(pending.doc().staged(), "staged");
        byte[] plain = pendings.open(pending, adapter(pending), "staged", sealed);
        return new Unsealed(String.valueOf(pending.doc().stagedOperation()), Json.read(plain, AnswerDoc.class));
    }

    /** Goes on with what a stopped process left, or ends it. */
    void recover(Pending pending) {
        if (pending.doc().staged() == null) {
            pendings.end(
                    pending,
                    Stage.FINISHED,
                    "connect_lost",
                    "the answer of the platform was not kept in time, as after a stop of the process; the person can start again",
                    null);
            return;
        }
        try {
            // the next due time keeps other processes away from this one
            pendings.claim(pending).ifPresent(this::resume);
        } catch (UnreadableRecordException e) {
            if (inTime(pending.doc())) {
                throw e; // its key may come back
            }
            pendings.end(pending, Stage.FINISHED, "connect_lost", String.valueOf(e.getMessage()), null);
        }
    }

    /** Ends a connect for which no account was chosen in time; its grant goes to the revocation list. */
    void expire(Pending pending, String detail) {
        Outcome<Grant> outcome =
                pending.doc().staged() == null ? new Outcome.NotSent<>("no answer was kept") : read(pending);
        if (outcome instanceof Outcome.Unclear && inTime(pending.doc())) {
            pendings.save(
                    pending,
                    pending.doc().choosing(candidates(pending), kernel.now().plus(EXPIRE_AGAIN)));
            return;
        }
        discard(pending, outcome, "no account was chosen after a consent");
        pendings.end(pending, Stage.EXPIRED, "connect_timed_out", detail, help.noReturn(pending.doc()));
    }

    private static List<String> candidates(Pending pending) {
        List<String> candidates = pending.doc().candidates();
        return candidates == null ? List.of() : candidates;
    }

    private boolean inTime(PendingDoc doc) {
        Instant since = Objects.requireNonNullElse(doc.exchangedAt(), doc.createdAt());
        return kernel.now().isBefore(since.plus(kernel.settings().tokenRetention()));
    }

    private void discard(Pending pending, Outcome<Grant> outcome, String why) {
        outcome.result()
                .or(() -> issued(pending))
                .ifPresent(grant -> unwanted.add(pending.owner(), adapter(pending), pending.id(), grant, why));
    }

    /** The tokens already issued by an exchange that failed at a later call. */
    private Optional<Grant> issued(Pending pending) {
        if (!pending.answered()) {
            return Optional.empty();
        }
        Unsealed kept = kept(pending);
        return oauth(pending).issued(kept.operation(), kept.answer().answer());
    }

    private ConnectOutcome finish(Pending pending, Outcome<Grant> outcome, Instant startedAt) {
        PlatformAdapter adapter = adapter(pending);
        PendingDoc doc = pending.doc();
        ConnectOutcome result = outcome instanceof Outcome.Done<Grant> done
                ? admission.admit(
                        new Admission.Wish(
                                pending.owner(),
                                doc.intent(),
                                doc.scopes(),
                                doc.expectedAccount(),
                                doc.isImport(),
                                startedAt),
                        adapter,
                        done.value(),
                        caller(pending))
                : Refusals.of(kernel, adapter, outcome, doc.isImport());
        if (result instanceof ConnectOutcome.ChooseAccount choice) {
            return waitForChoice(pending, choice, outcome.result().orElseThrow());
        }
        boolean mayBeFinishedLater = result instanceof ConnectOutcome.Refused refused
                && refused.reason() == Reason.UNCLEAR
                && pending.answered()
                && inTime(doc)
                && pendings.keeps(pending);
        if (mayBeFinishedLater) {
            return result;
        }
        FailureDoc failure = help.failure(doc, result);
        if (result instanceof ConnectOutcome.Connected connected) {
            connected(pending, connected.connection().id(), failure);
        } else {
            // imported tokens too: the renewal has spent those that the host knows
            discard(pending, outcome, "a connect ended without a connection after its tokens were issued");
            end(pending, Stage.FINISHED, action(result), result.describe(), failure);
        }
        return result;
    }

    /** The connection is stored; a connect that cannot be ended now is ended by its recovery. */
    private void connected(Pending pending, ConnectionId made, @Nullable FailureDoc failure) {
        try {
            pendings.save(pending, pending.doc().connected(made.value()).failed(failure));
        } catch (StoreException e) {
            log.debug("a finished connect is ended later connect={}", pending.id(), e);
        }
    }

    private ConnectOutcome waitForChoice(Pending pending, ConnectOutcome.ChooseAccount choice, Grant grant) {
        Instant until = kernel.now().plus(kernel.settings().consentLife());
        Pending sealed = pendings.sealed(pending); // the later choice continues from the answer
        PendingDoc next = sealed.doc()
                .choosing(
                        choice.candidates().stream()
                                .map(ConnectOutcome.Candidate::accountId)
                                .toList(),
                        until);
        Optional<Pending> saved = sealed.mayConnect() ? pendings.save(sealed, next) : Optional.empty();
        if (saved.isEmpty()) {
            Pending now = present(sealed);
            saved = now.doc().stage() == Stage.CONSUMED
                    ? pendings.save(now, now.doc().choosing(candidates(new Pending(pending.record(), next)), until))
                    : Optional.empty();
        }
        if (saved.isEmpty()) { // it was ended meanwhile, without the answer
            discard(pending, Outcome.done(grant), "a connect had ended before its tokens came");
            return CallbackChecks.stateUsed();
        }
        return new ConnectOutcome.ChooseAccount(pending.id(), choice.candidates(), until);
    }

    private static String action(ConnectOutcome result) {
        if (result instanceof ConnectOutcome.AccountMismatch) {
            return "connect_account_mismatch";
        }
        if (result instanceof ConnectOutcome.NotEligible) {
            return "connect_not_eligible";
        }
        return result instanceof ConnectOutcome.Refused refused
                ? "connect_" + refused.reason().name().toLowerCase(Locale.ROOT)
                : "connect_refused";
    }

    private PlatformAdapter adapter(Pending pending) {
        return kernel.adapter(Platform.of(pending.doc().platform()));
    }

    private OAuthAdapter oauth(Pending pending) {
        return adapter(pending).oauth().via(pending.doc().way());
    }
}
