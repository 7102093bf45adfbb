package io.linkspan.testkit.instagram;

import io.linkspan.json.databind.JsonNode;
import io.linkspan.json.databind.node.ObjectNode;
import io.linkspan.testkit.internal.AppRegistration;
import io.linkspan.testkit.internal.ConsentDesk;
import io.linkspan.testkit.internal.Courier;
import io.linkspan.testkit.internal.Forms;
import io.linkspan.testkit.internal.Ids;
import io.linkspan.testkit.internal.Json;
import io.linkspan.testkit.internal.LedgerBook;
import io.linkspan.testkit.internal.MediaFetcher;
import io.linkspan.testkit.internal.Refusal;
import io.linkspan.testkit.internal.SimReply;
import io.linkspan.testkit.internal.SimRequest;
import io.linkspan.testkit.sim.CallbackReceiver;
import io.linkspan.testkit.sim.Signatures;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything the handlers share. */
final class InstagramWorld {
    private static final List<String> LEGACY = List.of("ids", "date_format", "method", "callback", "batch");

    final InstantSource clock;
    final AppRegistration app;
    final InstagramRules rules;
    final Ids ids;
    final ConsentDesk desk = new ConsentDesk();
    final InstagramGrants grants;
    final FacebookBook facebook;
    final InstagramReplies replies;
    final LedgerBook ledger;
    final Courier courier;
    final MediaFetcher fetcher;
    final Containers containers;
    final GraphVersions versions;
    private final CallUsage accountCalls;
    private final CallUsage appCalls;
    private final Map<String, InstagramAccount> accounts = new LinkedHashMap<>();

    InstagramWorld(
            InstantSource clock,
            AppRegistration app,
            InstagramRules rules,
            long seed,
            MediaFetcher fetcher,
            @Nullable CallbackReceiver receiver) {
        this.clock = clock;
        this.app = app;
        this.rules = rules;
        this.ids = new Ids(seed);
        ids.remember(app.secret());
        this.grants = new InstagramGrants(clock, ids, rules);
        this.facebook = new FacebookBook(clock, ids, rules, grants);
        this.replies = new InstagramReplies(ids);
        this.ledger = new LedgerBook(clock, grants::grantRecords, grants::tokenRecords);
        this.fetcher = fetcher;
        this.courier = new Courier(ledger, receiver);
        this.containers = new Containers(this);
        this.versions = new GraphVersions(rules, replies);
        this.accountCalls = new CallUsage(clock, Duration.ofDays(1));
        this.appCalls = new CallUsage(clock, Duration.ofHours(1));
    }

    InstagramAccount add(String handle) {
        synchronized (accounts) {
            if (accounts.containsKey(handle)) {
                throw new IllegalArgumentException("there is an account " + handle + " already");
            }
            long number = ids.next();
            InstagramAccount account = new InstagramAccount(
                    handle,
                    Long.toString(17_841_400_000_000_000L + number),
                    Long.toString(27_000_000_000_000_000L + number));
            accounts.put(handle, account);
            return account;
        }
    }

    @Nullable
    InstagramAccount account(String handle) {
        synchronized (accounts) {
            return accounts.get(handle);
        }
    }

    List<String> handles() {
        synchronized (accounts) {
            return new ArrayList<>(accounts.keySet());
        }
    }

    /** Query, form and JSON parameters in one. */
    static Forms parameters(SimRequest request) {
        Map<String, String> all = new LinkedHashMap<>(request.query().singles());
        all.putAll(request.form().singles());
        if (request.contentType().equals("application/json")) {
            JsonNode body = request.json();
            if (body != null && body.isObject()) {
                for (Map.Entry<String, JsonNode> field : body.properties()) {
                    JsonNode value = field.getValue();
                    all.put(field.getKey(), value.isContainer() ? Json.write(value) : value.asString());
                }
            }
        }
        return Forms.of(all);
    }

    /** The token of a request, if it works. */
    InstagramGrants.Token authorize(SimRequest request) {
        if (rules.appBlocked) {
            throw replies.refuse(200, -1, "API access blocked.");
        }
        String bearer = request.bearer();
        return working(request, bearer.isEmpty() ? parameters(request).text("access_token") : bearer);
    }

    /** Closed to new apps since 2026-11-04, in all versions; what is answered is not published. */
    void legacy(SimRequest request) {
        Forms parameters = parameters(request);
        for (String name : LEGACY) {
            if (parameters.first(name) != null) {
                throw replies.parameter("The parameter " + name + " is not available to this app");
            }
        }
        if (parameters.text("fields").contains(".as(")) {
            throw replies.parameter("Field aliases are not available to this app");
        }
    }

    InstagramGrants.Token working(SimRequest request, String value) {
        InstagramGrants.Check check = grants.check(value);
        InstagramGrants.Token token = check.token();
        if (token == null) {
            throw dead(check.subcode());
        }
        InstagramAccount account = token.grant.account;
        request.account(account.handle());
        count(account);
        if (account.isCheckpointed()) {
            throw replies.refuse(
                    190,
                    0,
                    "Error validating access token: You cannot access the app till you log in to www.instagram.com"
                            + " and follow the instructions given.");
        }
        return token;
    }

    private void count(InstagramAccount account) {
        int perAccount = rules.accountCalls;
        if (perAccount > 0 && accountCalls.add(account.handle()) > perAccount) {
            throw replies.refuse(
                    80002,
                    -1,
                    "(#80002) There have been too many calls to this Instagram account. Wait a bit and try again.");
        }
        int perApp = rules.appCalls;
        if (perApp > 0 && appCalls.add(app.id()) > perApp) {
            throw replies.refuse(4, -1, "(#4) Application request limit reached");
        }
    }

    /** Adds how much of the limits is used up, where there are limits. */
    SimReply withUsage(SimRequest request, SimReply reply) {
        String handle = request.account();
        InstagramAccount account = handle == null ? null : account(handle);
        SimReply told = reply;
        if (account != null && rules.accountCalls > 0) {
            ObjectNode usage = Json.object();
            usage.putArray(account.userId())
                    .addObject()
                    .put("type", "instagram")
                    .put("call_count", accountCalls.percent(account.handle(), rules.accountCalls))
                    .put("total_cputime", 1)
                    .put("total_time", 1)
                    .put(
                            "estimated_time_to_regain_access",
                            accountCalls.minutesUntilFree(account.handle(), rules.accountCalls));
            told = told.with("X-Business-Use-Case-Usage", Json.write(usage));
        }
        if (account != null && rules.appCalls > 0) {
            told = told.with(
                    "X-App-Usage",
                    Json.write(Json.object()
                            .put("call_count", appCalls.percent(app.id(), rules.appCalls))
                            .put("total_time", 1)
                            .put("total_cputime", 1)));
        }
        return told;
    }

    void unrestricted(InstagramAccount account) {
        if (account.isRestricted()) {
            throw replies.refuse(
                    25,
                    2207050,
                    "The Instagram account is restricted.",
                    "The account is inactive, checkpointed or restricted. Log in to the Instagram app.");
        }
    }

    Refusal dead(int subcode) {
        String prefix = "Error validating access token: ";
        return switch (subcode) {
            case InstagramGrants.REMOVED ->
                replies.refuse(190, subcode, prefix + "The user has not authorized application " + app.id() + ".");
            case InstagramGrants.PASSWORD_CHANGED ->
                replies.refuse(
                        190,
                        subcode,
                        prefix + "The session has been invalidated because the user changed their password or Facebook"
                                + " has changed the session for security reasons.");
            case InstagramGrants.EXPIRED ->
                replies.refuse(
                        190,
                        subcode,
                        prefix + "Session has expired on Tuesday, 05-Jan-27 10:40:11 PST. The current time is "
                                + clock.instant() + ".");
            case -1 -> replies.refuse(190, -1, "Invalid OAuth access token - Cannot parse access token");
            default -> replies.refuse(190, subcode, prefix + "The session is invalid because the user logged out.");
        };
    }

    void require(InstagramGrants.Token token, String scope) {
        if (!grants.hasScope(token, scope)) {
            throw replies.refuse(200, -1, "(#200) The user hasn't authorized the application to perform this action");
        }
    }

    /** Whether a path segment names the token's account. */
    static boolean names(InstagramAccount account, String id) {
        return id.equals("me") || id.equals(account.userId()) || id.equals(account.scopedId());
    }

    void signed(String event, InstagramAccount account, URI target) {
        courier.send(new Courier.Letter(event, account.handle(), target, () -> content(account)));
    }

    private Courier.Content content(InstagramAccount account) {
        Instant now = clock.instant();
        String payload = Json.write(Json.object()
                .put("algorithm", "HMAC-SHA256")
                .put("expires", now.getEpochSecond() + 3600)
                .put("issued_at", now.getEpochSecond())
                .put("user_id", rules.callbackTellsProfessionalId ? account.userId() : account.scopedId()));
        String form = Forms.query("signed_request", Signatures.signedRequest(app.secret(), payload));
        return new Courier.Content("application/x-www-form-urlencoded", "", "", form);
    }

    void close() {
        courier.close();
        fetcher.close();
    }
}
