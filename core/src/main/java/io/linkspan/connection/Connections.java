package io.linkspan.connection;

import io.linkspan.Owner;
import io.linkspan.spi.Secret;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Connects, knows, uses and disconnects accounts. Thread-safe, blocking. */
public interface Connections {
    /**
     * Starts a connect.
     *
     * @param request who, where and what for
     * @return where to send the browser
     * @throws IllegalArgumentException when the platform has no adapter
     */
    ConnectRedirect connect(ConnectRequest request);

    /**
     * Finishes a connect from the callback.
     *
     * <p>Answer the callback itself with a redirect to a page of your own, {@code Referrer-Policy: no-referrer} and
     * {@code Cache-Control: no-store}, so that the code does not stay in history.
     *
     * @param rawQuery the query of the callback exactly as received, without {@code ?}
     * @param browserSecret the value given to {@link ConnectRequest#boundTo}, from this browser's session
     * @return what became of it
     */
    ConnectOutcome complete(String rawQuery, String browserSecret);

    /**
     * Finds a connection.
     *
     * @param owner whose
     * @param id its id
     * @return the connection; empty when there is none, or it is someone else's
     */
    Optional<Connection> find(Owner owner, ConnectionId id);

    /**
     * Lists an owner's connections, by id.
     *
     * @param owner whose
     * @return up to 1,000 connections
     */
    List<Connection> list(Owner owner);

    /**
     * Asks the platform now: identity, then each capability.
     *
     * @param owner whose
     * @param id its id
     * @return the connection after it
     */
    Connection check(Owner owner, ConnectionId id);

    /**
     * Runs a call of the host with a valid access token, renewing it first when it has ended.
     *
     * @param owner whose
     * @param id its id
     * @param use gets the token; must not keep it
     * @param <T> result of the call
     * @return what {@code use} returned
     * @throws io.linkspan.AuthorizationException when the person has to connect again
     * @throws io.linkspan.TransportException when the token has ended and the platform cannot be reached
     */
    <T> T withAccessToken(Owner owner, ConnectionId id, Function<Secret, T> use);

    /**
     * Disconnects: cancels what is queued, asks the platform to end the grant, looks for proof, erases the tokens.
     *
     * @param owner whose
     * @param id its id
     * @param how how far and why
     * @return what is known of each side, and what only a person can do
     */
    DisconnectReport disconnect(Owner owner, ConnectionId id, Disconnect how);

    /**
     * Notes that a person saw that the link on the profile is gone.
     *
     * @param owner whose
     * @param id its id
     * @param person who said so; kept in the history
     * @return the connection after it
     */
    Connection confirmProfileLinkRemoved(Owner owner, ConnectionId id, String person);

    /**
     * What happened to a connection.
     *
     * @param owner whose
     * @param id its id
     * @return the entries, oldest first
     */
    List<HistoryEntry> history(Owner owner, ConnectionId id);
}
