package io.linkspan.internal.connection;

import io.linkspan.internal.Kernel;
import io.linkspan.internal.connection.ConnectionRepository.Stored;
import io.linkspan.internal.http.SendPermit;
import io.linkspan.internal.wire.RefreshIntent;
import io.linkspan.internal.wire.TokenDoc;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** The stored intent of a renewal: written before the request, given back when nothing was sent, left alone while its lease runs. */
final class RenewalIntents {
    private final Kernel kernel;
    private final ConnectionRepository repository;
    private final UnstoredAnswers unstored;

    RenewalIntents(Kernel kernel, ConnectionRepository repository) {
        this.kernel = kernel;
        this.repository = repository;
        this.unstored = repository.unstored();
    }

    /** From before an intent: its request has to end within its lease. */
    SendPermit permit() {
        return kernel.permit(kernel.settings()
                .refreshLease()
                .minus(kernel.settings().refreshCall())
                .minus(kernel.settings().refreshMargin()));
    }

    /** Whether another process may be between its intent and its answer. */
    boolean leased(TokenDoc token) {
        RefreshIntent intent = token.intent();
        if (intent == null) {
            return false;
        }
        Duration lease = kernel.settings().refreshLease();
        String what = "renewal\n" + Kernel.sha256(String.valueOf(token.sealed()));
        return !kernel.leases()
                .over(what, "node " + intent.node(), intent.startedAt().plus(lease), lease, kernel.now());
    }

    /**
     * Writes an intent; empty when another process was first. When the store does not report whether it was kept, only this process
     * knows that nothing was sent, so the intent is given back.
     */
    Optional<Stored> begin(Stored stored) {
        TokenDoc token = stored.doc().token();
        RefreshIntent intent = new RefreshIntent(
                token.version(),
                kernel.settings().node(),
                kernel.now(),
                stored.record().version() + 1);
        Stored begun = new Stored(stored.record(), stored.doc().withToken(token.refreshing(intent)));
        try {
            return repository.save(stored, begun.doc());
        } catch (RuntimeException e) {
            try {
                giveBack(begun);
            } catch (RuntimeException again) {
                e.addSuppressed(again);
            }
            throw e;
        }
    }

    /** Removes an intent whose request was not sent; as soon as a store accepts that, whatever else changed meanwhile. */
    Stored giveBack(Stored begun) {
        return unstored.write(key(begun), () -> givenBack(begun));
    }

    /** Removes the intent that a store did not let this process give back. */
    void settle(Stored stored) {
        unstored.settle(key(stored));
    }

    private static String key(Stored stored) {
        return "unsent renewal\n" + stored.record().tenant() + "\n"
                + stored.record().id();
    }

    private Stored givenBack(Stored begun) {
        Stored stored = begun;
        while (Objects.equals(stored.doc().token().intent(), begun.doc().token().intent())) {
            TokenDoc token = stored.doc().token().givenBack();
            Optional<Stored> saved = repository.save(stored, stored.doc().withToken(token));
            Optional<Stored> again = saved.isPresent()
                    ? saved
                    : repository.find(begun.record().tenant(), begun.record().id());
            if (saved.isPresent() || again.isEmpty()) {
                return again.orElse(stored);
            }
            stored = again.get();
        }
        return stored;
    }
}
