package io.linkspan.testkit.tiktok;

import io.linkspan.json.databind.node.ObjectNode;
import io.linkspan.testkit.internal.AppRegistration;
import io.linkspan.testkit.internal.ConsentDesk;
import io.linkspan.testkit.internal.Courier;
import io.linkspan.testkit.internal.Ids;
import io.linkspan.testkit.internal.Json;
import io.linkspan.testkit.internal.LedgerBook;
import io.linkspan.testkit.internal.MediaFetcher;
import io.linkspan.testkit.internal.RateMeter;
import io.linkspan.testkit.internal.SimRequest;
import io.linkspan.testkit.sim.CallbackReceiver;
import io.linkspan.testkit.sim.Signatures;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything the handlers share. */
final class TikTokWorld {

    final InstantSource clock;
    final AppRegistration app;
    final TikTokRules rules;
    final Ids ids;
    final ConsentDesk desk = new ConsentDesk();
    final TikTokGrants grants;
    final TikTokReplies replies;
    final LedgerBook ledger;
    final Courier courier;
    final MediaFetcher fetcher;
    final TikTokPublishes publishes;
    private final RateMeter meter = new RateMeter();
    private final Map<String, TikTokAccount> accounts = new LinkedHashMap<>();
    private volatile @Nullable URI webhookUri;

    TikTokWorld(
            InstantSource clock,
            AppRegistration app,
            TikTokRules rules,
            long seed,
            MediaFetcher fetcher,
            @Nullable CallbackReceiver receiver) {
        this.clock = clock;
        this.app = app;
        this.rules = rules;
        this.ids = new Ids(seed);
        ids.remember(app.secret());
        this.grants = new TikTokGrants(clock, ids, rules);
        this.replies = new TikTokReplies(clock, ids, rules);
        this.ledger = new LedgerBook(clock, grants::grantRecords, grants::tokenRecords);
        this.fetcher = fetcher;
        this.courier = new Courier(ledger, receiver);
        this.publishes = new TikTokPublishes(this);
    }

    TikTokAccount add(String handle) {
        synchronized (accounts) {
            if (accounts.containsKey(handle)) {
                throw new IllegalArgumentException("there is an account " + handle + " already");
            }
            TikTokAccount account = new TikTokAccount(handle, "-000" + ids.text(32), "union-" + ids.text(24));
            accounts.put(handle, account);
            return account;
        }
    }

    @Nullable
    TikTokAccount account(String handle) {
        synchronized (accounts) {
            return accounts.get(handle);
        }
    }

    List<String> handles() {
        synchronized (accounts) {
            return new ArrayList<>(accounts.keySet());
        }
    }

    void webhookUri(URI uri) {
        webhookUri = uri;
    }

    /** The token of a request, if it works and carries one of the scopes. */
    TikTokGrants.Token authorize(SimRequest request, String... anyOf) {
        TikTokGrants.Token token = grants.access(request.bearer());
        if (token == null) {
            throw replies.refuse(
                    401, "access_token_invalid", "The access token is invalid or not found in the request.");
        }
        request.account(token.grant.account.handle());
        for (String scope : anyOf) {
            if (grants.hasScope(token, scope)) {
                return token;
            }
        }
        throw replies.refuse(
                401,
                "scope_not_authorized",
                "The user did not authorize the scope required for completing this request.");
    }

    void limit(TikTokGrants.Token token, String what, int perMinute) {
        boolean fits = meter.admit(what + " " + token.value, perMinute, Duration.ofMinutes(1), clock.instant());
        if (rules.rateLimits && !fits) {
            throw replies.refuse(429, "rate_limit_exceeded", "The API rate limit was exceeded.");
        }
    }

    /** The person, the platform or the developer ends every authorization of an account. */
    void endAuthorization(TikTokAccount account, String why, int reason) {
        if (grants.alive(account)) {
            grants.end(account, why);
            publishes.authorizationEnded(account);
            event("authorization.removed", account, Json.object().put("reason", reason));
        }
    }

    void event(String name, TikTokAccount account, ObjectNode content) {
        URI target = courier.target(webhookUri);
        if (target == null) {
            return;
        }
        String body = Json.write(Json.object()
                .put("client_key", app.id())
                .put("event", name)
                .put("create_time", clock.instant().getEpochSecond())
                .put("user_openid", account.openId())
                .put("content", Json.write(content)));
        courier.send(new Courier.Letter(
                name,
                account.handle(),
                target,
                () -> new Courier.Content(
                        "application/json",
                        "TikTok-Signature",
                        Signatures.tikTok(app.secret(), clock.instant(), body),
                        body)));
    }

    void close() {
        courier.close();
        fetcher.close();
    }
}
