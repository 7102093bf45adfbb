package io.linkspan.internal.connection;

import io.linkspan.CallInterruptedException;
import io.linkspan.LinkspanException;
import io.linkspan.connection.Capability;
import io.linkspan.connection.CapabilityHealth;
import io.linkspan.connection.Evidence;
import io.linkspan.connection.Sides;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.connection.ConnectionRepository.Line;
import io.linkspan.internal.connection.ConnectionRepository.Stored;
import io.linkspan.internal.wire.ConnectionDoc;
import io.linkspan.internal.wire.HealthDoc;
import io.linkspan.spi.AccountIdentity;
import io.linkspan.spi.CapabilityFinding;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PlatformAdapter;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.Secret;
import io.linkspan.spi.TokenEffect;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks the platform: whose token is it, and what can it do. */
public final class HealthCheck {
    private static final Duration ASK_AGAIN = Duration.ofMinutes(1);

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
        try {
            return moved(asked(stored));
        } catch (CallInterruptedException e) {
            throw e; // that was no look
        } catch (LinkspanException e) {
            try {
                moved(reread(stored));
            } catch (LinkspanException again) {
                e.addSuppressed(again); // it stays due
            }
            throw e;
        }
    }

    /** Whatever comes of a look, the next one is later. */
    private Stored moved(Stored looked) {
        Instant due = looked.doc().checkAt();
        return due == null || kernel.now().isBefore(due)
                ? looked
                : repository
                        .save(looked, looked.doc().withCheckAt(NextLook.after(looked.doc(), kernel.now())))
                        .orElse(looked);
    }

    private Stored asked(Stored stored) {
        Stored fresh = askedAsItIs(stored) ? stored : renewer.fresh(stored);
        Outcome<AccountIdentity> whose = identify(fresh);
        boolean renewHelps = whose.refusal()
                .filter(error -> error.meaning().tokenEffect() == TokenEffect.RENEW)
                .isPresent();
        if (!renewHelps) {
            return look(fresh, whose);
        }
        Stored noted = trouble.note(fresh, whose.refusal().orElseThrow()).orElseGet(() -> reread(fresh));
        // a sibling may have renewed between the question and the answer: that pair is asked, not renewed again
        boolean renewedMeanwhile =
                noted.doc().token().version() > fresh.doc().token().version();
        Stored renewed = renewedMeanwhile ? noted : renewer.renew(noted);
        boolean newPair = renewed.doc().token().version() > fresh.doc().token().version();
        boolean usable = newPair && TokenLife.usable(renewed.doc().token(), kernel.now());
        return usable ? look(renewed, identify(renewed)) : renewed;
    }

    /** A token out of a back-up that cannot be replaced, or not yet, is asked about itself. */
    private boolean askedAsItIs(Stored stored) {
        return stored.doc().sides().local() == Sides.Local.HELD
                && stored.doc().token().isRestored()
                && !kernel.adapter(stored.platform()).oauth().renewal().renewsExpired();
    }

    private Stored reread(Stored stored) {
        return repository.find(stored.record().tenant(), stored.record().id()).orElse(stored);
    }

    private Outcome<AccountIdentity> identify(Stored stored) {
        PlatformAdapter adapter = kernel.adapter(stored.platform());
        return kernel.caller(stored.record().tenant(), stored.record().id())
                .ask(adapter.accounts()
                        .identify(renewer.access(stored), stored.doc().scopes()));
    }

    private Stored look(Stored stored, Outcome<AccountIdentity> whose) {
        if (!(whose instanceof Outcome.Done<AccountIdentity> done)) {
            Optional<PlatformError> error = whose.refusal();
            if (error.isPresent() && error.get().meaning().tokenEffect() != TokenEffect.NONE) {
                return trouble.note(stored, error.get()).orElseGet(() -> reread(stored));
            }
            return unreadable(stored, whose.describe());
        }
        if (!sameAccount(stored.doc().account(), done.value())) {
            return trouble.otherAccount(stored).orElseGet(() -> reread(stored));
        }
        PlatformAdapter adapter = kernel.adapter(stored.platform());
        Secret access = renewer.access(stored);
        Outcome<List<CapabilityFinding>> probed = kernel.caller(
                        stored.record().tenant(), stored.record().id())
                .ask(adapter.accounts().probe(access, done.value(), stored.doc().scopes()));
        Map<Capability, HealthDoc> health = judge(stored.doc(), adapter, probed);
        AccountIdentity account = done.value().handle().isEmpty()
                ? adapter.accounts()
                        .handle(probed.result().orElse(List.of()))
                        .map(done.value()::withHandle)
                        .orElse(done.value())
                : done.value();
        ConnectionDoc next = stored.doc().checked(account, health, kernel.now());
        boolean renewing = next.token().intent() != null || next.token().staged() != null;
        if (!renewing) {
            boolean personActed = next.token().effect() == TokenEffect.WAITING_FOR_PERSON;
            next = next.withToken(
                    personActed
                            ? next.token()
                                    .settled(
                                            next.token().phase(),
                                            null,
                                            null,
                                            TokenTrouble.renewalStillWanted(next.token()))
                                    .worked()
                            : next.token().worked());
        }
        Line[] lines = changes(stored.doc(), health);
        return repository.save(stored, next, lines).orElseGet(() -> reread(stored));
    }

    /** A platform may name one account by several ids. */
    private static boolean sameAccount(AccountIdentity known, AccountIdentity seen) {
        return known.id().equals(seen.id())
                || known.aliases().contains(seen.id())
                || seen.aliases().contains(known.id());
    }

    private Stored unreadable(Stored stored, String why) {
        Map<Capability, HealthDoc> health = new EnumMap<>(Capability.class);
        stored.doc()
                .intent()
                .capabilities()
                .forEach(capability -> health.put(
                        capability,
                        HealthDoc.of(unknown(stored.doc(), capability, "the platform could not be asked: " + why))));
        ConnectionDoc next = stored.doc().checked(stored.doc().account(), health, kernel.now());
        Instant again = askedAsItIs(stored) ? kernel.now().plus(ASK_AGAIN) : NextLook.after(next, kernel.now());
        return repository.save(stored, next.withCheckAt(again)).orElseGet(() -> reread(stored));
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
            CapabilityHealth seen = told
                    ? new CapabilityHealth.Ready(
                            new Evidence(adapter.platform() + ".identity", now, "ok", "the account was read"))
                    : unknown(doc, capability, "the platform could not be asked: " + probed.describe());
            health.put(capability, HealthDoc.of(seen));
        }
        for (CapabilityFinding finding : probed.result().orElse(List.of())) {
            if (health.containsKey(finding.capability())) {
                health.put(finding.capability(), HealthDoc.of(finding(doc, finding, now)));
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

    /** What was seen before is kept beside it; its age tells how much it is worth. */
    private static CapabilityHealth unknown(ConnectionDoc doc, Capability capability, String why) {
        HealthDoc before = doc.health().get(capability);
        return new CapabilityHealth.Unknown(why, before == null ? null : before.evidence());
    }

    private static Line[] changes(ConnectionDoc before, Map<Capability, HealthDoc> after) {
        return after.entrySet().stream()
                .filter(entry -> {
                    HealthDoc old = before.health().get(entry.getKey());
                    return old != null && old.kind() != entry.getValue().kind();
                })
                .map(entry -> new Line(
                        "platform",
                        "capability_changed",
                        entry.getKey() + ": " + entry.getValue().health().describe()))
                .toArray(Line[]::new);
    }
}
