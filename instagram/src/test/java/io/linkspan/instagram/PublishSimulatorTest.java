package io.linkspan.instagram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.spi.AccountIdentity;
import io.linkspan.spi.CommitResult;
import io.linkspan.spi.Handle;
import io.linkspan.spi.HandleStatus;
import io.linkspan.spi.MediaPart;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PlatformError;
import io.linkspan.spi.PrepareStep;
import io.linkspan.spi.Problem;
import io.linkspan.spi.PublishAdapter;
import io.linkspan.spi.PublishAttempt;
import io.linkspan.spi.PublishContent;
import io.linkspan.spi.Secret;
import io.linkspan.testkit.SettableClock;
import io.linkspan.testkit.instagram.FacebookPage;
import io.linkspan.testkit.instagram.InstagramAccount;
import io.linkspan.testkit.instagram.InstagramOperation;
import io.linkspan.testkit.instagram.InstagramSimulator;
import io.linkspan.testkit.sim.Fault;
import io.linkspan.testkit.sim.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kind of post under both logins, over real sockets. */
class PublishSimulatorTest {
    private static final int SIZE = 50_000;

    private final SettableClock clock = SettableClock.at("2026-11-21T10:00:00Z");
    private Host host;
    private InstagramSimulator simulator;
    private InstagramAccount shop;
    private AccountIdentity account;

    @BeforeEach
    void start() throws Exception {
        host = new Host(new byte[SIZE]);
        simulator = InstagramSimulator.builder().clock(clock).start();
        shop = simulator.addAccount("shop");
        account = new AccountIdentity(shop.userId(), Set.of(), "shop", "Shop", Map.of());
    }

    @AfterEach
    void stop() {
        simulator.close();
        host.close();
    }

    /** One login with a token of its own. */
    private record Side(PublishAdapter publishing, Secret token) {}

    private Side side(Login login) {
        InstagramEndpoints endpoints = InstagramEndpoints.allAt(simulator.baseUri());
        if (login == Login.INSTAGRAM) {
            return new Side(
                    TestApp.builder().endpoints(endpoints).build().publishing(),
                    Secret.of(simulator.issueTokens(shop).accessToken()));
        }
        FacebookPage page = simulator.addPage("Shop", shop);
        return new Side(
                TestApp.facebook().endpoints(endpoints).build().publishing(),
                Secret.of(simulator
                        .issuePageToken(simulator.addPerson("Mira").on(page), page)
                        .accessToken()));
    }

    @ParameterizedTest
    @EnumSource(Login.class)
    void reel_withEverythingThatTheLoginTakes_isLive(Login login) {
        InstagramReelOptions.Builder options = InstagramReelOptions.builder()
                .aiGenerated(true)
                .audioName("Mine")
                .collaborators("friend")
                .tag("other");
        if (login == Login.FACEBOOK) {
            options.location("123")
                    .audio("77", 80, 20)
                    .sponsors("99")
                    .paidPartnership(true)
                    .product("5");
        }
        PublishContent content = new PublishContent(
                PublishContent.Kind.VIDEO,
                "Hi @friend #x",
                List.of(part(MediaPart.Type.VIDEO, Map.of()), cover()),
                options.build().toMap());
        Ledger.Post post = publish(side(login), content);
        assertEquals("REELS", post.kind());
        assertEquals("Hi @friend #x", post.text());
        assertEquals(SIZE, post.bytes());
        assertEquals("[\"friend\"]", post.details().get("collaborators"));
        assertEquals(login == Login.FACEBOOK ? 1 : 0, simulator.ledger().count(InstagramOperation.UPLOAD));
    }

    @ParameterizedTest
    @EnumSource(Login.class)
    void image_isLive(Login login) {
        PublishContent content = new PublishContent(
                PublishContent.Kind.IMAGE,
                "Hi",
                List.of(part(MediaPart.Type.IMAGE, Map.of())),
                InstagramImageOptions.builder()
                        .altText("A cat")
                        .tag("other", 0.5, 0.25)
                        .build()
                        .toMap());
        Ledger.Post post = publish(side(login), content);
        assertEquals("IMAGE", post.kind());
        assertEquals(
                "[{\"username\":\"other\",\"x\":0.5,\"y\":0.25}]",
                post.details().get("user_tags"));
    }

    @ParameterizedTest
    @EnumSource(Login.class)
    void mixedCarousel_isOnePost(Login login) {
        Ledger.Post post = publish(side(login), carousel());
        assertEquals("CAROUSEL", post.kind());
        assertEquals("One of each", post.text());
        assertEquals(1, simulator.ledger().posts().size());
        assertEquals(4, simulator.ledger().count(InstagramOperation.CREATE_CONTAINER));
    }

    @ParameterizedTest
    @EnumSource(Login.class)
    void stories_areLiveAndFoundAmongTheStories(Login login) {
        Side side = side(login);
        for (MediaPart.Type type : MediaPart.Type.values()) {
            PublishContent story = story(type);
            PublishAttempt ready = prepare(side, story);
            simulator.faults().on(InstagramOperation.MEDIA_PUBLISH).next(Fault.dropAfter());
            assertInstanceOf(Outcome.Unclear.class, Wire.run(side.publishing().commit(ready)));
            clock.advance(Duration.ofMinutes(1));
            assertInstanceOf(
                    HandleStatus.Published.class, Wire.done(side.publishing().status(ready)));
            List<Ledger.Post> posts = simulator.ledger().posts();
            Ledger.Post post = posts.get(posts.size() - 1);
            assertEquals("STORIES", post.kind());
            assertEquals(
                    post.id(), Wire.done(side.publishing().locate(ready, "")).postId());
        }
    }

    @ParameterizedTest
    @EnumSource(Login.class)
    void carousel_whoseAnswerIsLost_isFoundAmongOtherPosts(Login login) {
        Side side = side(login);
        publish(side, image("One of each"));
        PublishAttempt ready = prepare(side, carousel());
        simulator.faults().on(InstagramOperation.MEDIA_PUBLISH).next(Fault.dropAfter());
        assertInstanceOf(Outcome.Unclear.class, Wire.run(side.publishing().commit(ready)));
        clock.advance(Duration.ofMinutes(1));
        assertEquals(
                simulator.ledger().posts().get(1).id(),
                Wire.done(side.publishing().locate(ready, "")).postId());
    }

    @ParameterizedTest
    @EnumSource(Login.class)
    void carouselItem_thatInstagramRefuses_leavesNothingLive(Login login) {
        Side side = side(login);
        simulator.failNextItem(2207026);
        PrepareStep.Dead dead = assertInstanceOf(PrepareStep.Dead.class, steps(side, carousel()));
        assertEquals("2207026", dead.error().code());
        assertTrue(dead.error().message().contains(" of 3 ("), dead.error().message());
        assertEquals(0, simulator.ledger().posts().size());
        assertEquals(3, simulator.ledger().count(InstagramOperation.CREATE_CONTAINER));
    }

    @ParameterizedTest
    @EnumSource(Login.class)
    void carouselItem_thatFailsOnce_isMadeAgainAlone(Login login) {
        simulator.failNextItem(2207077);
        publish(side(login), carousel());
        assertEquals(5, simulator.ledger().count(InstagramOperation.CREATE_CONTAINER));
        assertEquals(1, simulator.ledger().posts().size());
    }

    @Test
    void container_thatIsStuck_isGivenUpAfterItsDeadline() {
        Side side = side(Login.INSTAGRAM);
        simulator.stickNextContainer();
        Handle handle = null;
        PrepareStep step = next(side, story(MediaPart.Type.VIDEO), null);
        while (step instanceof PrepareStep.Waiting || step instanceof PrepareStep.Advanced) {
            handle = handle(step);
            clock.advance(step instanceof PrepareStep.Waiting waiting ? waiting.pause() : Duration.ofSeconds(1));
            step = next(side, story(MediaPart.Type.VIDEO), handle);
        }
        assertEquals(
                "stuck", assertInstanceOf(PrepareStep.Dead.class, step).error().code());
        assertTrue(simulator.ledger().count(InstagramOperation.CONTAINER_STATUS) < 50, "polls slowly");
    }

    @Test
    void upload_thatBreaksOff_needsANewContainer() {
        Side side = side(Login.FACEBOOK);
        PublishContent reel = new PublishContent(
                PublishContent.Kind.VIDEO, "Hi", List.of(part(MediaPart.Type.VIDEO, Map.of())), Map.of());
        simulator.faults().on(InstagramOperation.UPLOAD).next(Fault.dropBefore());
        PrepareStep.Dead dead = assertInstanceOf(PrepareStep.Dead.class, steps(side, reel));
        assertEquals("upload_interrupted", dead.error().code());
        assertTrue(dead.error().meaning().retryable());
        assertEquals("Hi", publish(side, reel).text());
    }

    @ParameterizedTest
    @EnumSource(Login.class)
    void publishingLimit_usedUp_postponesBeforeAnyContainer(Login login) {
        Side side = side(login);
        shop.quotaUsed(100);
        PrepareStep step = next(side, image(""), null);
        assertEquals(
                "instagram.posts_per_day",
                assertInstanceOf(PrepareStep.Postponed.class, step).limit().name());
        assertEquals(0, simulator.ledger().count(InstagramOperation.CREATE_CONTAINER));
        assertEquals(
                0,
                Wire.done(side.publishing().look(side.token(), account, image("")))
                        .quotas()
                        .get(0)
                        .left()
                        .orElseThrow());
    }

    @Test
    void callsOfTheAccount_usedUp_saysWhenTheyComeBack() {
        Side side = side(Login.INSTAGRAM);
        simulator.rules().accountCalls(1);
        assertInstanceOf(
                PrepareStep.Postponed.class, next(side, image(""), null), "the header of the first call tells it");
        Outcome<PrepareStep> outcome = Wire.run(side.publishing().prepare(attempt(side, image(""), null, null)));
        PlatformError error = outcome.refusal().orElseThrow();
        assertEquals("80002", error.code());
        Duration pause = side.publishing().blocked(error).orElseThrow().pause();
        assertTrue(pause.compareTo(Duration.ofHours(23)) > 0, pause.toString());
    }

    @ParameterizedTest
    @EnumSource(Login.class)
    void restrictedAccount_waitsForItsOwner(Login login) {
        Side side = side(login);
        PublishAttempt ready = prepare(side, image("Hi"));
        shop.restricted(true);
        Outcome<CommitResult> outcome = Wire.run(side.publishing().commit(ready));
        PlatformError error = assertInstanceOf(Outcome.Refused.class, outcome).error();
        assertEquals(
                "instagram.account_restricted",
                side.publishing().blocked(error).orElseThrow().name());
        assertEquals(0, simulator.ledger().posts().size());
    }

    private PublishContent carousel() {
        return new PublishContent(
                PublishContent.Kind.CAROUSEL,
                "One of each",
                List.of(
                        part(
                                MediaPart.Type.IMAGE,
                                InstagramItemOptions.builder()
                                        .altText("A cat")
                                        .build()
                                        .toMap()),
                        part(MediaPart.Type.VIDEO, Map.of()),
                        part(MediaPart.Type.IMAGE, Map.of())),
                InstagramCarouselOptions.builder().aiGenerated(true).build().toMap());
    }

    private static PublishContent story(MediaPart.Type type) {
        return TestApp.story(part(type, Map.of()));
    }

    private static PublishContent image(String caption) {
        return new PublishContent(
                PublishContent.Kind.IMAGE, caption, List.of(part(MediaPart.Type.IMAGE, Map.of())), Map.of());
    }

    private static MediaPart part(MediaPart.Type type, Map<String, String> options) {
        String contentType = type == MediaPart.Type.VIDEO ? "video/mp4" : "image/jpeg";
        return new MediaPart(MediaPart.Role.ITEM, type, contentType, SIZE, options);
    }

    private static MediaPart cover() {
        return new MediaPart(MediaPart.Role.COVER, MediaPart.Type.IMAGE, "image/jpeg", SIZE, Map.of());
    }

    private Ledger.Post publish(Side side, PublishContent content) {
        assertEquals(
                List.of(),
                side.publishing().problems(content).stream()
                        .filter(problem -> problem.weight() != Problem.Weight.WARNS)
                        .toList());
        CommitResult result = Wire.done(side.publishing().commit(prepare(side, content)));
        String id = assertInstanceOf(CommitResult.Published.class, result).postId();
        Ledger.Post post = simulator.ledger().posts().stream()
                .filter(it -> it.id().equals(id))
                .findFirst()
                .orElseThrow();
        clock.advance(Duration.ofMinutes(1));
        return post;
    }

    private PublishAttempt prepare(Side side, PublishContent content) {
        PrepareStep last = steps(side, content);
        Handle handle =
                assertInstanceOf(PrepareStep.Ready.class, last, last.toString()).handle();
        return attempt(side, content, handle, clock.instant());
    }

    /** Steps until ready or dead; the fetch of the media takes real time, so waiting is a poll with a limit. */
    private PrepareStep steps(Side side, PublishContent content) {
        Handle handle = null;
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (System.nanoTime() < deadline) {
            PrepareStep step = next(side, content, handle);
            if (!(step instanceof PrepareStep.Waiting || step instanceof PrepareStep.Advanced)) {
                return step;
            }
            handle = handle(step);
            Thread.onSpinWait();
        }
        throw new AssertionError("not ready in time");
    }

    private static Handle handle(PrepareStep step) {
        return step instanceof PrepareStep.Waiting waiting
                ? waiting.handle()
                : assertInstanceOf(PrepareStep.Advanced.class, step).handle();
    }

    private PrepareStep next(Side side, PublishContent content, @Nullable Handle handle) {
        return Wire.done(side.publishing().prepare(attempt(side, content, handle, null)));
    }

    private PublishAttempt attempt(
            Side side, PublishContent content, @Nullable Handle handle, @Nullable Instant committedAt) {
        List<PublishAttempt.Media> media = new ArrayList<>();
        for (MediaPart part : content.parts()) {
            boolean pulled = side.publishing().pulls(content, part);
            media.add(new PublishAttempt.Media(
                    part, new TestApp.Bytes(new byte[SIZE]), pulled ? host.at("/file/" + media.size()) : null));
        }
        return new PublishAttempt(
                "attempt-1",
                side.token(),
                account,
                content,
                media,
                handle,
                clock.instant(),
                committedAt,
                bytes -> {},
                Duration.ofDays(1));
    }
}
