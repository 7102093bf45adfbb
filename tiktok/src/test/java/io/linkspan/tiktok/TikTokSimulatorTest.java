package io.linkspan.tiktok;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.linkspan.connection.Capability;
import io.linkspan.spi.AccountIdentity;
import io.linkspan.spi.AuthorizationRequest;
import io.linkspan.spi.CapabilityFinding;
import io.linkspan.spi.CommitResult;
import io.linkspan.spi.Grant;
import io.linkspan.spi.Handle;
import io.linkspan.spi.HandleStatus;
import io.linkspan.spi.MediaSource;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PlatformEvent;
import io.linkspan.spi.PrepareStep;
import io.linkspan.spi.PublishAttempt;
import io.linkspan.spi.PublishContent;
import io.linkspan.spi.PublishedPost;
import io.linkspan.spi.RevocationAdapter;
import io.linkspan.spi.Secret;
import io.linkspan.spi.SignedMessage;
import io.linkspan.spi.TokenPair;
import io.linkspan.testkit.SettableClock;
import io.linkspan.testkit.sim.Browser;
import io.linkspan.testkit.sim.Fault;
import io.linkspan.testkit.sim.Ledger;
import io.linkspan.testkit.tiktok.TikTokAccount;
import io.linkspan.testkit.tiktok.TikTokOperation;
import io.linkspan.testkit.tiktok.TikTokSimulator;
import io.linkspan.webhook.WebhookRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The adapter against the simulated TikTok, over real HTTP. */
class TikTokSimulatorTest {
    private static final String REDIRECT = "https://app.example.com/callback/tiktok";
    private static final byte[] SMALL = random(100_000);
    private static final byte[] BIG = random(97_000_000);

    private final SettableClock clock = SettableClock.at(Instant.parse("2026-11-21T10:00:00Z"));
    private final Wire wire = new Wire();
    private TikTokSimulator simulator;
    private TikTokAccount person;
    private TikTok tiktok;

    @BeforeEach
    void start() {
        simulator = TikTokSimulator.builder()
                .app(Fixtures.KEY, Fixtures.SECRET, REDIRECT)
                .clock(clock)
                .start();
        person = simulator.addAccount("demo");
        tiktok = builder().audited(true).build();
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void connectRefreshPublishRevoke_works() {
        Set<String> scopes = tiktok.oauth().scopes(Set.of(Capability.PUBLISH_VIDEO, Capability.PROFILE_LINK));
        Grant grant = wire.done(tiktok.oauth().exchange(code(tiktok, scopes, null), null));
        assertEquals(person.openId(), grant.accountId());
        assertEquals(scopes, grant.scopes());
        assertEquals(Duration.ofHours(2), grant.accessLife());

        AccountIdentity account =
                wire.done(tiktok.accounts().identify(grant.tokens().access(), grant.scopes()));
        assertEquals(person.openId(), account.id());
        assertEquals("demo", account.handle());
        CapabilityFinding finding = wire.done(
                        tiktok.accounts().probe(grant.tokens().access(), account, grant.scopes()))
                .get(0);
        assertEquals("ok", finding.code());

        clock.advance(Duration.ofMinutes(100));
        TokenPair fresh = wire.done(tiktok.oauth().renew(grant.tokens())).tokens();

        PublishAttempt attempt = prepared(attempt(fresh.access(), account, BIG));
        assertEquals(new CommitResult.Accepted(), wire.done(tiktok.publishing().commit(attempt)));
        HandleStatus.Published published = published(attempt);
        Ledger.Post post = onlyPost(BIG);
        assertEquals("hello #demo", post.text());
        PublishedPost located = wire.done(tiktok.publishing().locate(attempt, published.postId()));
        assertEquals(URI.create("https://www.tiktok.com/@demo/video/" + post.id()), locatedOrLater(attempt, located));

        wire.done(tiktok.revocation().revoke(fresh).orElseThrow());
        assertFalse(simulator.ledger().grants().get(0).alive());
        assertEquals(
                "access_token_invalid",
                Script.refused(wire.play(tiktok.accounts().identify(fresh.access(), scopes)))
                        .code());
    }

    @Test
    void refresh_withReplacedToken_isRefusedInvalidGrant() {
        TokenPair first = tokens();
        wire.done(tiktok.oauth().renew(first));
        assertEquals(
                "invalid_grant",
                Script.refused(wire.play(tiktok.oauth().renew(first))).code());
    }

    @Test
    void refresh_withLostAnswer_isUnclear() {
        simulator.faults().on(TikTokOperation.TOKEN_REFRESH).next(Fault.dropAfter());
        Script.unclear(wire.play(tiktok.oauth().renew(tokens())));
    }

    @Test
    void exchange_withHexPkce_isTaken() {
        TikTok pkce = builder().webPkce(true).build();
        Secret verifier = Secret.of("v".repeat(43));
        String code = code(pkce, Set.of("user.info.basic"), verifier);
        wire.done(pkce.oauth().exchange(code, verifier));
        String second = code(pkce, Set.of("user.info.basic"), verifier);
        assertEquals(
                "invalid_request",
                Script.refused(wire.play(pkce.oauth().exchange(second, Secret.of("w".repeat(43)))))
                        .code());
    }

    @Test
    void exchange_ofUsedCode_isRefused() {
        String code = code(tiktok, Set.of("user.info.basic"), null);
        wire.done(tiktok.oauth().exchange(code, null));
        assertEquals(
                "invalid_grant",
                Script.refused(wire.play(tiktok.oauth().exchange(code, null))).code());
    }

    @Test
    void revoke_withEndedToken_isRefusedAndLeavesTheGrant() {
        TokenPair tokens = tokens();
        clock.advance(Duration.ofHours(3));
        Outcome<RevocationAdapter.Revoked> outcome =
                wire.play(tiktok.revocation().revoke(tokens).orElseThrow());
        assertEquals("invalid_grant", Script.refused(outcome).code());
        assertTrue(simulator.ledger().grants().get(0).alive());
    }

    @Test
    void commit_withLostAnswer_isFoundByStatusAndPostsOnce() {
        PublishAttempt attempt = prepared(attempt(tokens().access(), Fixtures.account("demo"), SMALL));
        simulator.faults().on(TikTokOperation.UPLOAD).next(Fault.dropAfter());
        Script.unclear(wire.play(tiktok.publishing().commit(attempt)));
        published(attempt);
        onlyPost(SMALL);
    }

    @Test
    void commit_thatNeverArrived_isIncompleteAndCanBeSentAgain() {
        PublishAttempt attempt = prepared(attempt(tokens().access(), Fixtures.account("demo"), SMALL));
        simulator.faults().on(TikTokOperation.UPLOAD).next(Fault.dropBefore());
        Script.unclear(wire.play(tiktok.publishing().commit(attempt)));
        wire.play(tiktok.publishing().status(attempt)); // the gap after init
        clock.advance(Duration.ofSeconds(30));
        HandleStatus.Incomplete incomplete = assertInstanceOf(
                HandleStatus.Incomplete.class,
                wire.done(tiktok.publishing().status(at(attempt, attempt.handle(), attempt.now()))));
        wire.done(tiktok.publishing().commit(at(attempt, incomplete.handle(), attempt.now())));
        published(attempt);
        onlyPost(SMALL);
    }

    @Test
    void commit_sentTwice_postsOnce() {
        PublishAttempt attempt = prepared(attempt(tokens().access(), Fixtures.account("demo"), SMALL));
        wire.done(tiktok.publishing().commit(attempt));
        Script.unclear(wire.play(tiktok.publishing().commit(attempt)));
        published(attempt);
        onlyPost(SMALL);
    }

    @Test
    void commit_afterTheHour_isUnclearAndThenDead() {
        PublishAttempt attempt = prepared(attempt(tokens().access(), Fixtures.account("demo"), SMALL));
        wire.play(tiktok.publishing().status(attempt)); // the gap after init
        Instant committed = clock.advance(Duration.ofMinutes(61));
        Script.unclear(wire.play(tiktok.publishing().commit(attempt)));
        assertInstanceOf(
                HandleStatus.NotPublished.class,
                wire.done(tiktok.publishing().status(at(attempt, attempt.handle(), committed))));
        clock.advance(Duration.ofMinutes(5));
        HandleStatus.Dead dead = assertInstanceOf(
                HandleStatus.Dead.class,
                wire.done(tiktok.publishing().status(at(attempt, attempt.handle(), committed))));
        assertTrue(dead.error().meaning().retryable());
        assertEquals(0, simulator.ledger().posts().size());
    }

    @Test
    void prepare_afterACrashThatLostTheOffset_goesOnWhereTikTokIs() {
        for (boolean index : new boolean[] {false, true}) {
            simulator.rules().progressAsIndex(index);
            PublishAttempt attempt = attempt(tokens().access(), Fixtures.account("demo"), BIG);
            PrepareStep init = wire.done(tiktok.publishing().prepare(attempt));
            wire.done(tiktok.publishing().prepare(at(attempt, Steps.handle(init), null)));
            PrepareStep again = wire.done(tiktok.publishing().prepare(at(attempt, Steps.handle(init), null)));
            assertEquals("32000000", Steps.handle(again).facts().get("offset"));
        }
    }

    @Test
    void prepare_ofUnauditedAppOnPublicAccount_isRefusedWithTheRemedy() {
        simulator.rules().audited(false);
        Outcome<PrepareStep> outcome =
                wire.play(tiktok.publishing().prepare(attempt(tokens().access(), Fixtures.account("demo"), SMALL)));
        assertTrue(Script.refused(outcome).meaning().remedy().contains("set the TikTok account to private"));
    }

    @Test
    void status_ofFailedPublish_isDeadWithItsReason() {
        simulator.failNextPublish("frame_rate_check_failed");
        PublishAttempt attempt = prepared(attempt(tokens().access(), Fixtures.account("demo"), SMALL));
        wire.done(tiktok.publishing().commit(attempt));
        HandleStatus.Dead dead = assertInstanceOf(HandleStatus.Dead.class, settled(attempt));
        assertEquals("frame_rate_check_failed", dead.error().code());
    }

    @Test
    void probe_ofBarredPerson_isABlock() {
        person.bannedFromPosting(true);
        CapabilityFinding finding = wire.done(
                        tiktok.accounts().probe(tokens().access(), Fixtures.account("demo"), Set.of("video.publish")))
                .get(0);
        assertEquals("spam_risk_user_banned_from_posting", finding.code());
    }

    @Test
    void webhook_ofRemovedApp_isAuthentic() throws IOException, InterruptedException {
        BlockingQueue<WebhookRequest> received = new LinkedBlockingQueue<>();
        HttpServer host = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        host.createContext("/", exchange -> {
            Map<String, String> headers = exchange.getRequestHeaders().entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, header -> header.getValue().get(0)));
            received.add(WebhookRequest.of(headers, exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        host.start();
        try {
            simulator.webhookUri(
                    URI.create("http://127.0.0.1:" + host.getAddress().getPort() + "/hook"));
            tokens();
            simulator.removeApp(person);
            WebhookRequest request = received.poll(10, TimeUnit.SECONDS);
            SignedMessage.Authentic message = assertInstanceOf(
                    SignedMessage.Authentic.class, tiktok.webhooks().read(request, clock.instant()));
            PlatformEvent.AccessRemoved removed = assertInstanceOf(
                    PlatformEvent.AccessRemoved.class, message.events().get(0));
            assertEquals(person.openId(), removed.accountId());
            assertTrue(removed.byPerson());
        } finally {
            host.stop(0);
        }
    }

    private TikTok.Builder builder() {
        return TikTok.builder(Fixtures.KEY, Secret.of(Fixtures.SECRET), URI.create(REDIRECT))
                .displayApi(true)
                .endpoints(TikTokEndpoints.allAt(simulator.baseUri()));
    }

    private TokenPair tokens() {
        return wire.done(tiktok.oauth().exchange(code(tiktok, Set.of("user.info.basic", "video.publish"), null), null))
                .tokens();
    }

    private String code(TikTok adapter, Set<String> scopes, Secret verifier) {
        URI consent = adapter.oauth().authorizationUri(new AuthorizationRequest("state-1", scopes, verifier, true));
        URI callback = Browser.create().as("demo").allow(consent, REDIRECT);
        Map<String, String> query = Arrays.stream(callback.getRawQuery().split("&"))
                .map(field -> field.split("=", 2))
                .collect(Collectors.toMap(
                        field -> field[0], field -> URLDecoder.decode(field[1], StandardCharsets.UTF_8)));
        assertEquals("state-1", query.get("state"));
        return query.get("code");
    }

    private PublishAttempt attempt(Secret token, AccountIdentity account, byte[] bytes) {
        PublishContent content = Fixtures.video(
                TikTokVideoOptions.builder(TikTokPrivacyLevel.PUBLIC_TO_EVERYONE)
                        .build(),
                bytes.length);
        return new PublishAttempt(
                "a1",
                token,
                account,
                content,
                List.of(new PublishAttempt.Media(content.item(), new Bytes(bytes), null)),
                null,
                clock.instant(),
                null,
                n -> {},
                Duration.ofDays(1));
    }

    private PublishAttempt at(PublishAttempt attempt, Handle handle, Instant committedAt) {
        return Steps.at(attempt, handle, clock.instant(), committedAt);
    }

    private PublishAttempt prepared(PublishAttempt attempt) {
        PrepareStep step = wire.done(tiktok.publishing().prepare(attempt));
        while (step instanceof PrepareStep.Advanced) {
            step = wire.done(tiktok.publishing().prepare(at(attempt, Steps.handle(step), null)));
        }
        return at(attempt, assertInstanceOf(PrepareStep.Ready.class, step).handle(), null);
    }

    private HandleStatus settled(PublishAttempt attempt) {
        for (int read = 0; read < 10; read++) {
            clock.advance(Duration.ofSeconds(5));
            Outcome<HandleStatus> outcome =
                    wire.play(tiktok.publishing().status(at(attempt, attempt.handle(), clock.instant())));
            if (outcome instanceof Outcome.Done<HandleStatus> done
                    && !(done.value() instanceof HandleStatus.Processing)) {
                return done.value();
            }
        }
        throw new AssertionError("the publish did not settle");
    }

    private HandleStatus.Published published(PublishAttempt attempt) {
        return assertInstanceOf(HandleStatus.Published.class, settled(attempt));
    }

    private URI locatedOrLater(PublishAttempt attempt, PublishedPost first) {
        PublishedPost post = first;
        for (int read = 0; read < 5 && post.permalink() == null; read++) {
            post = wire.done(tiktok.publishing().locate(attempt, ""));
        }
        return post.permalink();
    }

    private Ledger.Post onlyPost(byte[] bytes) {
        assertEquals(1, simulator.ledger().posts().size());
        Ledger.Post post = simulator.ledger().posts().get(0);
        assertEquals(sha256(bytes), post.sha256());
        return post;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(42).nextBytes(bytes);
        return bytes;
    }

    private static final class Bytes implements MediaSource {
        private final byte[] all;

        Bytes(byte[] all) {
            this.all = all;
        }

        @Override
        public long size() {
            return all.length;
        }

        @Override
        public InputStream open(long offset) {
            return new ByteArrayInputStream(all, (int) offset, all.length - (int) offset);
        }
    }
}
