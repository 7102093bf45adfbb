package io.linkspan.examples.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.ConnectionId;
import io.linkspan.instagram.Instagram;
import io.linkspan.link.Intent;
import io.linkspan.publish.Post;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublishJob;
import io.linkspan.publish.PublishState;
import io.linkspan.publish.PublishState.Phase;
import io.linkspan.testkit.instagram.InstagramOperation;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sound of somebody else in a video: known before the post, with no request more. */
class CopyrightTest {
    private static final String FINDING = "instagram.copyright_match";

    private final Stage stage = new Stage();
    private ConnectionId id;

    @BeforeEach
    void connect() {
        id = stage.connectInstagram(Intent.CROSS_POSTING).id();
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private Publication publish(String key, Post post) {
        return stage.settle(stage.linkspan.publisher().submit(Stage.OWNER, key, post));
    }

    private long reads() {
        return stage.instagram.ledger().count(InstagramOperation.CONTAINER_STATUS);
    }

    @Test
    void match_endsThePostBeforeItsCommit_andAWaiverLetsItOut() {
        publish("clear", stage.post(id));
        long reads = reads();
        stage.instagram.matchNextContainer();

        Publication stopped = publish("matched", stage.post(id));

        PublishJob job = Stage.job(stopped, Instagram.PLATFORM);
        PublishState.Failed failed = (PublishState.Failed) job.state();
        assertEquals(FINDING, failed.failure().code());
        assertTrue(failed.failure().remedy().contains("waive(\"" + FINDING), failed.failure()::remedy);
        assertEquals(1, stage.posts(Instagram.PLATFORM));
        assertEquals(1, stage.instagram.ledger().count(InstagramOperation.MEDIA_PUBLISH));
        assertTrue(reads() - reads <= reads, "no request more than without a match");

        stage.instagram.matchNextContainer();
        Publication waived = publish("waived", stage.post(id).waive(FINDING, "licensed by the label"));
        assertEquals(Phase.PUBLISHED, Stage.phase(waived, Instagram.PLATFORM));
        assertTrue(
                Stage.job(waived, Instagram.PLATFORM).evidence().stream()
                        .anyMatch(seen ->
                                seen.code().equals(FINDING) && seen.detail().endsWith("(waived)")),
                () -> waived.explain().toText());
        assertEquals(2, stage.posts(Instagram.PLATFORM));
    }

    @Test
    void checkThatIsNotOver_holdsNothingUp() {
        stage.instagram.rules().copyrightTime(Duration.ofHours(8));
        stage.instagram.matchNextContainer();
        assertEquals(Phase.PUBLISHED, Stage.phase(publish("a", stage.post(id)), Instagram.PLATFORM));
    }

    @Test
    void fieldThatIsNotOffered_costsOneRead_once() {
        stage.instagram.rules().copyrightOffered(false);
        assertEquals(Phase.PUBLISHED, Stage.phase(publish("a", stage.post(id)), Instagram.PLATFORM));
        long first = reads();
        assertEquals(Phase.PUBLISHED, Stage.phase(publish("b", stage.post(id)), Instagram.PLATFORM));
        assertTrue(reads() - first <= first, "reads: " + first + " and then " + (reads() - first));
    }
}
