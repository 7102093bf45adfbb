package io.linkspan.examples.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.Linkspan;
import io.linkspan.connection.Connection;
import io.linkspan.connection.ConnectionId;
import io.linkspan.instagram.Instagram;
import io.linkspan.instagram.InstagramCarouselOptions;
import io.linkspan.instagram.InstagramReelOptions;
import io.linkspan.link.Intent;
import io.linkspan.publish.Media;
import io.linkspan.publish.Post;
import io.linkspan.publish.PostItem;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublishState.Phase;
import io.linkspan.testkit.instagram.InstagramAccount;
import io.linkspan.testkit.instagram.InstagramOperation;
import io.linkspan.testkit.sim.Fault;
import io.linkspan.testkit.tiktok.TikTokOperation;
import io.linkspan.tiktok.TikTok;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Outages over HTTP: uploads of Facebook Login, drafts that were refused, a post that TikTok has counted. */
class OutageTest {
    private static final Path VIDEO = Path.of(System.getProperty("basedir", "."), "media", "sample.mp4");
    private static final Fault DOWN = Fault.answerBefore(503, "text/html", "<html>busy</html>");

    /** What Facebook Login takes by bytes. */
    private enum Kind {
        REEL,
        CAROUSEL;

        Post post() {
            return this == REEL
                    ? Post.video(VIDEO)
                            .options(
                                    Instagram.PLATFORM,
                                    InstagramReelOptions.builder().build().toMap())
                    : Post.items(PostItem.video(Media.file(VIDEO)), PostItem.video(Media.file(VIDEO)))
                            .options(
                                    Instagram.PLATFORM,
                                    InstagramCarouselOptions.builder().build().toMap());
        }
    }

    private static Publication work(
            Linkspan linkspan, LoginStage stage, Publication publication, Duration time, Duration step) {
        Publication now = publication;
        Instant end = stage.clock.instant().plus(time);
        while (stage.clock.instant().isBefore(end) && !now.settled()) {
            linkspan.worker().runDue();
            stage.clock.advance(step);
            now = linkspan.publisher().find(LoginStage.OWNER, publication.id()).orElseThrow();
        }
        return now;
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void facebookLogin_outageOfAnyCallBeforeTheCommit_costsTimeOnly(Kind kind) {
        for (InstagramOperation call : List.of(
                InstagramOperation.UPLOAD, InstagramOperation.CREATE_CONTAINER, InstagramOperation.CONTAINER_STATUS)) {
            for (Duration lasts : List.of(Duration.ofSeconds(12), Duration.ofHours(3))) {
                try (LoginStage stage = new LoginStage(true)) {
                    InstagramAccount quay = stage.instagram.addAccount("quay.studio");
                    stage.instagram.addPerson("Mira").on(stage.instagram.addPage("Quay", quay));
                    Connection connection =
                            LoginStage.connected(stage.signIn("Mira", LoginStage.asking(Instagram.PLATFORM)));
                    Publication submitted = stage.linkspan
                            .publisher()
                            .submit(LoginStage.OWNER, "k", kind.post().to(connection.id()));
                    stage.instagram.faults().on(call).always(DOWN);
                    Publication waiting = work(stage.linkspan, stage, submitted, lasts, lasts.dividedBy(36));
                    stage.instagram.faults().on(call).clear();

                    Publication after =
                            work(stage.linkspan, stage, waiting, Duration.ofMinutes(30), Duration.ofSeconds(10));

                    assertEquals(Phase.PUBLISHED, after.jobs().get(0).state().phase(), after.explain()::toText);
                    assertEquals(1, stage.instagram.ledger().posts().size());
                }
            }
        }
    }

    @Test
    void draftThatWasRefusedFiveTimes_isDeliveredWithinMinutes() {
        try (Stage stage = new Stage()) {
            ConnectionId tiktok =
                    stage.connectTikTok(Intent.CROSS_POSTING_AND_DRAFTS).id();
            Fault tooMany = Fault.errorBefore(429, "rate_limit_exceeded", "slow down");
            stage.tiktok.faults().on(TikTokOperation.INBOX_INIT).next(tooMany, tooMany, tooMany, tooMany, tooMany);
            Publication submitted = stage.submit(Post.video(stage.sample())
                    .options(TikTok.PLATFORM, Map.of("post_mode", "MEDIA_UPLOAD"))
                    .to(tiktok));
            stage.run(Duration.ofMinutes(12), Duration.ofSeconds(20));

            Publication after = stage.publication(submitted.id());

            assertEquals(Phase.DELIVERED, Stage.phase(after, TikTok.PLATFORM), after.explain()::toText);
        }
    }

    @Test
    void postThatTikTokHasCounted_goesOnUnderALimitThatAnotherOneLearned() {
        try (Stage stage = new Stage()) {
            ConnectionId tiktok = stage.connectTikTok(Intent.CROSS_POSTING).id();
            stage.tiktok.faults().on(TikTokOperation.UPLOAD).next(DOWN);
            Publication counted = stage.submit(stage.post(tiktok));
            stage.linkspan.worker().runDue();
            assertEquals(1, stage.tiktok.ledger().count(TikTokOperation.VIDEO_INIT));
            stage.tiktok
                    .faults()
                    .on(TikTokOperation.VIDEO_INIT)
                    .next(Fault.errorBefore(403, "spam_risk_too_many_posts", "no more today"));
            Publication refused = stage.linkspan
                    .publisher()
                    .submit(Stage.OWNER, "another", stage.post(tiktok).caption("The second crossing"));
            stage.linkspan.worker().runDue();
            assertTrue(stage.publication(refused.id()).explain().toText().contains("spam_risk_too_many_posts"));

            stage.run(Duration.ofMinutes(20), Duration.ofSeconds(20));

            assertEquals(
                    Phase.PUBLISHED,
                    Stage.phase(stage.publication(counted.id()), TikTok.PLATFORM),
                    () -> stage.publication(counted.id()).explain().toText());
            assertEquals(1, stage.posts(TikTok.PLATFORM));
        }
    }
}
