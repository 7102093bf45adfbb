package io.linkspan.link;

import io.linkspan.Owner;
import io.linkspan.connection.ConnectionId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Two connections of one owner on different platforms, joined for an intent.
 *
 * @param id its id
 * @param owner whose
 * @param intent what for
 * @param connections the two connections, by platform name
 * @param linkedAt when they were joined
 */
public record AccountLink(
        AccountLinkId id, Owner owner, Intent intent, List<ConnectionId> connections, Instant linkedAt) {
    /**
     * Copies the list.
     *
     * @param id its id
     * @param owner whose
     * @param intent what for
     * @param connections the two connections, by platform name
     * @param linkedAt when they were joined
     */
    public AccountLink {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(intent, "intent");
        Objects.requireNonNull(linkedAt, "linkedAt");
        connections = List.copyOf(connections);
        if (connections.size() != 2) {
            throw new IllegalArgumentException("an account link joins 2 connections, was given " + connections.size());
        }
    }
}
