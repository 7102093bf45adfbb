package io.linkspan.connection;

import io.linkspan.Owner;
import io.linkspan.connection.Explanation.Who;
import io.linkspan.link.AccountLinkId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A connection or an account link that somebody should look at.
 *
 * @param owner whose
 * @param connectionId the connection, or null when it is a link
 * @param linkId the link, or null when it is a connection
 * @param since since when
 * @param reasons why; at least one
 */
public record Attention(
        Owner owner,
        @Nullable ConnectionId connectionId,
        @Nullable AccountLinkId linkId,
        Instant since,
        List<Reason> reasons) {
    /**
     * Copies the list.
     *
     * @param owner whose
     * @param connectionId the connection, or null when it is a link
     * @param linkId the link, or null when it is a connection
     * @param since since when
     * @param reasons why; at least one
     */
    public Attention {
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(since, "since");
        reasons = List.copyOf(reasons);
        if ((connectionId == null) == (linkId == null)) {
            throw new IllegalArgumentException("attention is for a connection or for a link, and for one of them");
        }
    }

    /**
     * The connection.
     *
     * @return its id; empty when it is a link
     */
    public Optional<ConnectionId> connection() {
        return Optional.ofNullable(connectionId);
    }

    /**
     * The account link.
     *
     * @return its id; empty when it is a connection
     */
    public Optional<AccountLinkId> link() {
        return Optional.ofNullable(linkId);
    }

    /**
     * Why somebody should look at it.
     *
     * @param code stable code: a status such as {@code expired}, the reason of a block, {@code consent_ends},
     *     {@code profile_drifted} or {@code unreadable}
     * @param detail in words
     * @param since since when
     * @param who who can do something
     */
    public record Reason(String code, String detail, Instant since, Who who) {
        /**
         * Checks the arguments.
         *
         * @param code stable code
         * @param detail in words
         * @param since since when
         * @param who who can do something
         */
        public Reason {
            Objects.requireNonNull(code, "code");
            Objects.requireNonNull(detail, "detail");
            Objects.requireNonNull(since, "since");
            Objects.requireNonNull(who, "who");
        }
    }

    /**
     * One page of what needs attention.
     *
     * @param items what waits longest first
     * @param next cursor of the page after this, or empty when this is the last one
     */
    public record Page(List<Attention> items, String next) {
        /**
         * Copies the list.
         *
         * @param items what waits longest first
         * @param next cursor of the page after this, or empty
         */
        public Page {
            items = List.copyOf(items);
            Objects.requireNonNull(next, "next");
        }
    }
}
