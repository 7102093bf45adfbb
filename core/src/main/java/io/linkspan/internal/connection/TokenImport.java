package io.linkspan.internal.connection;

import io.linkspan.connection.ConnectOutcome;
import io.linkspan.connection.ConnectOutcome.Reason;
import io.linkspan.connection.ImportRequest;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.connection.PendingConnects.Pending;
import io.linkspan.internal.wire.PendingDoc;
import io.linkspan.internal.wire.PendingDoc.Stage;
import io.linkspan.spi.CallClass;
import io.linkspan.spi.Grant;
import io.linkspan.spi.PlatformAdapter;
import io.linkspan.spi.RenewalModel;
import io.linkspan.spi.TokenPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes over tokens of another system. They are believed only as far as the platform confirms them; an access token that has
 * ended is renewed first, its answer kept like that of a code.
 */
final class TokenImport {
    /** An unknown end: short enough that a rotating platform is asked for a new pair at once. */
    private static final Duration SOON = Duration.ofMinutes(5);

    private final Kernel kernel;
    private final PendingConnects pendings;
    private final CodeExchange exchange;
    private final Admission admission;

    TokenImport(Kernel kernel, PendingConnects pendings, CodeExchange exchange, Admission admission) {
        this.kernel = kernel;
        this.pendings = pendings;
        this.exchange = exchange;
        this.admission = admission;
    }

    ConnectOutcome importTokens(ImportRequest request) {
        PlatformAdapter adapter = kernel.adapter(request.platform());
        TokenPair tokens =
                new TokenPair(request.accessToken(), request.refreshToken().orElse(null));
        String expected = request.expectedAccount().orElse(null);
        if (expected != null && admission.knows(request.owner(), adapter, expected)) {
            return Admission.alreadyConnected(expected); // before anything is spent
        }
        Instant now = kernel.now();
        Instant refreshEnd = request.refreshEndsAt().orElse(null);
        boolean ended = request.accessEndsAt().filter(end -> !now.isBefore(end)).isPresent();
        boolean renewable = tokens.refresh() != null
                && adapter.oauth().renewal().renewsExpired()
                && (refreshEnd == null || now.isBefore(refreshEnd));
        if (ended) {
            return renewable
                    ? renewFirst(request, adapter, tokens)
                    : new ConnectOutcome.Refused(
                            Reason.PLATFORM_REFUSED,
                            "the tokens to import have ended and nothing can renew them; let the person connect again");
        }
        Set<String> asked = adapter.oauth().scopes(request.intent().capabilities());
        Grant grant = new Grant(
                tokens,
                life(adapter, now, request.accessEndsAt().orElse(null)),
                refreshEnd == null ? null : Duration.between(now, refreshEnd),
                request.scopes().isEmpty() ? null : request.scopes(),
                null);
        return admission.admit(
                new Admission.Wish(request.owner(), request.intent(), asked, expected, true, now),
                adapter,
                grant,
                kernel.caller(request.owner().tenant(), request.owner().user()));
    }

    private static @Nullable Duration life(PlatformAdapter adapter, Instant now, @Nullable Instant end) {
        if (end != null) {
            return Duration.between(now, end);
        }
        RenewalModel renewal = adapter.oauth().renewal();
        Duration assumed = renewal.life();
        if (assumed == null || renewal.renewsExpired()) {
            return assumed == null ? null : SOON;
        }
        return assumed.dividedBy(2); // of unknown age: extended as soon as its age surely allows it
    }

    private ConnectOutcome renewFirst(ImportRequest request, PlatformAdapter adapter, TokenPair tokens) {
        Instant now = kernel.now();
        Pending pending = pendings.insert(
                request.owner(),
                kernel.newId(),
                null,
                new PendingDoc(
                        1,
                        Stage.CONSUMED,
                        adapter.platform().name(),
                        adapter.registration(),
                        request.intent(),
                        adapter.oauth().scopes(request.intent().capabilities()),
                        "",
                        null,
                        request.expectedAccount().orElse(null),
                        now,
                        now,
                        now,
                        null,
                        null,
                        null,
                        null,
                        null,
                        true,
                        null,
                        null));
        return exchange.run(pending, CallClass.SPEND, adapter.oauth().renew(tokens));
    }
}
