package io.linkspan.connection;

import io.linkspan.Owner;
import io.linkspan.Platform;
import io.linkspan.TenantId;
import io.linkspan.spi.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Connects, knows, uses and disconnects accounts. Thread-safe, blocking.
 *
 * <p>A method that names a connection which this owner does not have throws {@link io.linkspan.NotFoundException}, unless it returns an
 * {@link Optional}. One that may reach a platform throws {@link io.linkspan.CallInterruptedException} in an interrupted thread. After
 * {@link io.linkspan.Linkspan#close} all throw {@link IllegalStateException}.
 */
public interface Connections {
    /**
     * Starts a connect.
     *
     * @param request who, where and what for
     * @return where to send the browser
     * @throws io.linkspan.NotFoundException when the platform has no adapter
     */
    ConnectRedirect connect(ConnectRequest request);

    /**
     * Finishes a connect from the callback.
     *
     * <p>Answer the callback itself with a redirect to a page of your own, {@code Referrer-Policy: no-referrer} and
     * {@code Cache-Control: no-store}, so that the code does not stay in history.
     *
     * @param rawQuery the query of the callback exactly as received; null when there was none
     * @param browserSecret the value given to {@link ConnectRequest#boundTo}, from this browser's session; null when the session
     *     has ended
     * @return what became of it; a callback that lacks something is {@link ConnectOutcome.Refused}
     */
    default ConnectOutcome complete(@Nullable String rawQuery, @Nullable String browserSecret) {
        return complete(ConnectCallback.of(rawQuery, browserSecret));
    }

    /**
     * Finishes a connect from the callback, with what the host knows about where it arrived and who is signed in there.
     *
     * @param callback the callback
     * @return what became of it
     */
    ConnectOutcome complete(ConnectCallback callback);

    /**
     * Goes on with a connect that waits for a choice.
     *
     * @param owner whose
     * @param connectId {@link ConnectOutcome.ChooseAccount#connectId()}
     * @param accountId {@link ConnectOutcome.Candidate#accountId()} of the one chosen
     * @param browserSecret the value given to {@link ConnectRequest#boundTo}, from this browser's session; null when the session
     *     has ended
     * @return what became of it
     */
    ConnectOutcome choose(Owner owner, String connectId, String accountId, @Nullable String browserSecret);

    /**
     * Expects an authorization code from a mobile app that signs in with the platform's own SDK.
     *
     * @param request who, where and what for, {@code via(Login.mobile())}
     * @return what the app needs
     * @throws IllegalArgumentException when the platform has no such login
     */
    HandOverTicket expectHandOver(ConnectRequest request);

    /**
     * Finishes a connect with what the platform's SDK gave a mobile app.
     *
     * @param handOver ticket, code and verifier
     * @return what became of it
     */
    ConnectOutcome handOver(HandOver handOver);

    /**
     * Takes over tokens that another system holds. The account is read with them first; an account that is connected
     * already, or was disconnected here, stays as it is.
     *
     * <p>The other system must stop renewing these tokens: where refresh tokens rotate, two systems end each other's grant.
     *
     * @param request the tokens and what is known of them
     * @return what became of it
     */
    ConnectOutcome importTokens(ImportRequest request);

    /**
     * What happened to a connect that led to no connection (yet). Known for about a day.
     *
     * @param owner whose
     * @param connectId {@link ConnectRedirect#connectId()}
     * @return the entries, oldest first; empty when there is no such connect of this owner
     */
    List<HistoryEntry> connectHistory(Owner owner, String connectId);

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
     * Asks the platform unless it was asked not long ago; for screens that must not show old answers.
     *
     * @param owner whose
     * @param id its id
     * @param maxAge how old the last look may be
     * @return the connection, looked at no longer than {@code maxAge} ago where the platform could be reached
     */
    Connection check(Owner owner, ConnectionId id, Duration maxAge);

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
     * Connections and account links of a tenant that somebody should look at: a status that needs the person or has waited
     * too long, a blocked capability, a consent that ends within 30 days, a profile that drifted. Costs what it returns.
     *
     * @param tenant the tenant
     * @param cursor empty for the first page, then {@link Attention.Page#next()} of the page before
     * @param limit at most this many, 1 to 1,000
     * @return the page, what waits longest first
     */
    Attention.Page needingAttention(TenantId tenant, String cursor, int limit);

    /**
     * Explains the connection's state for support staff: category, headline, reason, next steps and who acts, then known facts with
     * evidence. Does not call the platform; {@link #check(Owner, ConnectionId)} before it brings the facts up to date.
     *
     * @param owner whose
     * @param id its id
     * @return the explanation, as text and as JSON
     * @throws io.linkspan.NotFoundException when there is no such connection of this owner
     */
    Explanation explain(Owner owner, ConnectionId id);

    /**
     * What a user should know before the first attempt: the account type, and the right account in the right browser.
     *
     * @param platform the platform
     * @return the help; its bucket is {@link ConnectHelp.Bucket#NONE}
     * @throws io.linkspan.NotFoundException when the platform has no adapter
     */
    ConnectHelp helpBefore(Platform platform);

    /**
     * Help for a connect that never came back. Records what the user saw with the newest connect that is open, so that repeated
     * failures are counted. Does not call the platform.
     *
     * @param owner the user who tried
     * @param platform the platform
     * @param seen the text on the platform's page as the user reports it, such as {@code redirect_uri}, {@code Invalid platform app}
     *     or {@code URL blocked}, at most 4,096 characters; empty when the user saw nothing or left. It chooses the row and is not stored
     * @return the help
     * @throws io.linkspan.NotFoundException when the platform has no adapter
     */
    ConnectHelp helpWithoutReturn(Owner owner, Platform platform, String seen);

    /**
     * Help for a connection that ended, waits for its user or lacks something, from its stored facts. Does not call the platform.
     *
     * @param owner the owner
     * @param id its id
     * @return the help; empty when its user has nothing to do
     * @throws io.linkspan.NotFoundException when there is no such connection of this owner
     */
    Optional<ConnectHelp> help(Owner owner, ConnectionId id);

    /**
     * What happened to a connection.
     *
     * @param owner whose
     * @param id its id
     * @return the entries, oldest first
     */
    List<HistoryEntry> history(Owner owner, ConnectionId id);
}
