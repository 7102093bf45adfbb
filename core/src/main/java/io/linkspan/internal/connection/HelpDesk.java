package io.linkspan.internal.connection;

import io.linkspan.Owner;
import io.linkspan.Platform;
import io.linkspan.connection.Capability;
import io.linkspan.connection.ConnectHelp;
import io.linkspan.connection.ConnectHelp.Report;
import io.linkspan.connection.ConnectOutcome;
import io.linkspan.connection.Connection;
import io.linkspan.connection.Evidence;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.connection.ConnectionRepository.Stored;
import io.linkspan.internal.connection.PendingConnects.Pending;
import io.linkspan.internal.wire.ConnectionDoc;
import io.linkspan.internal.wire.FailureDoc;
import io.linkspan.internal.wire.PendingDoc;
import io.linkspan.spi.Actor;
import io.linkspan.spi.Cause;
import io.linkspan.spi.CauseClass;
import io.linkspan.spi.HelpCase;
import io.linkspan.spi.HelpCatalogue;
import io.linkspan.spi.HelpCatalogue.Row;
import io.linkspan.spi.HelpSignal;
import io.linkspan.spi.OAuthAdapter;
import io.linkspan.spi.PlatformAdapter;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Adds help to outcomes: finds the row, counts the failures, alerts the operator when several users meet the same row. */
final class HelpDesk {
    private final Kernel kernel;
    private final PendingConnects pendings;
    private final ConnectFailures failures;

    HelpDesk(Kernel kernel, PendingConnects pendings) {
        this.kernel = kernel;
        this.pendings = pendings;
        this.failures = new ConnectFailures(kernel, pendings);
    }

    /** Whether the next attempt should ask the user to sign in again. */
    boolean wantsFreshLogin(Owner owner, Platform platform) {
        return failures.before(owner, platform.name()) >= 2;
    }

    /** What to know before the first attempt. */
    ConnectHelp before(Platform platform) {
        PlatformAdapter adapter = kernel.adapter(platform);
        return adapter.help()
                .help(new HelpCase(HelpSignal.of("before"), 0, 0, Map.of(), facts(platform, null, "", "")));
    }

    /** Why a connect did not work, to be kept with it; null when it did, or when the callback does not count. */
    @Nullable
    FailureDoc failure(PendingDoc doc, ConnectOutcome outcome) {
        return signal(doc, outcome)
                .map(signal -> failure(catalogue(doc.platform()), signal))
                .orElse(null);
    }

    /** Why a connect ended that never came back; what its user reported stays. */
    FailureDoc noReturn(PendingDoc doc) {
        FailureDoc reported = doc.failure();
        return reported == null ? failure(catalogue(doc.platform()), HelpSignal.of("no_return")) : reported;
    }

    private FailureDoc failure(HelpCatalogue own, HelpSignal signal) {
        Row row = own.row(signal);
        return new FailureDoc(row.name(), row.bucket(), kernel.now());
    }

    private Optional<HelpSignal> signal(PendingDoc doc, ConnectOutcome outcome) {
        return HelpSignals.of(
                outcome,
                outcome instanceof ConnectOutcome.Connected connected
                        ? missing(doc, connected.connection())
                        : Set.of());
    }

    private Set<Capability> missing(PendingDoc doc, Connection connection) {
        if (connection.scopes().isEmpty()) {
            return Set.of(); // the platform did not name them
        }
        OAuthAdapter oauth = kernel.adapter(connection.platform()).oauth();
        return HelpSignals.missing(
                doc.intent().capabilities(), oauth.granted(doc.scopes()), oauth.granted(connection.scopes()));
    }

    /** With help, for a callback that belongs to no connect. */
    ConnectOutcome unknown(ConnectOutcome outcome, Optional<Platform> platform) {
        Optional<PlatformAdapter> adapter = platform.map(Platform::name).flatMap(kernel::findAdapter);
        return HelpSignals.of(outcome, Set.of())
                .map(signal -> with(
                        outcome,
                        adapter.map(PlatformAdapter::help)
                                .orElseGet(HelpCatalogue::none)
                                .help(new HelpCase(
                                        signal,
                                        1,
                                        0,
                                        Map.of(),
                                        facts(
                                                platform.orElse(null),
                                                null,
                                                HelpSignals.code(outcome),
                                                HelpSignals.trace(outcome))))))
                .orElse(outcome);
    }

    /** With help. Failures before are counted only for who is known to be the owner. */
    ConnectOutcome add(ConnectOutcome outcome, Pending pending, boolean known) {
        PendingDoc doc = pending.doc();
        return signal(doc, outcome)
                .map(signal -> with(
                        outcome,
                        help(
                                pending,
                                signal,
                                HelpSignals.values(outcome),
                                facts(
                                        Platform.of(doc.platform()),
                                        known ? pending : null,
                                        HelpSignals.code(outcome),
                                        HelpSignals.trace(outcome)))))
                .orElse(outcome);
    }

    private ConnectHelp help(Pending pending, HelpSignal signal, Map<String, String> values, Report facts) {
        String platform = pending.doc().platform();
        HelpCatalogue own = catalogue(platform);
        Row row = own.row(signal);
        boolean known = !facts.connectId().isEmpty();
        int count = 1 + (known ? failures.before(pending.owner(), platform, row.bucket(), pending.id()) : 0);
        int users = known && row.offer().app() ? failures.users(pending.owner().tenant(), platform, row.name()) : 0;
        if (users >= HelpCase.MANY_USERS) {
            alert(pending, row, users, facts);
        }
        Map<String, String> all = new HashMap<>(values);
        if (known) {
            all.put("reference", "the reference " + facts.connectId());
        }
        return own.help(new HelpCase(signal, count, users, all, facts));
    }

    private void alert(Pending pending, Row row, int users, Report facts) {
        kernel.observer()
                .alert(
                        pending.owner(),
                        kernel.now(),
                        Platform.of(pending.doc().platform()),
                        pending.doc().registration(),
                        new Cause(
                                "linkspan.connect",
                                CauseClass.CONFIGURATION,
                                row.name(),
                                facts.traceId().isEmpty() ? null : facts.traceId(),
                                Actor.OPERATOR,
                                users + " users could not connect for the same reason within an hour. Check the app's"
                                        + " set-up at the platform."));
    }

    /** Help for a connect that never came back, with what its user saw on the platform's page. */
    ConnectHelp withoutReturn(Owner owner, Platform platform, String seen) {
        PlatformAdapter adapter = kernel.adapter(platform);
        HelpSignal signal = new HelpSignal("no_return", seen);
        Optional<Pending> found = failures.unreturned(owner, platform.name());
        if (found.isEmpty()) {
            return adapter.help().help(new HelpCase(signal, 1, 0, Map.of(), facts(platform, null, "no_return", "")));
        }
        Pending pending = found.get();
        FailureDoc failure = failure(adapter.help(), signal);
        FailureDoc before = pending.doc().failure();
        if (before == null || !before.row().equals(failure.row())) {
            // a callback that comes in the same instant wins, and needs no help
            pending = pendings.save(pending, pending.doc().failed(failure)).orElse(pending);
        }
        return help(pending, signal, Map.of(), facts(platform, pending, "no_return", ""));
    }

    /** Help for a connection that ended or lacks something. */
    Optional<ConnectHelp> help(Stored stored, Connection connection) {
        ConnectionDoc doc = stored.doc();
        Evidence removal = HelpSignals.removal(
                doc.sides(), doc.revoke() != null, doc.token().cause());
        PlatformAdapter adapter = kernel.adapter(stored.platform());
        return HelpSignals.of(connection, removal)
                .map(signal -> adapter.help()
                        .help(new HelpCase(
                                signal,
                                1,
                                0,
                                Map.of(),
                                facts(
                                        stored.platform(),
                                        null,
                                        signal.key().substring(signal.key().lastIndexOf(':') + 1),
                                        trace(doc.token().cause())))));
    }

    private static String trace(@Nullable Evidence evidence) {
        return Optional.ofNullable(evidence)
                .flatMap(seen -> Optional.ofNullable(seen.cause()))
                .flatMap(Cause::trace)
                .orElse("");
    }

    private HelpCatalogue catalogue(String platform) {
        return kernel.findAdapter(platform).map(PlatformAdapter::help).orElseGet(HelpCatalogue::none);
    }

    private Report facts(@Nullable Platform platform, @Nullable Pending pending, String code, String trace) {
        String host = "";
        if (pending != null) {
            String own = pending.doc().redirectUri();
            host = own == null
                    ? kernel.findAdapter(pending.doc().platform())
                            .map(adapter -> adapter.oauth().redirectUri().getHost())
                            .orElse("")
                    : Objects.requireNonNullElse(URI.create(own).getHost(), "");
        }
        return new Report(kernel.now(), platform, pending == null ? "" : pending.id(), "", code, trace, host, 0);
    }

    private static ConnectOutcome with(ConnectOutcome outcome, ConnectHelp help) {
        Optional<ConnectHelp> found = Optional.of(help);
        if (outcome instanceof ConnectOutcome.Connected it) {
            return new ConnectOutcome.Connected(it.connection(), it.renewed(), found);
        }
        if (outcome instanceof ConnectOutcome.Denied it) {
            return new ConnectOutcome.Denied(it.code(), found);
        }
        if (outcome instanceof ConnectOutcome.AccountMismatch it) {
            return new ConnectOutcome.AccountMismatch(it.expected(), it.actual(), found);
        }
        if (outcome instanceof ConnectOutcome.NotEligible it) {
            return new ConnectOutcome.NotEligible(it.code(), it.evidence(), it.remedy(), found);
        }
        return outcome instanceof ConnectOutcome.Refused it
                ? new ConnectOutcome.Refused(it.reason(), it.message(), it.connection(), it.platformCause(), found)
                : outcome;
    }
}
