package io.linkspan.tiktok;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.spi.CommitResult;
import io.linkspan.spi.HandleStatus;
import io.linkspan.spi.MediaPart;
import io.linkspan.spi.MediaSource;
import io.linkspan.spi.Outcome;
import io.linkspan.spi.PlatformEvent;
import io.linkspan.spi.PrepareStep;
import io.linkspan.spi.PublishAttempt;
import io.linkspan.spi.PublishContent;
import io.linkspan.spi.QuotaBlock;
import io.linkspan.spi.Secret;
import io.linkspan.spi.SignedMessage;
import io.linkspan.testkit.SettableClock;
import io.linkspan.testkit.sim.CallbackReceiver;
import io.linkspan.testkit.sim.Fault;
import io.linkspan.testkit.sim.Ledger;
import io.linkspan.testkit.sim.MediaWeb;
import io.linkspan.testkit.tiktok.TikTokAccount;
import io.linkspan.testkit.tiktok.TikTokOperation;
import io.linkspan.testkit.tiktok.TikTokSimulator;
import io.linkspan.webhook.WebhookRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Drafts, pulls and photos against the simulated TikTok, over real HTTP. */
class TikTokModesSimulatorTest {
    private static final TikTokPhotoOptions PHOTOS =
            TikTokPhotoOptions.builder(TikTokPrivacyLevel.PUBLIC_TO_EVERYONE).build();
    private static final TikTokVideoOptions VIDEO =
            TikTokVideoOptions.builder(TikTokPrivacyLevel.PUBLIC_TO_EVERYONE).build();

    private final SettableClock clock = SettableClock.at(Instant.parse("2026-11-21T10:00:00Z"));
    private final Map<URI, MediaWeb.Page> web = new ConcurrentHashMap<>();
    private final List<CallbackReceiver.Callback> events = new CopyOnWriteArrayList<>();
    private final Wire wire = new Wire();
    private TikTokSimulator simulator;
    private TikTokAccount person;
    private Secret token;
    private TikTok tiktok;

    @BeforeEach
    void start() {
        simulator = TikTokSimulator.builder()
                .app(Fixtures.KEY, Fixtures.SECRET, Fixtures.REDIRECT.toString())
                .clock(clock)
                .media(uri -> web.getOrDefault(uri, MediaWeb.Page.status(404)))
                .callbacks(event -> {
                    events.add(event);
                    return 200;
                })
                .rules(rules -> rules.verifiedDomains("media.example"))
                .start();
        person = simulator.addAccount("demo");
        token = Secret.of(simulator
                .issueTokens(person, "user.info.basic", "video.publish", "video.upload")
                .accessToken());
        tiktok = Fixtures.builder()
                .audited(true)
                .endpoints(TikTokEndpoints.allAt(simulator.baseUri()))
                .build();
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void photos_arePostedOnceWithAllTheirFields() {
        TikTokPhotoOptions options = TikTokPhotoOptions.builder(TikTokPrivacyLevel.PUBLIC_TO_EVERYONE)
                .allowComment(true)
                .autoAddMusic(true)
                .build()
                .withTitle("Two")
                .withCover(1);
        PublishAttempt attempt = committed(attempt(Fixtures.photos(options, 3)));
        assertInstanceOf(HandleStatus.Published.class, settled(attempt));
        Ledger.Post post = onlyPost();
        assertEquals("Two", post.text());
        assertEquals("text #demo", post.details().get("description"));
        assertEquals("3", post.details().get("photo_images"));
        assertEquals("1", post.details().get("photo_cover_index"));
        assertEquals("true", post.details().get("auto_add_music"));
        assertEquals("false", post.details().get("disable_comment"));
    }

    @Test
    void pulledVideo_isPostedOnce() {
        PublishAttempt attempt = committed(attempt(Fixtures.video(VIDEO.pulled(), 1000)));
        assertInstanceOf(HandleStatus.Published.class, settled(attempt));
        assertEquals("hello #demo", onlyPost().text());
        assertEquals(1000, onlyPost().bytes());
    }

    @Test
    void drafts_areDeliveredAndPublishedWhenThePersonPosts() {
        for (PublishContent content : List.of(
                Fixtures.video(TikTokVideoOptions.draft(), 1000),
                Fixtures.video(TikTokVideoOptions.draft().pulled(), 1000),
                Fixtures.photos(TikTokPhotoOptions.draft().withTitle("Two"), 2))) {
            PublishAttempt attempt = committed(attempt(content));
            assertInstanceOf(HandleStatus.Delivered.class, settled(attempt));
            simulator.postDraft(attempt.requireHandle().id());
            assertInstanceOf(HandleStatus.Published.class, settled(attempt));
        }
        assertEquals(3, simulator.ledger().posts().size());
    }

    @Test
    void events_ofEveryMode_nameTheHandle() {
        List<String> expected = new ArrayList<>();
        for (PublishContent content : List.of(
                Fixtures.video(VIDEO, 1000),
                Fixtures.video(VIDEO.pulled(), 1000),
                Fixtures.photos(PHOTOS, 2),
                Fixtures.video(TikTokVideoOptions.draft(), 1000),
                Fixtures.video(TikTokVideoOptions.draft().pulled(), 1000),
                Fixtures.photos(TikTokPhotoOptions.draft(), 2))) {
            PublishAttempt attempt = committed(attempt(content));
            settled(attempt);
            boolean direct = PostMode.of(content).direct();
            expected.add((direct ? "post.publish.complete " : "post.publish.inbox_delivered ")
                    + attempt.requireHandle().id());
            clock.advance(Duration.ofMinutes(1));
        }
        simulator.settle();
        List<String> moved = new ArrayList<>();
        for (CallbackReceiver.Callback event : events) {
            PlatformEvent.HandleMoved it = moved(event);
            assertEquals(person.openId(), it.accountId());
            if (!it.name().equals("post.publish.publicly_available")) {
                moved.add(it.name() + " " + it.handle());
            }
        }
        assertEquals(expected, moved);
    }

    @Test
    void failedPull_isDeadAndTold() {
        PublishAttempt attempt = attempt(Fixtures.photos(PHOTOS, 2));
        web.clear();
        PublishAttempt committed = committed(attempt);
        HandleStatus.Dead dead = assertInstanceOf(HandleStatus.Dead.class, settled(committed));
        assertEquals("photo_pull_failed", dead.error().code());
        assertTrue(dead.error().meaning().retryable());
        assertEquals("post.publish.failed", moved(events.get(0)).name());
    }

    @Test
    void pull_withLostAnswer_isUnclearAndNameless() {
        PublishAttempt ready = ready(attempt(Fixtures.photos(PHOTOS, 2)));
        simulator.faults().on(TikTokOperation.PHOTO_INIT).next(Fault.dropAfter());
        Script.unclear(wire.play(tiktok.publishing().commit(ready)));
        assertEquals(new HandleStatus.Nameless(), wire.done(tiktok.publishing().status(ready)));
        assertTrue(tiktok.publishing().cancel(ready).isEmpty());
    }

    @Test
    void heldPull_isCancelledAndProvenDead() {
        simulator.rules().holdPulls(true);
        PublishAttempt attempt = committed(attempt(Fixtures.video(VIDEO.pulled(), 1000)));
        wire.done(tiktok.publishing().cancel(attempt).orElseThrow());
        HandleStatus.Dead dead = assertInstanceOf(HandleStatus.Dead.class, settled(attempt));
        assertEquals("publish_cancelled", dead.error().code());
        simulator.rules().holdPulls(false);
        simulator.startPulls();
        simulator.settle();
        assertEquals(0, simulator.ledger().posts().size());
    }

    @Test
    void sixthDraft_isALimitOfThePerson() {
        simulator.rules().rateLimits(false);
        for (int i = 0; i < 5; i++) {
            settled(committed(attempt(Fixtures.video(TikTokVideoOptions.draft(), 1000))));
        }
        Outcome<PrepareStep> sixth =
                wire.play(tiktok.publishing().prepare(attempt(Fixtures.video(TikTokVideoOptions.draft(), 1000))));
        QuotaBlock block = tiktok.publishing().blocked(Script.refused(sixth)).orElseThrow();
        assertEquals("tiktok.pending_shares", block.name());
    }

    @Test
    void seventhPullWithinAMinute_isDelayed() {
        for (int i = 0; i < 6; i++) {
            committed(attempt(Fixtures.photos(PHOTOS, 1)));
        }
        PublishAttempt ready = ready(attempt(Fixtures.photos(PHOTOS, 1)));
        QuotaBlock block = tiktok.publishing()
                .blocked(Script.refused(wire.play(tiktok.publishing().commit(ready))))
                .orElseThrow();
        assertEquals("tiktok.init_per_minute", block.name());
    }

    @Test
    void pull_fromUnverifiedHost_isRefusedByTikTokToo() {
        PublishAttempt ready = ready(attempt(Fixtures.photos(PHOTOS, 1)));
        simulator.rules().verifiedDomains("other.example");
        assertEquals(
                "url_ownership_unverified",
                Script.refused(wire.play(tiktok.publishing().commit(ready))).code());
    }

    @Test
    void draftOfPhotos_onOldApp_isRefusedWithWhatToDo() {
        person.oldApp(true);
        PublishAttempt ready = ready(attempt(Fixtures.photos(TikTokPhotoOptions.draft(), 1)));
        assertTrue(Script.refused(wire.play(tiktok.publishing().commit(ready)))
                .meaning()
                .remedy()
                .contains("31.8"));
    }

    @Test
    void look_ofBarredAndOfClosedAccount_tellsIt() {
        PublishContent video = Fixtures.video(TikTokVideoOptions.builder(TikTokPrivacyLevel.PUBLIC_TO_EVERYONE)
                .allowComment(true)
                .build());
        person.privateAccount(true).commentDisabled(true).maxVideoDuration(Duration.ofSeconds(90));
        var closed = wire.done(tiktok.publishing().look(token, Fixtures.account("demo"), video));
        assertEquals(Duration.ofSeconds(90), closed.maxVideoDuration());
        assertEquals(
                List.of("tiktok.privacy_level", "tiktok.allow_comment"),
                closed.problems().stream().map(problem -> problem.id()).toList());
        person.bannedFromPosting(true);
        var barred = wire.done(tiktok.publishing().look(token, Fixtures.account("demo"), video));
        assertEquals(
                "tiktok.spam_risk_user_banned_from_posting",
                barred.problems().get(0).id());
    }

    private PlatformEvent.HandleMoved moved(CallbackReceiver.Callback event) {
        WebhookRequest request = WebhookRequest.of(event.headers(), event.body().getBytes(StandardCharsets.UTF_8));
        SignedMessage.Authentic message = assertInstanceOf(
                SignedMessage.Authentic.class, tiktok.webhooks().read(request, clock.instant()));
        return assertInstanceOf(
                PlatformEvent.HandleMoved.class, message.events().get(0));
    }

    private PublishAttempt attempt(PublishContent content) {
        List<PublishAttempt.Media> media = new ArrayList<>();
        for (MediaPart part : content.parts()) {
            byte[] bytes = new byte[Math.toIntExact(part.size())];
            URI address = URI.create("https://media.example/" + web.size() + "?key=SAMPLE");
            web.put(address, MediaWeb.Page.of(bytes));
            MediaSource source = new Fixtures.Zeros(part.size());
            media.add(
                    new PublishAttempt.Media(part, source, PostMode.of(content).pulled() ? address : null));
        }
        return new PublishAttempt(
                "a" + web.size(),
                token,
                Fixtures.account("demo"),
                content,
                media,
                null,
                clock.instant(),
                null,
                sent -> {},
                Duration.ofDays(1));
    }

    private PublishAttempt ready(PublishAttempt attempt) {
        PrepareStep step = wire.done(tiktok.publishing().prepare(attempt));
        PrepareStep.Ready ready = assertInstanceOf(PrepareStep.Ready.class, step);
        return Steps.at(attempt, ready.handle(), clock.instant(), null);
    }

    private PublishAttempt committed(PublishAttempt attempt) {
        PublishAttempt ready = ready(attempt);
        CommitResult result = wire.done(tiktok.publishing().commit(ready));
        CommitResult.Accepted accepted = assertInstanceOf(CommitResult.Accepted.class, result);
        return Steps.at(
                ready,
                accepted.handle() == null ? ready.handle() : accepted.handle(),
                clock.instant(),
                clock.instant());
    }

    /** Looks until TikTok is done with it. */
    private HandleStatus settled(PublishAttempt attempt) {
        for (int read = 0; read < 10; read++) {
            clock.advance(Duration.ofSeconds(5));
            PublishAttempt now = Steps.at(attempt, attempt.handle(), clock.instant(), attempt.committedAt());
            Outcome<HandleStatus> outcome = wire.play(tiktok.publishing().status(now));
            if (outcome instanceof Outcome.Done<HandleStatus> done
                    && !(done.value() instanceof HandleStatus.Processing)) {
                return done.value();
            }
        }
        throw new AssertionError("the publish did not settle");
    }

    private Ledger.Post onlyPost() {
        assertEquals(1, simulator.ledger().posts().size());
        return simulator.ledger().posts().get(0);
    }
}
