package io.linkspan.instagram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.Capability;
import io.linkspan.spi.AccountIdentity;
import io.linkspan.spi.AuthorizationRequest;
import io.linkspan.spi.CapabilityFinding;
import io.linkspan.spi.CommitResult;
import io.linkspan.spi.Flow;
import io.linkspan.spi.Grant;
import io.linkspan.spi.Handle;
import io.linkspan.spi.HandleStatus;
import io.linkspan.spi.HttpResult;
import io.linkspan.spi.MediaPart;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PlatformEvent;
import io.linkspan.spi.PrepareStep;
import io.linkspan.spi.PublishAttempt;
import io.linkspan.spi.PublishContent;
import io.linkspan.spi.PublishedPost;
import io.linkspan.spi.Secret;
import io.linkspan.spi.SignedMessage;
import io.linkspan.spi.TokenEffect;
import io.linkspan.testkit.SettableClock;
import io.linkspan.testkit.instagram.InstagramAccount;
import io.linkspan.testkit.instagram.InstagramOperation;
import io.linkspan.testkit.instagram.InstagramSimulator;
import io.linkspan.testkit.sim.Browser;
import io.linkspan.testkit.sim.Fault;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The adapter against the simulator, over real sockets. */
class InstagramSimulatorTest {
    private static final String REDIRECT = "https://app.example/oauth/instagram";
    private static final Set<Capability> WANTED = Set.of(Capability.PUBLISH_VIDEO, Capability.PUBLISH_PHOTO);
    private static final String CAPTION = "Hi  @friend\n#x";

    private final SettableClock clock = SettableClock.at("2026-11-21T10:00:00Z");
    private Host host;
    private InstagramSimulator simulator;
    private InstagramAccount shop;
    private String[] refused = {};
    private Instagram instagram;

    @BeforeEach
    void start() throws Exception {
        host = new Host(new byte[100_000]);
        simulator = InstagramSimulator.builder()
                .clock(clock)
                .app("990602627938098", TestApp.SECRET, REDIRECT)
                .start();
        shop = simulator.addAccount("shop");
        instagram = TestApp.builder()
                .endpoints(InstagramEndpoints.allAt(simulator.baseUri()))
                .build();
    }

    @AfterEach
    void stop() {
        simulator.close();
        host.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void wholeLife_connectExtendPublishLocateAndRemoval(boolean wrapped) throws Exception {
        simulator
                .rules()
                .wrappedExchange(wrapped)
                .wrappedMe(wrapped)
                .permissionsAsText(wrapped)
                .userIdAsText(wrapped);
        simulator.deauthorizeUri(host.at("/deauthorize"));

        Grant grant = connect();
        assertEquals(instagram.oauth().scopes(WANTED), grant.scopes());
        assertEquals(Duration.ofSeconds(5183944), grant.accessLife());
        AccountIdentity account = identify(grant);
        assertEquals(shop.userId(), account.id());
        assertTrue(account.aliases().contains(grant.accountId()));
        List<CapabilityFinding> found =
                Wire.done(instagram.accounts().probe(grant.tokens().access(), account, grant.scopes()));
        assertEquals("ok", found.get(0).code());

        clock.advance(Duration.ofDays(31));
        Grant extended = Wire.done(instagram.oauth().renew(grant.tokens()));
        assertNotEquals(grant.tokens().access(), extended.tokens().access());
        assertEquals(grant.scopes(), extended.scopes());

        PublishAttempt ready = prepare(extended.tokens().access(), account);
        CommitResult result = Wire.done(instagram.publishing().commit(ready));
        String id = assertInstanceOf(CommitResult.Published.class, result).postId();
        assertEquals(id, simulator.ledger().posts().get(0).id());
        assertEquals(100_000, simulator.ledger().posts().get(0).bytes());
        assertEquals("true", simulator.ledger().posts().get(0).details().get("share_to_feed"));
        clock.advance(Duration.ofMinutes(1));
        assertInstanceOf(
                HandleStatus.Published.class, Wire.done(instagram.publishing().status(ready)));
        PublishedPost post = Wire.done(instagram.publishing().locate(ready, id));
        assertNotNull(post.permalink());

        simulator.removeApp(shop);
        SignedMessage message = instagram.webhooks().read(host.callback(), clock.instant());
        PlatformEvent event = assertInstanceOf(SignedMessage.Authentic.class, message)
                .events()
                .get(0);
        PlatformEvent.AccessRemoved removed = assertInstanceOf(PlatformEvent.AccessRemoved.class, event);
        assertTrue(
                account.aliases().contains(removed.accountId()) || account.id().equals(removed.accountId()));
        assertTrue(removed.byPerson());
        Outcome<AccountIdentity> gone =
                Wire.run(instagram.accounts().identify(extended.tokens().access(), grant.scopes()));
        assertEquals(
                TokenEffect.REMOVED_BY_PERSON,
                Answers.errorOf(gone).orElseThrow().meaning().tokenEffect());
    }

    @Test
    void connect_withOneScopeRefused_grantsTheRest() {
        refused = new String[] {"instagram_business_content_publish"};
        assertEquals(Set.of("instagram_business_basic"), connect().scopes());
    }

    @Test
    void renew_withinADay_isRefused() {
        Outcome<Grant> outcome = Wire.run(instagram.oauth().renew(connect().tokens()));
        assertInstanceOf(Outcome.Refused.class, outcome);
    }

    @Test
    void renew_ofAnExpiredToken_isRefusedAsDead() {
        Grant grant = connect();
        clock.advance(Duration.ofDays(61));
        Outcome<Grant> outcome = Wire.run(instagram.oauth().renew(grant.tokens()));
        assertEquals(
                TokenEffect.DEAD,
                Answers.errorOf(outcome).orElseThrow().meaning().tokenEffect());
    }

    @Test
    void exchange_lostAfterTheCode_resumesFromTheStoredAnswer() {
        simulator.faults().on(InstagramOperation.LONG_LIVED_EXCHANGE).next(Fault.dropBefore());
        Flow.Call<Grant> first = (Flow.Call<Grant>) instagram.oauth().exchange(code(), null);
        AtomicReference<HttpResult> stored = new AtomicReference<>();
        Outcome<Grant> lost = Wire.run(new Flow.Call<>(first.call(), result -> {
            stored.set(result);
            return first.next().apply(result);
        }));
        assertInstanceOf(Outcome.Unclear.class, lost);
        assertEquals(1, simulator.ledger().count(InstagramOperation.LONG_LIVED_EXCHANGE));
        HttpResult.Answered answer = assertInstanceOf(HttpResult.Answered.class, stored.get());
        Grant grant = Wire.done(instagram.oauth().resume("instagram.token", answer));
        assertEquals(shop.userId(), identify(grant).id());
    }

    @Test
    void publish_answerLostAfterEffect_isFoundByStatusAndListing() {
        Grant grant = connect();
        PublishAttempt ready = prepare(grant.tokens().access(), identify(grant));
        simulator.faults().on(InstagramOperation.MEDIA_PUBLISH).next(Fault.dropAfter());
        assertInstanceOf(Outcome.Unclear.class, Wire.run(instagram.publishing().commit(ready)));
        assertInstanceOf(
                HandleStatus.NotPublished.class,
                Wire.done(instagram.publishing().status(ready)));
        assertEquals("", Wire.done(instagram.publishing().locate(ready, "")).postId());
        clock.advance(Duration.ofMinutes(1));
        assertInstanceOf(
                HandleStatus.Published.class, Wire.done(instagram.publishing().status(ready)));
        assertEquals(
                simulator.ledger().posts().get(0).id(),
                Wire.done(instagram.publishing().locate(ready, "")).postId());
        assertEquals(1, simulator.ledger().posts().size());
    }

    @Test
    void publish_afterRateLimitAnswer_isUnclearAndThePostIsLive() {
        Grant grant = connect();
        PublishAttempt ready = prepare(grant.tokens().access(), identify(grant));
        simulator
                .faults()
                .on(InstagramOperation.MEDIA_PUBLISH)
                .next(Fault.errorAfter(400, "4/2207051", "Application request limit reached"));
        assertInstanceOf(Outcome.Unclear.class, Wire.run(instagram.publishing().commit(ready)));
        assertEquals(1, simulator.ledger().posts().size());
    }

    @Test
    void locate_withATwinPostedByHand_bindsNone() {
        Grant grant = connect();
        AccountIdentity account = identify(grant);
        PublishAttempt mine = prepare(grant.tokens().access(), account);
        PublishAttempt twin = prepare(grant.tokens().access(), account);
        simulator.faults().on(InstagramOperation.MEDIA_PUBLISH).next(Fault.cutJson());
        assertInstanceOf(Outcome.Unclear.class, Wire.run(instagram.publishing().commit(mine)));
        assertInstanceOf(Outcome.Done.class, Wire.run(instagram.publishing().commit(twin)));
        clock.advance(Duration.ofMinutes(1));
        assertEquals("", Wire.done(instagram.publishing().locate(mine, "")).postId());
    }

    @Test
    void prepare_ofAFailedContainer_isDeadWithItsCode() {
        Grant grant = connect();
        AccountIdentity account = identify(grant);
        simulator.failNextContainer(2207026);
        PrepareStep last = steps(grant.tokens().access(), account);
        assertEquals(
                "2207026",
                assertInstanceOf(PrepareStep.Dead.class, last).error().code());
    }

    @Test
    void containerLeftAlone_expiresAndIsDead() {
        Grant grant = connect();
        PublishAttempt ready = prepare(grant.tokens().access(), identify(grant));
        clock.advance(Duration.ofHours(25));
        HandleStatus status = Wire.done(instagram.publishing().status(ready));
        assertTrue(assertInstanceOf(HandleStatus.Dead.class, status)
                .error()
                .meaning()
                .retryable());
    }

    @Test
    void probe_withTheQuotaUsedUp_isBlocked() {
        Grant grant = connect();
        shop.quotaUsed(100);
        List<CapabilityFinding> found =
                Wire.done(instagram.accounts().probe(grant.tokens().access(), identify(grant), grant.scopes()));
        assertEquals("quota_used_up", found.get(0).code());
    }

    @Test
    void checkpointedAccount_waitsAndComesBack() {
        Grant grant = connect();
        shop.checkpointed(true);
        Outcome<AccountIdentity> waiting =
                Wire.run(instagram.accounts().identify(grant.tokens().access(), grant.scopes()));
        assertEquals(
                TokenEffect.WAITING_FOR_PERSON,
                Answers.errorOf(waiting).orElseThrow().meaning().tokenEffect());
        shop.checkpointed(false);
        assertEquals("shop", identify(grant).handle());
    }

    private String code() {
        URI consent = instagram
                .oauth()
                .authorizationUri(
                        new AuthorizationRequest("state-1", instagram.oauth().scopes(WANTED), null, true));
        String callback = Browser.create()
                .as("shop")
                .without(refused)
                .allow(consent, REDIRECT)
                .toString();
        String query = callback.substring(callback.indexOf('?') + 1).replace("#_", "");
        assertEquals("state-1", Forms.single(query, "state").orElseThrow());
        return Forms.single(query, "code").orElseThrow();
    }

    private Grant connect() {
        return Wire.done(instagram.oauth().exchange(code(), null));
    }

    private AccountIdentity identify(Grant grant) {
        return Wire.done(instagram
                .accounts()
                .identify(grant.tokens().access(), instagram.oauth().scopes(WANTED)));
    }

    private PublishAttempt prepare(Secret token, AccountIdentity account) {
        PrepareStep last = steps(token, account);
        Handle handle = assertInstanceOf(PrepareStep.Ready.class, last).handle();
        return attempt(token, account, handle, clock.instant());
    }

    /** Steps until ready or dead; the fetch of the media takes real time, so waiting is a poll with a limit. */
    private PrepareStep steps(Secret token, AccountIdentity account) {
        Handle handle = null;
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (System.nanoTime() < deadline) {
            PrepareStep step = Wire.done(instagram.publishing().prepare(attempt(token, account, handle, null)));
            if (step instanceof PrepareStep.Ready || step instanceof PrepareStep.Dead) {
                return step;
            }
            handle = step instanceof PrepareStep.Waiting waiting
                    ? waiting.handle()
                    : assertInstanceOf(PrepareStep.Advanced.class, step).handle();
            Thread.onSpinWait();
        }
        throw new AssertionError("not ready in time");
    }

    private PublishAttempt attempt(Secret token, AccountIdentity account, Handle handle, Instant committedAt) {
        PublishContent content = new PublishContent(
                PublishContent.Kind.VIDEO,
                CAPTION,
                List.of(new MediaPart(MediaPart.Role.ITEM, MediaPart.Type.VIDEO, "video/mp4", 100_000, Map.of())),
                InstagramReelOptions.builder().build().toMap());
        return new PublishAttempt(
                "attempt-1",
                token,
                account,
                content,
                List.of(new PublishAttempt.Media(
                        content.item(), new TestApp.Bytes(new byte[100_000]), host.at("/file/a.mp4"))),
                handle,
                clock.instant(),
                committedAt,
                bytes -> {},
                Duration.ofDays(1));
    }
}
