package io.linkspan.internal.entry;

import io.linkspan.Owner;
import io.linkspan.Platform;
import io.linkspan.connection.ConnectHelp;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.Explanation;
import io.linkspan.connection.HistoryEntry;
import io.linkspan.link.AccountLink;
import io.linkspan.link.AccountLinkId;
import io.linkspan.link.AccountLinks;
import io.linkspan.link.Intent;
import io.linkspan.link.LinkStatus;
import io.linkspan.link.ManualUrl;
import io.linkspan.link.ProfileCheck;
import io.linkspan.link.ProfileTrouble;
import java.util.List;
import java.util.Optional;

/** {@link AccountLinks} behind the gate. */
public final class GatedAccountLinks implements AccountLinks {
    private final AccountLinks inner;
    private final Gate gate;

    /** Over the one that does it. */
    public GatedAccountLinks(AccountLinks inner, Gate gate) {
        this.inner = inner;
        this.gate = gate;
    }

    @Override
    public AccountLink link(Owner owner, ConnectionId one, ConnectionId other, Intent intent) {
        return gate.call(() -> inner.link(owner, one, other, intent));
    }

    @Override
    public Optional<AccountLink> find(Owner owner, AccountLinkId id) {
        return gate.call(() -> inner.find(owner, id));
    }

    @Override
    public boolean unlink(Owner owner, AccountLinkId id, String reason) {
        return gate.call(() -> inner.unlink(owner, id, reason));
    }

    @Override
    public Optional<LinkStatus> status(Owner owner, AccountLinkId id) {
        return gate.call(() -> inner.status(owner, id));
    }

    @Override
    public ProfileCheck check(Owner owner, AccountLinkId id) {
        return gate.reach(() -> inner.check(owner, id));
    }

    @Override
    public Optional<ProfileCheck> lastCheck(Owner owner, AccountLinkId id) {
        return gate.call(() -> inner.lastCheck(owner, id));
    }

    @Override
    public ProfileCheck attest(Owner owner, AccountLinkId id, Platform profile, String person, String what) {
        return gate.call(() -> inner.attest(owner, id, profile, person, what));
    }

    @Override
    public List<ManualUrl> manualUrls(Owner owner, AccountLinkId id) {
        return gate.call(() -> inner.manualUrls(owner, id));
    }

    @Override
    public ConnectHelp reportTrouble(Owner owner, AccountLinkId id, Platform profile, ProfileTrouble trouble) {
        return gate.call(() -> inner.reportTrouble(owner, id, profile, trouble));
    }

    @Override
    public Explanation explain(Owner owner, AccountLinkId id) {
        return gate.call(() -> inner.explain(owner, id));
    }

    @Override
    public List<HistoryEntry> history(Owner owner, AccountLinkId id) {
        return gate.call(() -> inner.history(owner, id));
    }
}
