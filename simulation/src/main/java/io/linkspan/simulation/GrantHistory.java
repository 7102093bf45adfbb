package io.linkspan.simulation;

import io.linkspan.InMemoryStores;
import io.linkspan.Linkspan;
import io.linkspan.Owner;
import io.linkspan.connection.ConnectRedirect;
import io.linkspan.connection.ConnectRequest;
import io.linkspan.connection.Connection;
import io.linkspan.connection.ConnectionStatus;
import io.linkspan.connection.Disconnect;
import io.linkspan.connection.Sides;
import io.linkspan.link.Intent;
import io.linkspan.spi.CallClass;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.HttpTransport;
import io.linkspan.spi.RecordKind;
import io.linkspan.spi.Secret;
import io.linkspan.testkit.SettableClock;
import io.linkspan.testkit.sim.Ledger;
import io.linkspan.testkit.sim.SimNetwork;
import io.linkspan.testkit.tiktok.TikTokAccount;
import io.linkspan.testkit.tiktok.TikTokSimulator;
import io.linkspan.tiktok.TikTok;
import io.linkspan.tiktok.TikTokEndpoints;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether a grant is ever lost: nodes connect, renew and disconnect for hours while their stores fail around the answers that
 * carry tokens. Then the faults stop. After 48 hours the last consent of each account, if it is alive at the platform, has to
 * be held by a connection, to be left there on purpose, or to stand on the revocation list.
 */
final class GrantHistory {
    private static final Duration FAULTY = Duration.ofHours(14);
    private static final Duration TO_SETTLE = Duration.ofDays(2);
    private static final String BROWSER = "browser-secret-of-the-person";
    private static final Secret SECRET = Secret.of("simulation-client-secret");
    private static final URI RETURN = URI.create("https://app.test/callback/tiktok");

    final long seed;
    final SettableClock clock = SettableClock.at("2026-03-02T09:00:00Z");
    final InMemoryStores stores = InMemoryStores.create();
    final HttpTransport network;

    private final TikTokSimulator tiktok;
    private final TikTok adapter;
    private final List<TikTokAccount> accounts = new ArrayList<>();
    private final boolean shared;
    private final List<GrantNode> nodes = new ArrayList<>();
    private final Map<GrantFault, Integer> faults = new EnumMap<>(GrantFault.class);
    private final Trace trace;
    private boolean calm = true;
    private long draws;
    private int answers;

    /**
     * What a history came to.
     *
     * @param grants consents given
     * @param answers answers that carried tokens
     * @param faults what happened, and how often
     * @param orphans grants that nothing holds, in words
     * @param trace everything that happened, if it was kept
     */
    record Result(int grants, int answers, Map<GrantFault, Integer> faults, List<String> orphans, List<String> trace) {}

    private GrantHistory(long seed, boolean keepTrace) {
        this.seed = seed;
        this.trace = new Trace(keepTrace);
        boolean strict = draw(2) == 0;
        this.tiktok = TikTokSimulator.builder()
                .clock(clock)
                .app(Platforms.TIKTOK_KEY, SECRET.reveal(), RETURN.toString())
                .seed(Mix.of(seed, 11))
                .rules(rules -> rules.strictRotation(strict))
                .callbacks(letter -> 200)
                .build();
        this.network = SimNetwork.of(tiktok);
        this.adapter = TikTok.builder(Platforms.TIKTOK_KEY, SECRET, RETURN)
                .endpoints(TikTokEndpoints.allAt(tiktok.baseUri()))
                .build();
        for (Tenants tenant : Tenants.values()) {
            accounts.add(tiktok.addAccount(tenant.account()));
        }
        this.shared = draw(3) == 0;
        int count = 2 + draw(3);
        for (int i = 0; i < count; i++) {
            nodes.add(new GrantNode(this, i));
        }
    }

    static Result run(long seed) {
        return new GrantHistory(seed, false).run();
    }

    static Result tell(long seed) {
        return new GrantHistory(seed, true).run();
    }

    Linkspan.Builder builder() {
        return Linkspan.builder().keys(World.KEYS).platform(adapter);
    }

    int draw(int bound) {
        return Mix.below(bound, seed ^ 0x1234_5678L, draws++);
    }

    /** A time between two, spread over its orders of magnitude. */
    long millis(long least, long most) {
        return Math.round(least * Math.pow((double) most / least, draw(1_000_000) / 1_000_000.0));
    }

    void advance(long millis) {
        clock.advance(Duration.ofMillis(millis));
    }

    void answered() {
        answers++;
    }

    void suffered(GrantFault fault) {
        faults.merge(fault, 1, Integer::sum);
    }

    void note(String who, String what) {
        trace.add(clock.instant().toEpochMilli() - World.START.toEpochMilli(), who, what);
    }

    boolean faulty(int percent) {
        return !calm && draw(100) < percent;
    }

    /** While one node does not move, others do, for longer than a lease. */
    void others(GrantNode one) {
        advance(millis(31_000, 900_000));
        int rounds = 1 + draw(4);
        for (int i = 0; i < rounds; i++) {
            GrantNode other = someNode();
            if (other != one) {
                act(other);
            }
            advance(1_000 + draw(60_000));
        }
    }

    private GrantNode someNode() {
        return nodes.get(draw(nodes.size()));
    }

    private Result run() {
        for (Tenants tenant : Tenants.values()) {
            connect(nodes.get(0), tenant, null);
        }
        calm = false;
        Instant end = clock.instant().plus(FAULTY);
        while (clock.instant().isBefore(end)) {
            act(someNode());
            advance(millis(1_000, 1_200_000));
        }
        calm = true;
        note("world", "calm");
        nodes.forEach(GrantNode::recover);
        end = clock.instant().plus(TO_SETTLE);
        while (clock.instant().isBefore(end)) {
            nodes.forEach(GrantNode::run);
            advance(untilDue());
        }
        nodes.forEach(GrantNode::run);
        List<String> orphans = new ArrayList<>();
        for (TikTokAccount account : accounts) {
            judge(account, orphans);
        }
        return new Result(tiktok.ledger().grants().size(), answers, faults, orphans, trace.lines());
    }

    /** At least a minute, at most an hour. */
    private long untilDue() {
        Instant hour = clock.instant().plus(Duration.ofHours(1));
        Instant next = Stream.of(RecordKind.PENDING_CONNECT, RecordKind.CONNECTION, RecordKind.UNWANTED_GRANT)
                .flatMap(kind -> stores.tokens().due(kind, hour, 1).stream())
                .flatMap(record -> record.dueAt().stream())
                .min(Comparator.naturalOrder())
                .orElse(hour);
        return Math.max(60_000, Duration.between(clock.instant(), next).toMillis());
    }

    private void act(GrantNode node) {
        Tenants tenant = Tenants.at(draw(2));
        int what = draw(100);
        if (what < 75) {
            node.run();
        } else if (what < 90) {
            first(node, tenant.owner()).ifPresent(known -> use(node, tenant.owner(), known));
        } else if (what < 95) {
            connect(node, tenant, null);
        } else if (what < 97) {
            connect(node, tenant, "another-open-id");
        } else {
            Disconnect how =
                    draw(4) == 0 ? Disconnect.locally("moved away") : Disconnect.everywhere("no longer wanted");
            first(node, tenant.owner())
                    .ifPresent(known ->
                            node.call(linkspan -> linkspan.connections().disconnect(tenant.owner(), known.id(), how)));
        }
    }

    private static Optional<Connection> first(GrantNode node, Owner owner) {
        return node.call(linkspan -> linkspan.connections().list(owner))
                .flatMap(known -> known.stream().findFirst());
    }

    private static Optional<String> use(GrantNode node, Owner owner, Connection connection) {
        return node.call(linkspan ->
                linkspan.connections().withAccessToken(owner, connection.id(), token -> fingerprint(token.reveal())));
    }

    private static String fingerprint(String token) {
        return Digests.sha256(token.getBytes(StandardCharsets.UTF_8)).substring(0, 12);
    }

    private void connect(GrantNode node, Tenants tenant, @Nullable String expected) {
        ConnectRequest any = ConnectRequest.of(tenant.owner(), TikTok.PLATFORM, Intent.CROSS_POSTING)
                .boundTo(BROWSER);
        ConnectRequest request = expected == null ? any : any.expecting(expected);
        Optional<ConnectRedirect> redirect =
                node.call(linkspan -> linkspan.connections().connect(request));
        if (redirect.isEmpty()) {
            return;
        }
        tiktok.autoConsent(accounts.get(shared ? 0 : tenant.index()));
        HttpResult page = network.exchange(HttpCall.of(
                "browser.consent", CallClass.READ, "GET", redirect.get().uri()));
        String location = ((HttpResult.Answered) page)
                .header("Location")
                .orElseThrow(() -> new IllegalStateException("no consent: " + page));
        node.call(
                linkspan -> linkspan.connections().complete(URI.create(location).getRawQuery(), BROWSER));
    }

    /** The account of the newest token. */
    String newestTokenOf() {
        List<Ledger.Token> tokens = tiktok.ledger().tokens();
        return tokens.get(tokens.size() - 1).account();
    }

    private void judge(TikTokAccount account, List<String> orphans) {
        boolean alive = tiktok.ledger().grants().stream()
                .filter(grant -> grant.account().equals(account.handle()))
                .reduce((first, second) -> second)
                .filter(Ledger.Grant::alive)
                .isPresent();
        if (!alive) {
            return;
        }
        List<String> seen = new ArrayList<>();
        for (Tenants tenant : Tenants.values()) {
            Optional<Connection> known = first(nodes.get(0), tenant.owner())
                    .filter(connection -> connection.accountId().equals(account.openId()));
            if (known.isPresent() && accounted(tenant.owner(), known.get())) {
                return;
            }
            known.ifPresent(connection -> seen.add(connection.explain()));
        }
        boolean listed = !stores.tokens()
                .due(RecordKind.UNWANTED_GRANT, clock.instant().plus(Duration.ofDays(9)), 1)
                .isEmpty();
        if (!listed) {
            orphans.add("orphan: a grant of " + account.handle() + " is alive and nothing holds it: " + seen);
        }
    }

    /** Whether a connection holds the grant with a token that works, is about to end it, or left it on purpose. */
    private boolean accounted(Owner owner, Connection connection) {
        if (connection.status() instanceof ConnectionStatus.PartiallyRevoked gone) {
            Sides sides = gone.sides();
            return sides.grant() == Sides.Grant.KEPT_BY_POLICY || sides.local() == Sides.Local.REVOKE_ONLY;
        }
        String fingerprint = use(nodes.get(0), owner, connection).orElse("");
        return tiktok.ledger().tokens().stream()
                .anyMatch((Ledger.Token token) ->
                        token.fingerprint().equals(fingerprint) && token.state().equals("live"));
    }
}
