package io.linkspan.internal.connection;

import io.linkspan.CallInterruptedException;
import io.linkspan.connection.Disconnect;
import io.linkspan.connection.DisconnectReport;
import io.linkspan.connection.SharedGrants;
import io.linkspan.connection.Sides;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.connection.ConnectionRepository.Line;
import io.linkspan.internal.connection.ConnectionRepository.Stored;
import io.linkspan.internal.http.SendPermit;
import io.linkspan.internal.wire.ConnectionDoc;
import io.linkspan.internal.wire.RevokeDoc;
import io.linkspan.internal.wire.StepClaim;
import io.linkspan.internal.wire.TokenPhase;
import io.linkspan.spi.RevocationAdapter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The disconnect saga over three sides. "Revoked" is said only when the platform refuses a token that worked before, or a
 * signed message says so; until then it goes on by itself, one process at a time, and the tokens are kept for nothing else.
 */
public final class Disconnector {
    /** Longer than the calls of one step take together. */
    private static final Duration CLAIM = Duration.ofMinutes(5);

    /** Until when a revocation may leave, so that its answer comes while the step is claimed. */
    private static final Duration SEND_WITHIN = CLAIM.dividedBy(2);

    private final Kernel kernel;
    private final ConnectionRepository repository;
    private final Views views;
    private final Predicate<Stored> stopPublishing;
    private final RevocationRecord record;
    private final RevocationSteps steps;

    /** Over its parts; the last stops publishing and answers whether the fate of a post hangs on a live token. */
    public Disconnector(
            Kernel kernel,
            ConnectionRepository repository,
            Views views,
            Renewer renewer,
            Predicate<Stored> stopPublishing) {
        this.kernel = kernel;
        this.repository = repository;
        this.views = views;
        this.stopPublishing = stopPublishing;
        this.record = new RevocationRecord(kernel, repository);
        this.steps = new RevocationSteps(kernel, repository, renewer, record);
    }

    /** Disconnects as far as it goes now. */
    public DisconnectReport disconnect(Stored first, Disconnect how) {
        Stored stored = first;
        boolean asked = stored.doc().sides().local() == Sides.Local.HELD;
        while (stored.doc().sides().local() == Sides.Local.HELD) {
            Stored read = stored;
            stored = ask(read, how).orElseGet(() -> reread(read));
        }
        boolean inDoubt = stopPublishing.test(stored);
        return report(asked && inDoubt && how.revokeGrant() ? afterTheDoubt(stored) : step(stored));
    }

    private Optional<Stored> ask(Stored stored, Disconnect how) {
        ConnectionDoc doc = stored.doc();
        boolean unclear = doc.token().phase() == TokenPhase.UNCLEAR;
        RevokeDoc revoke = RevokeDoc.asked(kernel.now(), how.reason(), how.revokeGrant(), unclear);
        boolean noTokens = doc.token().sealed() == null;
        ConnectionDoc next = doc.withRevoke(revoke)
                .withCheckAt(null)
                .withToken(doc.token().revoking())
                .withSides(doc.sides().withLocal(noTokens ? Sides.Local.WIPED : Sides.Local.REVOKE_ONLY));
        return repository.save(
                stored,
                next,
                new Line(how.reason(), "disconnect_requested", how.revokeGrant() ? "on every side" : "local only"));
    }

    /** A post may have landed, and only a live token can tell: the revocation waits a little. */
    private Stored afterTheDoubt(Stored stored) {
        RevokeDoc revoke = stored.doc().revoke();
        if (revoke == null || revoke.tries() > 0 || revoke.claim() != null) {
            return stored;
        }
        RevokeDoc later = revoke.dueAt(kernel.now().plus(kernel.settings().doubtWait()))
                .seen(record.note(
                        "linkspan.publish", "in_doubt", "the revocation waits until it is known what was posted"));
        return repository.save(stored, stored.doc().withRevoke(later)).orElseGet(() -> reread(stored));
    }

    /** Goes on with a disconnect that is due; another process that works on it is left alone. */
    public Stored step(Stored stored) {
        RevokeDoc revoke = stored.doc().revoke();
        if (revoke == null || stored.doc().sides().local() != Sides.Local.REVOKE_ONLY) {
            return stored;
        }
        boolean free = revoke.claim() == null ? waited(stored, revoke) : over(stored, revoke.claim());
        if (!free) {
            return stored;
        }
        SendPermit permit = kernel.permit(SEND_WITHIN);
        StepClaim mine = new StepClaim(kernel.settings().node(), kernel.now().plus(CLAIM));
        RevokeDoc next = revoke.claimedBy(mine);
        return repository
                .save(stored, stored.doc().withRevoke(next))
                .map(held -> worked(held, revoke, next, permit))
                .orElseGet(() -> reread(stored));
    }

    /** Whether a process left a disconnect in the middle of a step, or before the first one. */
    public boolean abandoned(Stored stored) {
        RevokeDoc revoke = stored.doc().revoke();
        if (revoke == null || stored.doc().sides().local() != Sides.Local.REVOKE_ONLY) {
            return false;
        }
        return revoke.claim() == null ? revoke.tries() == 0 && waited(stored, revoke) : over(stored, revoke.claim());
    }

    /** Whether the first step has waited for the doubt about a post; later ones are tried whenever somebody asks for them. */
    private boolean waited(Stored stored, RevokeDoc revoke) {
        Instant until = revoke.nextAt();
        if (revoke.tries() > 0 || until == null) {
            return true;
        }
        String what =
                "doubt\n" + stored.record().tenant() + "\n" + stored.record().id();
        return kernel.leases()
                .over(
                        what,
                        "disconnect " + stored.record().id(),
                        until,
                        kernel.settings().doubtWait(),
                        kernel.now());
    }

    private boolean over(Stored stored, StepClaim claim) {
        String what = "disconnect\n" + stored.record().tenant() + "\n"
                + stored.record().id();
        return kernel.leases().over(what, "node " + claim.node(), claim.until(), CLAIM, kernel.now());
    }

    /** A step that was stopped before anything was sent leaves no claim, so that the next one does not wait for its end. */
    private Stored worked(Stored held, RevokeDoc before, RevokeDoc claimed, SendPermit permit) {
        try {
            return work(held, claimed, permit);
        } catch (CallInterruptedException e) {
            repository.save(held, held.doc().withRevoke(before));
            throw e;
        }
    }

    private Stored work(Stored stored, RevokeDoc revoke, SendPermit permit) {
        SharedGrants rule = kernel.settings().sharedGrants();
        if (!revoke.revokeGrant() || rule == SharedGrants.KEEP_ALWAYS) {
            String why = revoke.revokeGrant()
                    ? "platform grant not revoked (policy): this product never does"
                    : "local only, as asked; the grant at the platform stays";
            return record.finish(stored, revoke.next(null), Sides.Grant.KEPT_BY_POLICY, why);
        }
        if (rule == SharedGrants.KEEP_WHILE_SHARED && sharedWithOthers(stored)) {
            return record.finish(
                    stored,
                    revoke.next(null),
                    Sides.Grant.KEPT_BY_POLICY,
                    "platform grant not revoked (policy): another connection of this product may rest on it");
        }
        // whatever the retention, the platform is asked once
        return revoke.tries() > 0 && record.retentionOver(revoke)
                ? record.giveUp(stored, revoke)
                : steps.revokeAndVerify(stored, revoke, permit);
    }

    private boolean sharedWithOthers(Stored stored) {
        return repository.mayBeHeld(
                kernel.adapter(stored.platform()),
                stored.doc().account().id(),
                other -> !(other.id().equals(stored.record().id())
                        && other.tenant().equals(stored.record().tenant())));
    }

    private Stored reread(Stored stored) {
        return repository.find(stored.record().tenant(), stored.record().id()).orElse(stored);
    }

    /** What is known, and what only a person can do. */
    public DisconnectReport report(Stored stored) {
        Sides sides = stored.doc().sides();
        RevocationAdapter revocation = kernel.adapter(stored.platform()).revocation();
        List<String> forPerson = new ArrayList<>();
        if (!sides.grantProvenGone() && sides.grant() != Sides.Grant.KEPT_BY_POLICY) {
            forPerson.add(revocation.removeAppGuidance());
        }
        if (sides.visibleLink() == Sides.VisibleLink.UNKNOWN) {
            forPerson.add(revocation.removeProfileLinkGuidance());
        }
        RevokeDoc revoke = stored.doc().revoke();
        return new DisconnectReport(
                views.connection(stored), sides, revoke == null ? List.of() : revoke.evidence(), forPerson);
    }
}
