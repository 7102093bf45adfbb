package io.linkspan.link;

import io.linkspan.Owner;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.HistoryEntry;
import java.util.List;
import java.util.Optional;

/** Joins and parts connections. Thread-safe, blocking. */
public interface AccountLinks {
    /**
     * Joins two connections of one owner on different platforms.
     *
     * @param owner whose
     * @param one a connection
     * @param other a connection on another platform
     * @param intent what for
     * @return the link; the existing one when the two are joined already, with this intent
     * @throws IllegalArgumentException when a connection is missing, both are on one platform, or one was granted for
     *     less than the intent needs
     */
    AccountLink link(Owner owner, ConnectionId one, ConnectionId other, Intent intent);

    /**
     * Finds a link.
     *
     * @param owner whose
     * @param id its id
     * @return the link; empty when there is none, or it is someone else's
     */
    Optional<AccountLink> find(Owner owner, AccountLinkId id);

    /**
     * Parts two connections; both stay connected.
     *
     * @param owner whose
     * @param id the link
     * @param reason who parts them and why; kept in the history
     * @return true when it existed
     */
    boolean unlink(Owner owner, AccountLinkId id, String reason);

    /**
     * What happened to a link.
     *
     * @param owner whose
     * @param id the link
     * @return the entries, oldest first
     */
    List<HistoryEntry> history(Owner owner, AccountLinkId id);
}
