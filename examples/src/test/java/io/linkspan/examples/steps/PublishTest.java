package io.linkspan.examples.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.Linkspan;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.Disconnect;
import io.linkspan.event.LinkspanEvent;
import io.linkspan.instagram.Instagram;
import io.linkspan.link.AccountLink;
import io.linkspan.link.Intent;
import io.linkspan.publish.Decision;
import io.linkspan.publish.IdempotencyConflictException;
import io.linkspan.publish.Media;
import io.linkspan.publish.Post;
import io.linkspan.publish.PostRefusedException;
import io.linkspan.publish.Preview;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublishState;
import io.linkspan.publish.PublishState.Phase;
import io.linkspan.spi.Problem;
import io.linkspan.testkit.instagram.InstagramOperation;
import io.linkspan.testkit.sim.Fault;
import io.linkspan.testkit.sim.Ledger;
import io.linkspan.testkit.tiktok.TikTokOperation;
import io.linkspan.tiktok.TikTok;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishTest {
    private final Stage stage = new Stage();

    @AfterEach
    void close() {
        stage.close();
    }

    private ConnectionId tiktok() {
        return stage.connectTikTok(Intent.CROSS_POSTING).id();
    }

    private ConnectionId instagram() {
        return stage.connectInstagram(Intent.CROSS_POSTING).id();
    }

    private void assertNothingPosted() {
        stage.run(Duration.ofMinutes(30), Duration.ofMinutes(1));
        assertEquals(0, stage.posts(TikTok.PLATFORM));
        assertEquals(0, stage.posts(Instagram.PLATFORM));
    }

    @Test
    void submit_toLink_publishesOnceEach() {
        Publication accepted = stage.submit(stage.post(stage.link()));
        assertEquals(2, accepted.jobs().size());

        Publication settled = stage.settle(accepted);

        stage.assertOnePostEach(settled);
        assertEquals(
                List.of(1, 1), settled.jobs().stream().map(job -> job.handles()).toList());
        Ledger.Post onTikTok = stage.tiktok.ledger().posts().get(0);
        Ledger.Post onInstagram = stage.instagram.ledger().posts().get(0);
        assertEquals(Stage.CAPTION, onTikTok.text());
        assertEquals(Stage.CAPTION, onInstagram.text());
        assertEquals(onTikTok.sha256(), onInstagram.sha256());
        assertEquals(
                onInstagram.id(),
                assertInstanceOf(
                                PublishState.Published.class,
                                Stage.job(settled, Instagram.PLATFORM).state())
                        .postId());
    }

    @Test
    void generalCover_goesWhereOneIsTaken() {
        AccountLink link = stage.link();
        Post post = stage.post(link).cover(Media.file(stage.cover()));
        Preview preview = stage.linkspan.publisher().preview(Stage.OWNER, post);
        assertEquals(
                List.of("tiktok.cover"),
                preview.targets().stream()
                        .flatMap(target -> target.problems().stream())
                        .map(Problem::id)
                        .filter(id -> id.endsWith(".cover"))
                        .toList());

        stage.assertOnePostEach(stage.settle(stage.submit(post)));

        assertEquals(1, postsWithCover());
    }

    @Test
    void coverOfOnePlatform_winsThere_andIsPartOfTheRequest() {
        AccountLink link = stage.link();
        Post plain = stage.post(link);
        stage.submit(plain);
        Media cover = Media.file(stage.cover());

        assertThrows(IdempotencyConflictException.class, () -> stage.submit(plain.cover(Instagram.PLATFORM, cover)));
        Preview preview = stage.linkspan.publisher().preview(Stage.OWNER, plain.cover(TikTok.PLATFORM, cover));
        assertFalse(preview.acceptable());
        Publication settled = stage.settle(
                stage.linkspan.publisher().submit(Stage.OWNER, "another-key", plain.cover(Instagram.PLATFORM, cover)));
        assertEquals(
                List.of(Phase.PUBLISHED, Phase.PUBLISHED),
                settled.jobs().stream().map(job -> job.state().phase()).toList());
        assertEquals(1, postsWithCover());
    }

    private long postsWithCover() {
        return stage.instagram.ledger().posts().stream()
                .filter(post -> !post.details().getOrDefault("cover_sha256", "").isEmpty())
                .count();
    }

    @Test
    void settled_hoursLater_postsNothingMore() {
        Publication settled = stage.settle(stage.submit(stage.post(stage.link())));

        stage.run(Duration.ofHours(30), Duration.ofHours(1));

        stage.assertOnePostEach(stage.publication(settled.id()));
    }

    @Test
    void submit_sameKeyAndPost_isSamePublication() {
        AccountLink link = stage.link();
        Publication first = stage.submit(stage.post(link));
        assertEquals(first.id(), stage.submit(stage.post(link)).id());

        stage.settle(first);

        assertEquals(first.id(), stage.submit(stage.post(link)).id());
        stage.run(Duration.ofMinutes(10), Duration.ofMinutes(1));
        stage.assertOnePostEach(stage.publication(first.id()));
    }

    @Test
    void submit_sameKeyOtherCaption_isConflict() {
        AccountLink link = stage.link();
        Publication first = stage.submit(stage.post(link));

        assertThrows(
                IdempotencyConflictException.class,
                () -> stage.submit(stage.post(link).caption("Last crossing of the day")));

        stage.assertOnePostEach(stage.settle(first));
        assertEquals(Stage.CAPTION, stage.tiktok.ledger().posts().get(0).text());
    }

    @Test
    void submit_blockedFile_refusedAndNothingQueued() {
        AccountLink link = stage.link();

        PostRefusedException refused = assertThrows(
                PostRefusedException.class,
                () -> stage.submit(stage.video(stage.blockedSample()).to(link)));

        assertFalse(refused.preview().acceptable());
        assertNothingPosted();
        assertEquals(List.of(), stage.tiktok.ledger().requests(TikTokOperation.VIDEO_INIT));
        assertEquals(List.of(), stage.instagram.ledger().requests(InstagramOperation.CREATE_CONTAINER));
        // the key was not used up
        stage.assertOnePostEach(stage.settle(stage.submit(stage.post(link))));
    }

    @Test
    void mediaPublish_errorAfterEffect_isOnePost() {
        stage.instagram
                .faults()
                .on(InstagramOperation.MEDIA_PUBLISH)
                .next(Fault.errorAfter(400, "4/2207051", "blocked"));

        stage.assertPublishedOnce(stage.settle(stage.submit(stage.post(instagram()))), Instagram.PLATFORM);
        assertEquals(1, stage.instagram.ledger().count(InstagramOperation.MEDIA_PUBLISH));
    }

    @Test
    void mediaPublish_answerLostAfterEffect_isOnePost() {
        stage.instagram.faults().on(InstagramOperation.MEDIA_PUBLISH).next(Fault.dropAfter());

        stage.assertPublishedOnce(stage.settle(stage.submit(stage.post(instagram()))), Instagram.PLATFORM);
        assertEquals(1, stage.instagram.ledger().count(InstagramOperation.MEDIA_PUBLISH));
    }

    @Test
    void mediaPublish_lostBeforeEffect_awaitsDecisionAfter10Minutes() {
        stage.instagram.faults().on(InstagramOperation.MEDIA_PUBLISH).next(Fault.dropBefore());
        Publication accepted = stage.submit(stage.post(instagram()));

        stage.run(Duration.ofMinutes(9), Duration.ofSeconds(3));
        assertEquals(Phase.IN_DOUBT, Stage.phase(stage.publication(accepted.id()), Instagram.PLATFORM));
        stage.run(Duration.ofMinutes(3), Duration.ofSeconds(3));

        Publication waiting = stage.publication(accepted.id());
        assertEquals(
                Phase.AWAITING_DECISION,
                Stage.phase(waiting, Instagram.PLATFORM),
                () -> waiting.explain().toText());
        assertEquals(0, stage.posts(Instagram.PLATFORM));
        assertEquals(1, stage.instagram.ledger().count(InstagramOperation.MEDIA_PUBLISH));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void resultThatOneOfTheLastReadsSees_asksNobody(int failed) {
        List<Phase> passed = new ArrayList<>();
        Linkspan worker = stage.open(stage.stores, event -> {
            if (event instanceof LinkspanEvent.JobMoved moved) {
                passed.add(moved.to().phase());
            }
        });
        stage.instagram.faults().on(InstagramOperation.MEDIA_PUBLISH).next(Fault.dropAfter());
        Publication accepted = stage.submit(stage.post(instagram()));
        while (Stage.phase(stage.publication(accepted.id()), Instagram.PLATFORM) != Phase.IN_DOUBT) {
            worker.worker().runDue();
            stage.clock.advance(Duration.ofSeconds(1));
        }
        stage.instagram.faults().on(InstagramOperation.CONTAINER_STATUS).always(Fault.errorBefore(500, "2", "later"));
        if (failed == 0) {
            stage.clock.advance(Duration.ofMinutes(1));
            worker.worker().runDue();
        }
        stage.clock.advance(Duration.ofMinutes(10));
        for (int read = 0; read < failed; read++) {
            worker.worker().runDue();
            stage.clock.advance(Duration.ofSeconds(5));
        }
        stage.instagram.faults().on(InstagramOperation.CONTAINER_STATUS).clear();

        stage.assertPublishedOnce(stage.settle(accepted, worker), Instagram.PLATFORM);

        assertFalse(passed.contains(Phase.AWAITING_DECISION), passed::toString);
        assertTrue(passed.contains(Phase.IN_DOUBT), passed::toString);
    }

    @Test
    void awaitingDecision_tryAgain_publishesOnce() {
        stage.instagram.faults().on(InstagramOperation.MEDIA_PUBLISH).next(Fault.dropBefore());
        Publication accepted = stage.submit(stage.post(instagram()));
        stage.run(Duration.ofMinutes(12), Duration.ofSeconds(3));

        stage.linkspan
                .publisher()
                .decide(
                        Stage.OWNER,
                        accepted.id(),
                        Stage.job(accepted, Instagram.PLATFORM).id(),
                        Decision.TRY_AGAIN,
                        "mira");

        stage.assertPublishedOnce(stage.settle(accepted), Instagram.PLATFORM);
    }

    @Test
    void awaitingDecision_giveUp_failsWithoutPost() {
        stage.instagram.faults().on(InstagramOperation.MEDIA_PUBLISH).next(Fault.dropBefore());
        Publication accepted = stage.submit(stage.post(instagram()));
        stage.run(Duration.ofMinutes(12), Duration.ofSeconds(3));

        Publication ended = stage.linkspan
                .publisher()
                .decide(
                        Stage.OWNER,
                        accepted.id(),
                        Stage.job(accepted, Instagram.PLATFORM).id(),
                        Decision.GIVE_UP,
                        "mira");

        assertEquals(
                Phase.FAILED,
                Stage.phase(ended, Instagram.PLATFORM),
                () -> ended.explain().toText());
        assertNothingPosted();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void upload_dropped_isOnePost(boolean afterEffect) {
        stage.tiktok.faults().on(TikTokOperation.UPLOAD).next(afterEffect ? Fault.dropAfter() : Fault.dropBefore());

        stage.assertPublishedOnce(stage.settle(stage.submit(stage.post(tiktok()))), TikTok.PLATFORM);
    }

    @Test
    void videoInit_failsTwice_isOnePost() {
        stage.tiktok.faults().on(TikTokOperation.VIDEO_INIT).next(Fault.serverErrorBefore(), Fault.serverErrorBefore());

        stage.assertPublishedOnce(stage.settle(stage.submit(stage.post(tiktok()))), TikTok.PLATFORM);
    }

    @Test
    void createContainer_answerLost_isOnePost() {
        stage.instagram.faults().on(InstagramOperation.CREATE_CONTAINER).next(Fault.dropAfter());

        stage.assertPublishedOnce(stage.settle(stage.submit(stage.post(instagram()))), Instagram.PLATFORM);
    }

    @Test
    void accessToken_invalidatedBetween_continuesWithSameHandle() {
        stage.tiktok
                .faults()
                .on(TikTokOperation.VIDEO_INIT)
                .next(Fault.hold(() -> stage.tiktok.invalidateAccessTokens(stage.tiktokAccount)));

        Publication settled = stage.settle(stage.submit(stage.post(tiktok())));

        stage.assertPublishedOnce(settled, TikTok.PLATFORM);
        assertEquals(1, Stage.job(settled, TikTok.PLATFORM).handles());
        assertEquals(1, stage.tiktok.ledger().count(TikTokOperation.VIDEO_INIT));
        assertEquals(1, stage.tiktok.ledger().count(TikTokOperation.TOKEN_REFRESH));
    }

    @Test
    void notAfter_passedBeforeWork_expiresWithoutPost() {
        Publication accepted = stage.submit(
                stage.post(stage.link()).notAfter(stage.clock.instant().plus(Duration.ofMinutes(1))));
        stage.clock.advance(Duration.ofMinutes(2));

        Publication settled = stage.settle(accepted);

        assertEquals(
                Phase.EXPIRED,
                Stage.phase(settled, TikTok.PLATFORM),
                () -> settled.explain().toText());
        assertEquals(
                Phase.EXPIRED,
                Stage.phase(settled, Instagram.PLATFORM),
                () -> settled.explain().toText());
        assertNothingPosted();
    }

    @Test
    void notBefore_inFuture_waits() {
        Publication accepted = stage.submit(
                stage.post(stage.link()).notBefore(stage.clock.instant().plus(Duration.ofHours(1))));
        stage.run(Duration.ofMinutes(50), Duration.ofMinutes(10));
        assertEquals(0, stage.posts(TikTok.PLATFORM));
        assertEquals(0, stage.posts(Instagram.PLATFORM));

        stage.clock.advance(Duration.ofMinutes(10));

        stage.assertOnePostEach(stage.settle(accepted));
    }

    @Test
    void cancel_beforeCommit_cancelsWithoutPost() {
        Publication accepted = stage.submit(stage.post(stage.link()));

        stage.linkspan.publisher().cancel(Stage.OWNER, accepted.id(), "wrong video");
        Publication settled = stage.settle(accepted);

        assertEquals(
                Phase.CANCELLED,
                Stage.phase(settled, TikTok.PLATFORM),
                () -> settled.explain().toText());
        assertEquals(
                Phase.CANCELLED,
                Stage.phase(settled, Instagram.PLATFORM),
                () -> settled.explain().toText());
        assertNothingPosted();
    }

    @Test
    void disconnect_beforeRun_cancelsThatJobOnly() {
        AccountLink link = stage.link();
        Publication accepted = stage.submit(stage.post(link));
        ConnectionId tiktok = Stage.job(accepted, TikTok.PLATFORM).connection();

        stage.linkspan.connections().disconnect(Stage.OWNER, tiktok, Disconnect.everywhere("mira asked"));
        Publication settled = stage.settle(accepted);

        assertEquals(
                Phase.CANCELLED,
                Stage.phase(settled, TikTok.PLATFORM),
                () -> settled.explain().toText());
        assertEquals(0, stage.posts(TikTok.PLATFORM));
        stage.assertPublishedOnce(settled, Instagram.PLATFORM);
    }

    @Test
    void twoWorkers_onSameStores_publishOnceEach() {
        Linkspan other = stage.open();

        stage.assertOnePostEach(stage.settle(stage.submit(stage.post(stage.link())), stage.linkspan, other));
        assertEquals(1, stage.tiktok.ledger().count(TikTokOperation.VIDEO_INIT));
        assertEquals(1, stage.instagram.ledger().count(InstagramOperation.MEDIA_PUBLISH));
    }

    @Test
    void status_tellsFailReason_failsWithThatCode() {
        stage.tiktok.failNextPublish("file_format_check_failed");

        Publication settled = stage.settle(stage.submit(stage.post(tiktok())));

        PublishState.Failed failed = assertInstanceOf(
                PublishState.Failed.class, Stage.job(settled, TikTok.PLATFORM).state());
        assertEquals("file_format_check_failed", failed.failure().code());
        assertEquals(0, stage.posts(TikTok.PLATFORM));
    }
}
