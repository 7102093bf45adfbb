package io.linkspan.internal.connection;

import io.linkspan.AuthorizationException;
import io.linkspan.CallInterruptedException;
import io.linkspan.LinkspanException;
import io.linkspan.connection.Capability;
import io.linkspan.connection.CapabilityHealth;
import io.linkspan.connection.Evidence;
import io.linkspan.connection.Sides;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.connection.ConnectionRepository.Line;
import io.linkspan.internal.connection.ConnectionRepository.Stored;
import io.linkspan.internal.connection.NextLook.Look;
import io.linkspan.internal.explain.ConnectionRule;
import io.linkspan.internal.http.Caller;
import io.linkspan.internal.wire.ConnectionDoc;
import io.linkspan.internal.wire.HealthDoc;
import io.linkspan.internal.wire.TokenDoc;
import io.linkspan.internal.wire.TokenFact;
import io.linkspan.internal.wire.TokenPhase;
import io.linkspan.spi.AccountIdentity;
import io.linkspan.spi.CapabilityFinding;
import io.linkspan.spi.OAuthAdapter;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PlatformAdapter;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.TokenEffect;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Reads the account and its capabilities from the platform. */
public final class HealthCheck {
    private static final String NOT_ASKED = "the platform could not be asked: ";

    private final Kernel kernel;
    private final ConnectionRepository repository;
    private final Renewer renewer;
    private final TokenTrouble trouble;

    /** Over its parts. */
    public HealthCheck(Kernel kernel, ConnectionRepository repository, Renewer renewer, TokenTrouble trouble) {
        this.kernel = kernel;
        this.repository = repository;
        this.renewer = renewer;
        this.trouble = trouble;
    }

    /**
     * Looks now; a token that was refused is renewed once and asked again.
     *
     * @throws io.linkspan.CallInterruptedException when the look was stopped, with nothing changed
     */
    public Stored check(Stored stored) {
        return check(
                stored, kernel.caller(stored.record().tenant(), stored.record().id()));
    }

    /** A look in its own time: each request is sent once, for the look comes again by itself. */
    public Stored checkDue(Stored stored) {
        return check(
                stored,
                kernel.caller(stored.record().tenant(), stored.record().id()).withoutRetries());
    }

    /**
     * A connection after a look.
     *
     * @param stored the connection
     * @param look what the look came to
     */
    private record Looked(Stored stored, Look look) {}

    private Stored check(Stored stored, Caller caller) {
        try {
            return moved(asked(stored, caller));
        } catch (CallInterruptedException e) {
            throw e; // that was no look
        } catch (LinkspanException e) {
            try {
                Look look = e instanceof AuthorizationException ? Look.OVER : Look.NOT_READ;
                moved(new Looked(reread(stored), look));
            } catch (LinkspanException again) {
                e.addSuppressed(again); // it stays due
            }
            throw e;
        }
    }

    /** Whatever comes of a look, the next one is later. */
    private Stored moved(Looked looked) {
        Stored stored = looked.stored();
        ConnectionDoc doc = stored.doc();
        Instant due = doc.checkAt();
        Instant next = NextLook.after(looked.look(), doc, oauth(stored), kernel.now());
        boolean later = due == null ? next == null : kernel.now().isBefore(due);
        return later ? stored : repository.save(stored, doc.withCheckAt(next)).orElse(stored);
    }

    private OAuthAdapter oauth(Stored stored) {
        return kernel.adapter(stored.platform()).oauth();
    }

    private Looked asked(Stored stored, Caller caller) {
        Stored fresh = askedAsItIs(stored) ? stored : renewer.fresh(stored);
        Outcome<AccountIdentity> identified = identify(fresh, caller);
        if (Look.of(identified) != Look.TOKEN_REFUSED) {
            return look(fresh, identified, caller);
        }
        Stored noted = trouble.note(fresh, identified.refusal().orElseThrow()).orElseGet(() -> reread(fresh));
        // a sibling may have renewed between the question and the answer: that pair is asked, not renewed again
        boolean renewedMeanwhile =
                noted.doc().token().version() > fresh.doc().token().version();
        Stored renewed = renewedMeanwhile ? noted : renewer.renew(noted);
        boolean newPair = renewed.doc().token().version() > fresh.doc().token().version();
        boolean usable = newPair && TokenLife.usable(renewed.doc().token(), kernel.now());
        return usable ? look(renewed, identify(renewed, caller), caller) : new Looked(renewed, Look.TOKEN_REFUSED);
    }

    /**
     * A token that cannot be replaced now is asked about itself: one out of a back-up where none is renewed, and a refused one while its
     * renewal has to pause, for the platform may take it again before that.
     */
    private boolean askedAsItIs(Stored stored) {
        TokenDoc token = stored.doc().token();
        if (stored.doc().sides().local() != Sides.Local.HELD) {
            return false;
        }
        if (token.isRestored()) {
            return !oauth(stored).renewal().renewsExpired();
        }
        Instant now = kernel.now();
        Instant again = token.retryAt();
        Instant end = token.accessExpiresAt();
        return token.is(TokenFact.ACCESS_REFUSED)
                && token.phase() == TokenPhase.HEALTHY
                && token.sealed() != null
                && again != null
                && now.isBefore(again)
                && (end == null || now.isBefore(end));
    }

    private Stored reread(Stored stored) {
        return repository.find(stored.record().tenant(), stored.record().id()).orElse(stored);
    }

    private Outcome<AccountIdentity> identify(Stored stored, Caller caller) {
        PlatformAdapter adapter = kernel.adapter(stored.platform());
        return caller.ask(
                adapter.accounts().identify(renewer.access(stored), stored.doc().scopes()));
    }

    private Looked look(Stored stored, Outcome<AccountIdentity> identified, Caller caller) {
        Look look = Look.of(identified);
        return switch (look) {
            case READ -> probe(stored, identified.result().orElseThrow(), caller);
            case NOT_READ -> new Looked(unread(stored, identified.describe()), look);
            case BLOCKED -> new Looked(blocked(stored, identified.refusal().orElseThrow()), look);
            case TOKEN_REFUSED, WAITING, OVER -> noted(stored, identified, look);
        };
    }

    private Looked noted(Stored stored, Outcome<?> outcome, Look look) {
        PlatformError error = outcome.refusal().orElseThrow();
        return new Looked(trouble.note(stored, error).orElseGet(() -> reread(stored)), look);
    }

    private Looked probe(Stored stored, AccountIdentity seen, Caller caller) {
        ConnectionDoc doc = stored.doc();
        if (!sameAccount(doc.account(), seen)) {
            return new Looked(trouble.otherAccount(stored).orElseGet(() -> reread(stored)), Look.OVER);
        }
        PlatformAdapter adapter = kernel.adapter(stored.platform());
        Outcome<List<CapabilityFinding>> probed =
                caller.ask(adapter.accounts().probe(renewer.access(stored), seen, doc.scopes()));
        Look look = Look.of(probed);
        return look.isAboutToken()
                ? noted(stored, probed, look)
                : new Looked(read(stored, named(adapter, seen, probed), judge(doc, adapter, probed)), look);
    }

    private static AccountIdentity named(
            PlatformAdapter adapter, AccountIdentity seen, Outcome<List<CapabilityFinding>> probed) {
        return seen.handle().isEmpty()
                ? adapter.accounts()
                        .handle(probed.result().orElse(List.of()))
                        .map(seen::withHandle)
                        .orElse(seen)
                : seen;
    }

    private Stored read(Stored stored, AccountIdentity account, Map<Capability, HealthDoc> health) {
        ConnectionDoc next = stored.doc().checked(account, health, kernel.now());
        TokenDoc token = next.token();
        boolean renewing = token.intent() != null || token.staged() != null;
        if (!renewing) {
            boolean personActed = token.effect() == TokenEffect.WAITING_FOR_PERSON;
            TokenDoc free = personActed
                    ? token.settled(token.phase(), null, null, TokenTrouble.renewalStillWanted(token))
                    : token;
            next = next.withToken(free.worked());
        }
        return save(stored, next, Look.READ);
    }

    /** Writes a look with its lines of history, and when the next one follows. */
    private Stored save(Stored stored, ConnectionDoc looked, Look look) {
        ConnectionDoc next = looked.withCheckAt(NextLook.after(look, looked, oauth(stored), kernel.now()));
        return repository
                .save(stored, next, changes(stored.doc(), next.health()))
                .orElseGet(() -> reread(stored));
    }

    /** A platform may name one account by several ids. */
    private static boolean sameAccount(AccountIdentity known, AccountIdentity seen) {
        return known.id().equals(seen.id())
                || known.aliases().contains(seen.id())
                || seen.aliases().contains(known.id());
    }

    private Stored unread(Stored stored, String why) {
        Map<Capability, HealthDoc> health = new EnumMap<>(Capability.class);
        for (Capability capability : stored.doc().intent().capabilities()) {
            health.put(capability, unknown(stored.doc(), capability, NOT_ASKED + why));
        }
        return save(stored, stored.doc().checked(stored.doc().account(), health, kernel.now()), Look.NOT_READ);
    }

    /** The account cannot be read although its token is not refused: unusable until the cause is removed at the platform. */
    private Stored blocked(Stored stored, PlatformError error) {
        Map<Capability, HealthDoc> health = new EnumMap<>(Capability.class);
        for (Capability capability : stored.doc().intent().capabilities()) {
            health.put(capability, HealthDoc.of(AccountRefusals.block(stored.doc(), capability, error, kernel.now())));
        }
        return save(stored, stored.doc().checked(stored.doc().account(), health, kernel.now()), Look.BLOCKED);
    }

    private Map<Capability, HealthDoc> judge(
            ConnectionDoc doc, PlatformAdapter adapter, Outcome<List<CapabilityFinding>> probed) {
        Instant now = kernel.now();
        Map<Capability, HealthDoc> health = new EnumMap<>(Capability.class);
        for (Capability capability : doc.intent().capabilities()) {
            if (!HealthRule.grantUnknown(doc)
                    && !adapter.oauth().granted(doc.scopes()).contains(capability)) {
                continue; // shown as not granted
            }
            boolean told = capability == Capability.READ_PROFILE
                    || (capability == Capability.PROFILE_LINK && !HealthRule.grantUnknown(doc));
            health.put(
                    capability,
                    told
                            ? HealthDoc.of(new CapabilityHealth.Ready(
                                    new Evidence(adapter.platform() + ".identity", now, "ok", "the account was read")))
                            : unknown(doc, capability, NOT_ASKED + probed.describe()));
        }
        for (CapabilityFinding finding : probed.result().orElse(List.of())) {
            if (health.containsKey(finding.capability())) {
                HealthDoc before = doc.health().get(finding.capability());
                HealthDoc seen = HealthDoc.of(finding(doc, finding, now));
                boolean proves =
                        finding.blockedBy() != null || adapter.accounts().probeShowsRestrictions();
                boolean shownByPost = before != null && before.believedUntil() != null;
                health.put(
                        finding.capability(), before != null && shownByPost && !proves ? before.unproven(now) : seen);
            }
        }
        return health;
    }

    private static CapabilityHealth finding(ConnectionDoc doc, CapabilityFinding finding, Instant now) {
        Evidence seen = new Evidence(finding.source(), now, finding.code(), finding.detail());
        if (finding.blockedBy() == null) {
            return new CapabilityHealth.Ready(seen, finding.attributes());
        }
        HealthDoc before = doc.health().get(finding.capability());
        Instant since = before != null && finding.code().equals(before.reason()) && before.since() != null
                ? before.since()
                : now;
        return new CapabilityHealth.Blocked(
                finding.code(),
                finding.blockedBy().causeClass(),
                finding.blockedBy().actor(),
                seen,
                since,
                finding.blockedBy().remedy());
    }

    /** No answer is no evidence: a block stays, and an earlier finding is kept with its age. */
    private HealthDoc unknown(ConnectionDoc doc, Capability capability, String why) {
        HealthDoc before = doc.health().get(capability);
        if (before == null) {
            return HealthDoc.of(new CapabilityHealth.Unknown(why));
        }
        boolean stays = before.kind() == CapabilityHealth.Kind.BLOCKED || before.believedUntil() != null;
        return stays
                ? before.unproven(kernel.now())
                : HealthDoc.of(new CapabilityHealth.Unknown(why, before.evidence()));
    }

    static Line[] changes(ConnectionDoc before, Map<Capability, HealthDoc> after) {
        return after.entrySet().stream()
                .filter(entry -> {
                    HealthDoc old = before.health().get(entry.getKey());
                    CapabilityHealth.Kind now = entry.getValue().kind();
                    return old == null ? now == CapabilityHealth.Kind.BLOCKED : now != old.kind();
                })
                .map(entry -> new Line(
                        "platform",
                        "capability_changed",
                        ConnectionRule.changed(entry.getKey(), entry.getValue().health())))
                .toArray(Line[]::new);
    }
}
