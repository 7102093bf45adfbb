package io.linkspan.internal.wire;

import io.linkspan.Platform;
import io.linkspan.connection.Capability;
import io.linkspan.connection.Sides;
import io.linkspan.link.Intent;
import io.linkspan.spi.AccountIdentity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A connection.
 *
 * @param format 1
 * @param platform platform name
 * @param registration app registration
 * @param intent what for
 * @param account the account
 * @param requestedScopes asked for
 * @param scopes granted
 * @param token the tokens
 * @param sides the three sides
 * @param health what is known per capability
 * @param linkedAt last consent
 * @param checkedAt last look
 * @param checkAt when to look, asked for by a signed message
 * @param revoke a disconnect under way or done
 * @param lastSequence last position in the history
 * @param pending lines of history not yet known to be kept
 * @param toldSequence last position in the history that every listener has heard; null as 0
 * @param removal a removal that was reported and is not settled
 */
public record ConnectionDoc(
        int format,
        String platform,
        String registration,
        Intent intent,
        AccountIdentity account,
        Set<String> requestedScopes,
        Set<String> scopes,
        TokenDoc token,
        Sides sides,
        Map<Capability, HealthDoc> health,
        Instant linkedAt,
        @Nullable Instant checkedAt,
        @Nullable Instant checkAt,
        @Nullable RevokeDoc revoke,
        long lastSequence,
        List<HistoryDoc> pending,
        @Nullable Long toldSequence,
        @Nullable RemovalDoc removal)
        implements Payload.Checked {
    @Override
    public void check() {
        Payload.need(registration, intent, account, requestedScopes, scopes, token, sides, health, linkedAt, pending);
        Platform.of(platform);
        token.check();
        health.values().forEach(known -> Payload.need(known.kind()));
        pending.forEach(HistoryDoc::check);
        if (revoke != null) {
            revoke.check();
        }
        if (removal != null) {
            removal.check();
        }
    }

    /** Nothing of it told yet. */
    public ConnectionDoc(
            int format,
            String platform,
            String registration,
            Intent intent,
            AccountIdentity account,
            Set<String> requestedScopes,
            Set<String> scopes,
            TokenDoc token,
            Sides sides,
            Map<Capability, HealthDoc> health,
            Instant linkedAt,
            @Nullable Instant checkedAt,
            @Nullable Instant checkAt,
            @Nullable RevokeDoc revoke,
            long lastSequence,
            List<HistoryDoc> pending) {
        this(
                format,
                platform,
                registration,
                intent,
                account,
                requestedScopes,
                scopes,
                token,
                sides,
                health,
                linkedAt,
                checkedAt,
                checkAt,
                revoke,
                lastSequence,
                pending,
                null,
                null);
    }

    /** Last position in the history that every listener has heard. */
    public long told() {
        return toldSequence == null ? 0 : toldSequence;
    }

    /** A copy that can be changed; lives for one change only. */
    private static final class Draft {
        private int format;
        private String platform;
        private String registration;
        private Intent intent;
        private AccountIdentity account;
        private Set<String> requestedScopes;
        private Set<String> scopes;
        private TokenDoc token;
        private Sides sides;
        private Map<Capability, HealthDoc> health;
        private Instant linkedAt;
        private @Nullable Instant checkedAt;
        private @Nullable Instant checkAt;
        private @Nullable RevokeDoc revoke;
        private long lastSequence;
        private List<HistoryDoc> pending;
        private @Nullable Long toldSequence;
        private @Nullable RemovalDoc removal;

        Draft(ConnectionDoc from) {
            this.format = from.format;
            this.platform = from.platform;
            this.registration = from.registration;
            this.intent = from.intent;
            this.account = from.account;
            this.requestedScopes = from.requestedScopes;
            this.scopes = from.scopes;
            this.token = from.token;
            this.sides = from.sides;
            this.health = from.health;
            this.linkedAt = from.linkedAt;
            this.checkedAt = from.checkedAt;
            this.checkAt = from.checkAt;
            this.revoke = from.revoke;
            this.lastSequence = from.lastSequence;
            this.pending = from.pending;
            this.toldSequence = from.toldSequence;
            this.removal = from.removal;
        }

        ConnectionDoc build() {
            return new ConnectionDoc(
                    format,
                    platform,
                    registration,
                    intent,
                    account,
                    requestedScopes,
                    scopes,
                    token,
                    sides,
                    health,
                    linkedAt,
                    checkedAt,
                    checkAt,
                    revoke,
                    lastSequence,
                    pending,
                    toldSequence,
                    removal);
        }
    }

    private ConnectionDoc with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.build();
    }

    /** With other tokens. */
    public ConnectionDoc withToken(TokenDoc next) {
        return with(draft -> draft.token = next);
    }

    /** With other granted scopes. */
    public ConnectionDoc withScopes(Set<String> next) {
        return with(draft -> draft.scopes = next);
    }

    /** With other sides. */
    public ConnectionDoc withSides(Sides next) {
        return with(draft -> draft.sides = next);
    }

    /** With another disconnect. */
    public ConnectionDoc withRevoke(@Nullable RevokeDoc next) {
        return with(draft -> draft.revoke = next);
    }

    /** With a look asked for. */
    public ConnectionDoc withCheckAt(@Nullable Instant next) {
        return with(draft -> draft.checkAt = next);
    }

    /** With other knowledge of its capabilities. */
    public ConnectionDoc withHealth(Map<Capability, HealthDoc> found) {
        return with(draft -> draft.health = found);
    }

    /** After a look. */
    public ConnectionDoc checked(AccountIdentity seen, Map<Capability, HealthDoc> found, Instant at) {
        return with(draft -> {
            draft.account = seen;
            draft.health = found;
            draft.checkedAt = at;
            draft.checkAt = null;
        });
    }

    /** With a reported removal, or without. */
    public ConnectionDoc withRemoval(@Nullable RemovalDoc next) {
        return with(draft -> draft.removal = next);
    }

    /** Nothing about the account is left. */
    public ConnectionDoc forgotten() {
        return with(draft -> {
            draft.account = new AccountIdentity("deleted", Set.of(), "", "", Map.of());
            draft.health = Map.of();
            draft.checkAt = null;
            draft.revoke = null;
            draft.removal = null;
        });
    }

    /** With other lines of history, and how far they were told. */
    public ConnectionDoc withHistory(long last, List<HistoryDoc> lines, long told) {
        return with(draft -> {
            draft.lastSequence = last;
            draft.pending = List.copyOf(lines);
            draft.toldSequence = told;
        });
    }
}
