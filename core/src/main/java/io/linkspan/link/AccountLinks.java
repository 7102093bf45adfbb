package io.linkspan.link;

import io.linkspan.Owner;
import io.linkspan.Platform;
import io.linkspan.connection.ConnectHelp;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.Explanation;
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
     * @throws io.linkspan.NotFoundException when a connection is missing
     * @throws io.linkspan.ConflictException when both are on one platform, one is disconnected, or one was granted less than the
     *     intent needs
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
     * Where a link stands, from both connections and the last look at the profiles.
     *
     * @param owner whose
     * @param id the link; a parted one too
     * @return the status; empty when there is no such link, or it is someone else's
     */
    Optional<LinkStatus> status(Owner owner, AccountLinkId id);

    /**
     * Looks at both profiles now: whether each shows the other account, where the platform lets an app read it.
     *
     * <p>The worker does the same on its own for links whose intent is visible, once a day by default.
     *
     * @param owner whose
     * @param id the link
     * @return what both profiles show
     * @throws io.linkspan.NotFoundException when there is no such link of this owner
     */
    ProfileCheck check(Owner owner, AccountLinkId id);

    /**
     * What the last look saw. Asks nothing.
     *
     * @param owner whose
     * @param id the link
     * @return what both profiles showed; empty when nobody has looked, or there is no such link
     */
    Optional<ProfileCheck> lastCheck(Owner owner, AccountLinkId id);

    /**
     * Notes that a person saw the association on a profile, such as the Instagram icon on TikTok, which no API shows. Holds
     * until the other account's handle changes; settles a drift.
     *
     * @param owner whose
     * @param id the link
     * @param profile the platform whose profile the person looked at
     * @param person who, at most 500 characters; kept in the history
     * @param what what was seen, in their words, at most 500 characters
     * @return what both profiles show
     * @throws io.linkspan.NotFoundException when there is no such link of this owner, or it has no account on that platform
     */
    ProfileCheck attest(Owner owner, AccountLinkId id, Platform profile, String person, String what);

    /**
     * The addresses to paste by hand, with the steps: the fallback where no app can put them.
     *
     * @param owner whose
     * @param id the link
     * @return one per profile; without the one whose handle is not known
     * @throws io.linkspan.NotFoundException when there is no such link of this owner
     */
    List<ManualUrl> manualUrls(Owner owner, AccountLinkId id);

    /**
     * Help for a user whose profile does not show the other account. Records the report in the history, so that the help grows with each
     * report of the same kind within 24 hours; the fourth one leaves the address as the way out. Does not call a platform.
     *
     * @param owner the owner
     * @param id the link
     * @param profile the platform whose profile the user edits
     * @param trouble the trouble, as the user reports it
     * @return the help
     * @throws io.linkspan.NotFoundException when there is no such link of this owner, or it has no account on that platform
     */
    ConnectHelp reportTrouble(Owner owner, AccountLinkId id, Platform profile, ProfileTrouble trouble);

    /**
     * A support-ready account of a link and both its connections.
     *
     * @param owner whose
     * @param id the link; a parted one too
     * @return the account, for text and JSON
     * @throws io.linkspan.NotFoundException when there is no such link of this owner
     */
    Explanation explain(Owner owner, AccountLinkId id);

    /**
     * What happened to a link.
     *
     * @param owner whose
     * @param id the link
     * @return the entries, oldest first
     */
    List<HistoryEntry> history(Owner owner, AccountLinkId id);
}
