package io.linkspan.internal.connection;

import io.linkspan.AuthorizationException;
import io.linkspan.CallInterruptedException;
import io.linkspan.LinkspanException;
import io.linkspan.connection.CapabilityHealth;
import io.linkspan.connection.Evidence;
import io.linkspan.connection.Sides;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.connection.ConnectionRepository.Line;
import io.linkspan.internal.connection.ConnectionRepository.Stored;
import io.linkspan.internal.explain.PlainWords;
import io.linkspan.internal.wire.ConnectionDoc;
import io.linkspan.internal.wire.RemovalDoc;
import io.linkspan.internal.wire.RevokeDoc;
import io.linkspan.internal.wire.TokenDoc;
import io.linkspan.internal.wire.TokenFact;
import io.linkspan.internal.wire.TokenPhase;
import io.linkspan.spi.PlatformEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reported removals. A report is a hint: the token has the last word, and tokens are erased only when it agrees, or when the
 * platform could not be asked until the grace ended.
 */
public final class Removals {
    private static final Logger log = LoggerFactory.getLogger(Removals.class);
    private static final Duration GRACE = Duration.ofHours(24);
    /** A token may outlive its removal by a little; looks after the first. */
    private static final List<Duration> LOOKS =
            List.of(Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofHours(6));

    private final Kernel kernel;
    private final ConnectionRepository repository;
    private final HealthCheck healthCheck;
    private final Consumer<Stored> stopPublishing;

    /** Over its parts; the last stops the posts of a connection that is over. */
    public Removals(
            Kernel kernel, ConnectionRepository repository, HealthCheck healthCheck, Consumer<Stored> stopPublishing) {
        this.kernel = kernel;
        this.repository = repository;
        this.healthCheck = healthCheck;
        this.stopPublishing = stopPublishing;
    }

    /** Takes a report; false when it is about a consent before the present one, or nothing new. */
    boolean reported(Stored first, PlatformEvent.AccessRemoved event) {
        Stored stored = first;
        while (true) {
            if (event.at().plusSeconds(1).isBefore(stored.doc().linkedAt())) {
                return false;
            }
            Evidence seen = new Evidence(
                    stored.platform() + ".webhook",
                    kernel.now(),
                    event.code(),
                    (event.byPerson() ? "the person removed the app" : "access was removed") + " at "
                            + PlainWords.time(event.at()));
            if (stored.doc().sides().local() != Sides.Local.HELD) {
                return settled(stored, seen, event.byPerson());
            }
            RemovalDoc removal =
                    new RemovalDoc(seen, event.byPerson(), kernel.now().plus(GRACE), 0, kernel.now());
            Optional<Stored> noted = repository.save(
                    stored, stored.doc().withRemoval(removal), new Line("platform", "removal_reported", seen));
            if (noted.isPresent()) {
                if (!kernel.hostTransactions().running()) { // there the look is the worker's; it is due now
                    look(noted.get());
                }
                return true;
            }
            stored = reread(stored);
        }
    }

    /** Whether a look is due. */
    public boolean due(Stored stored) {
        RemovalDoc removal = stored.doc().removal();
        return removal != null
                && stored.doc().sides().local() == Sides.Local.HELD
                && !kernel.now().isBefore(removal.nextAt());
    }

    /** Looks at the token, and draws the consequence. */
    public void look(Stored stored) {
        Instant start = kernel.now();
        Stored looked;
        try {
            looked = healthCheck.check(stored);
        } catch (AuthorizationException e) {
            looked = reread(stored); // the status says it
        } catch (CallInterruptedException e) {
            return; // that was no look; it stays due
        } catch (LinkspanException e) {
            log.debug("removal not settled connection={}", stored.record().id(), e);
            looked = reread(stored);
        }
        while (looked.doc().removal() != null && looked.doc().sides().local() == Sides.Local.HELD) {
            Optional<Stored> saved = judged(looked, start);
            if (saved.isPresent()) {
                return;
            }
            looked = reread(looked);
        }
    }

    private Optional<Stored> judged(Stored looked, Instant start) {
        ConnectionDoc doc = looked.doc();
        RemovalDoc removal = java.util.Objects.requireNonNull(doc.removal());
        boolean over = !kernel.now().isBefore(removal.until());
        boolean refused = proves(doc.token(), kernel.now());
        if (refused || (over && !works(doc, start))) {
            String why = refused ? "confirmed by the refused token" : "not disproved within " + GRACE.toHours() + " h";
            Optional<Stored> ended = repository.save(
                    looked,
                    TokenTrouble.removed(doc, removal.seen(), grant(removal.byPerson()))
                            .withRemoval(null),
                    new Line(
                            removal.byPerson() ? "person" : "platform",
                            "access_removed",
                            "reported by a signed message and " + why + ": "
                                    + removal.seen().describe()));
            ended.ifPresent(stopPublishing); // after the tokens are gone, so that nothing more can leave
            return ended;
        }
        if (over) {
            return repository.save(
                    looked, doc.withRemoval(null), new Line("platform", "removal_not_confirmed", "the token works on"));
        }
        Instant next = removal.looks() < LOOKS.size() ? kernel.now().plus(LOOKS.get(removal.looks())) : removal.until();
        return repository.save(
                looked, doc.withRemoval(removal.looked(next.isBefore(removal.until()) ? next : removal.until())));
    }

    /**
     * Whether the token is refused, which is proof together with the signed message: unless it has ended by itself, or the refusal is older
     * than the present tokens and so about others.
     */
    static boolean proves(TokenDoc token, Instant now) {
        Instant end = token.accessExpiresAt();
        boolean ended = end != null && !now.isBefore(end);
        boolean refused = token.phase() == TokenPhase.REAUTH_REQUIRED
                || (token.is(TokenFact.ACCESS_REFUSED) && !token.isRestored() && !ended);
        Evidence seen = token.cause();
        return refused && seen != null && !seen.at().isBefore(token.issuedAt());
    }

    private static boolean works(ConnectionDoc doc, Instant start) {
        Instant checked = doc.checkedAt();
        return checked != null
                && !checked.isBefore(start)
                && doc.health().values().stream().anyMatch(seen -> seen.kind() == CapabilityHealth.Kind.READY);
    }

    private static Sides.Grant grant(boolean byPerson) {
        return byPerson ? Sides.Grant.REMOVED_BY_PERSON : Sides.Grant.REVOKED_VERIFIED;
    }

    /** Being disconnected already: the signed message is the proof that was missing. */
    private boolean settled(Stored first, Evidence seen, boolean byPerson) {
        Stored stored = first;
        while (!stored.doc().sides().grantProvenGone()) {
            Sides.Grant grant = grant(byPerson);
            RevokeDoc revoke = stored.doc().revoke();
            Optional<Stored> saved = repository.save(
                    stored,
                    TokenTrouble.removed(stored.doc(), seen, grant)
                            .withRevoke(
                                    revoke == null ? null : revoke.seen(seen).next(null)),
                    new Line(
                            byPerson ? "person" : "platform",
                            "grant_" + grant.name().toLowerCase(Locale.ROOT),
                            seen.describe()),
                    new Line("linkspan", "tokens_wiped", "erased from the record"));
            if (saved.isPresent()) {
                return true;
            }
            stored = reread(stored);
        }
        return false;
    }

    private Stored reread(Stored stored) {
        return repository.find(stored.record().tenant(), stored.record().id()).orElse(stored);
    }
}
