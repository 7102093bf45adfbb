package io.linkspan.internal.connection;

import io.linkspan.connection.Capability;
import io.linkspan.connection.CapabilityHealth;
import io.linkspan.connection.Evidence;
import io.linkspan.connection.Sides;
import io.linkspan.internal.Kernel;
import io.linkspan.internal.connection.ConnectionRepository.Stored;
import io.linkspan.internal.wire.ConnectionDoc;
import io.linkspan.internal.wire.HealthDoc;
import io.linkspan.spi.CauseClass;
import io.linkspan.spi.PlatformError;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What posts show about an account that a look may not see: that the platform restricts it, and that it does not any more. Kept at the
 * connection, so that health, attention and explanation know it from the first sight on.
 */
public final class AccountRefusals {
    private static final Set<Capability> POSTING =
            EnumSet.of(Capability.PUBLISH_VIDEO, Capability.PUBLISH_PHOTO, Capability.DELIVER_DRAFT);

    /** A refusal that was written so lately is not written again. */
    private static final Duration FRESH = Duration.ofMinutes(10);

    private final Kernel kernel;
    private final ConnectionRepository repository;

    /** Over a repository. */
    public AccountRefusals(Kernel kernel, ConnectionRepository repository) {
        this.kernel = kernel;
        this.repository = repository;
    }

    /** A refusal as a block; what is blocked for the same reason already stays blocked since then. */
    static CapabilityHealth.Blocked block(ConnectionDoc doc, Capability capability, PlatformError error, Instant now) {
        String reason = error.code().isEmpty() ? "http-" + error.httpStatus() : error.code();
        HealthDoc before = doc.health().get(capability);
        Instant since = before == null || !reason.equals(before.reason()) ? null : before.since();
        return new CapabilityHealth.Blocked(
                reason,
                error.meaning().causeClass(),
                error.meaning().actor(),
                TokenTrouble.evidence(error, now),
                since == null ? now : since,
                error.meaning().remedy());
    }

    /** A post was refused because of the account, which concerns every post, or of a permission, which concerns posts of its kind. */
    public void refused(Stored connection, Capability used, PlatformError error) {
        Set<Capability> concerned = error.meaning().causeClass() == CauseClass.ACCOUNT ? POSTING : like(used);
        change(connection, doc -> {
            Instant now = kernel.now();
            Map<Capability, HealthDoc> health = copy(doc);
            for (Capability capability : concerned) {
                boolean needed = doc.intent().capabilities().contains(capability);
                HealthDoc block = HealthDoc.of(block(doc, capability, error, now));
                if (needed && !isFresh(doc.health().get(capability), block, now)) {
                    health.put(capability, block.believed(now.plus(NextLook.BELIEVED)));
                }
            }
            return health;
        });
    }

    private static boolean isFresh(@Nullable HealthDoc known, HealthDoc block, Instant now) {
        Evidence seen = known == null ? null : known.evidence();
        return known != null
                && seen != null
                && known.kind() == CapabilityHealth.Kind.BLOCKED
                && known.believedUntil() != null
                && String.valueOf(block.reason()).equals(known.reason())
                && now.isBefore(seen.at().plus(FRESH));
    }

    /** A post was taken: what refused posts showed is over. */
    public void taken(Stored connection, Capability used) {
        Set<Capability> like = like(used);
        change(connection, doc -> {
            Evidence seen = new Evidence(doc.platform() + ".post", kernel.now(), "ok", "a post was taken");
            Map<Capability, HealthDoc> health = copy(doc);
            health.replaceAll((capability, known) ->
                    known.believedUntil() != null && (known.cause() == CauseClass.ACCOUNT || like.contains(capability))
                            ? HealthDoc.of(new CapabilityHealth.Ready(seen))
                            : known);
            return health;
        });
    }

    /** Direct posts of any kind need the same permission; drafts need another one. */
    private static Set<Capability> like(Capability capability) {
        return capability == Capability.DELIVER_DRAFT
                ? EnumSet.of(Capability.DELIVER_DRAFT)
                : EnumSet.of(Capability.PUBLISH_VIDEO, Capability.PUBLISH_PHOTO);
    }

    private static Map<Capability, HealthDoc> copy(ConnectionDoc doc) {
        Map<Capability, HealthDoc> health = new EnumMap<>(Capability.class);
        health.putAll(doc.health());
        return health;
    }

    private void change(Stored connection, Function<ConnectionDoc, Map<Capability, HealthDoc>> change) {
        Optional<Stored> current = Optional.of(connection);
        while (current.isPresent() && !written(current.get(), change)) {
            current = repository.find(
                    connection.record().tenant(), connection.record().id());
        }
    }

    private boolean written(Stored stored, Function<ConnectionDoc, Map<Capability, HealthDoc>> change) {
        ConnectionDoc doc = stored.doc();
        Map<Capability, HealthDoc> health = change.apply(doc);
        if (doc.sides().local() != Sides.Local.HELD || health.equals(doc.health())) {
            return true;
        }
        ConnectionDoc seen = doc.withHealth(health);
        Instant next =
                NextLook.whileBlocked(seen, kernel.adapter(stored.platform()).oauth(), kernel.now());
        Instant due = doc.checkAt();
        boolean sooner = due != null && (next == null || due.isBefore(next));
        return repository
                .save(stored, seen.withCheckAt(sooner ? due : next), HealthCheck.changes(doc, health))
                .isPresent();
    }
}
