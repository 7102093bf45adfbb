package io.linkspan.internal.connection;

import io.linkspan.Platform;
import io.linkspan.connection.ConnectOutcome;
import io.linkspan.connection.ConnectOutcome.Reason;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.connection.PendingConnects.Pending;
import io.linkspan.internal.http.SendPermit;
import io.linkspan.internal.json.Json;
import io.linkspan.internal.wire.AnswerDoc;
import io.linkspan.internal.wire.PendingDoc;
import io.linkspan.internal.wire.PendingDoc.Stage;
import io.linkspan.spi.CallClass;
import io.linkspan.spi.Flow;
import io.linkspan.spi.Grant;
import io.linkspan.spi.OAuthAdapter;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PlatformAdapter;
import io.linkspan.spi.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Spends a code once; its answer is kept before it is read, so that a stopped process loses nothing. */
final class CodeExchange {
    private final Kernel kernel;
    private final PendingConnects pendings;
    private final Admission admission;
    private final UnwantedGrants unwanted;

    CodeExchange(Kernel kernel, PendingConnects pendings, Admission admission, UnwantedGrants unwanted) {
        this.kernel = kernel;
        this.pendings = pendings;
        this.admission = admission;
        this.unwanted = unwanted;
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
        PlatformAdapter adapter = adapter(consumed);
        Instant startedAt = kernel.now();
        Outcome<Grant> outcome = kernel.caller(
                        consumed.owner().tenant(), consumed.owner().user())
                .run(
                        flow,
                        (call, answer) -> {
                            if (call.callClass() != spending) {
                                return; // what comes after can be asked for again
                            }
                            Pending pending = Objects.requireNonNull(current.get());
                            String text = pendings.seal(
                                    pending.owner(), pending.id(), adapter, "staged", Json.write(AnswerDoc.of(answer)));
                            pendings.save(pending, pending.doc().staged(call.operation(), text))
                                    .ifPresent(current::set);
                        },
                        permit(consumed));
        return finish(Objects.requireNonNull(current.get()), outcome, startedAt);
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
        PlatformAdapter adapter = adapter(claimed);
        AnswerDoc answer = Json.read(
                pendings.open(claimed, adapter, "staged", Objects.requireNonNull(doc.staged(), "staged")),
                AnswerDoc.class);
        Outcome<Grant> outcome = kernel.caller(
                        claimed.owner().tenant(), claimed.owner().user())
                .run(oauth(claimed).resume(String.valueOf(doc.stagedOperation()), answer.answer()));
        return finish(claimed, outcome, Objects.requireNonNull(doc.exchangedAt(), "exchangedAt"));
    }

    /** Goes on with what a stopped process left, or ends it. */
    void recover(Pending pending) {
        PendingDoc doc = pending.doc();
        Instant exchangedAt = doc.exchangedAt();
        boolean worthIt = exchangedAt != null
                && doc.staged() != null
                && kernel.now().isBefore(exchangedAt.plus(kernel.settings().tokenRetention()));
        if (!worthIt) {
            pendings.end(
                    pending,
                    Stage.FINISHED,
                    "connect_lost",
                    "the process stopped before the answer was kept; the person can start again");
            return;
        }
        Optional<Pending> claimed = pendings.save(pending, doc);
        claimed.ifPresent(this::resume);
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
                        done.value())
                : Refusals.of(kernel, adapter, outcome, doc.isImport());
        if (result instanceof ConnectOutcome.ChooseAccount choice) {
            return waitForChoice(pending, choice);
        }
        boolean mayBeFinishedLater = result instanceof ConnectOutcome.Refused refused
                && refused.reason() == Reason.UNCLEAR
                && doc.staged() != null;
        if (mayBeFinishedLater) {
            return result;
        }
        if (result instanceof ConnectOutcome.Connected connected) {
            pendings.save(pending, doc.connected(connected.connection().id().value()));
        } else {
            if (!doc.isImport()) { // imported tokens belong to the host, which goes on with them as it likes
                outcome.result()
                        .ifPresent(grant -> unwanted.add(
                                pending.owner(),
                                adapter,
                                pending.id(),
                                grant,
                                "a connect ended without a connection after its code was exchanged"));
            }
            pendings.end(pending, Stage.FINISHED, action(result), result.describe());
        }
        return result;
    }

    private ConnectOutcome waitForChoice(Pending pending, ConnectOutcome.ChooseAccount choice) {
        Instant until = kernel.now().plus(kernel.settings().consentLife());
        PendingDoc next = pending.doc()
                .choosing(
                        choice.candidates().stream()
                                .map(ConnectOutcome.Candidate::accountId)
                                .toList(),
                        until);
        return pendings.save(pending, next)
                .<ConnectOutcome>map(saved -> new ConnectOutcome.ChooseAccount(saved.id(), choice.candidates(), until))
                .orElseGet(CallbackChecks::stateUsed);
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
