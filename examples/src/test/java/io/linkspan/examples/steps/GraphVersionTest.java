package io.linkspan.examples.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.CapabilityHealth;
import io.linkspan.connection.Connection;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.Explanation.Who;
import io.linkspan.instagram.Instagram;
import io.linkspan.link.Intent;
import io.linkspan.publish.PostRefusedException;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublishState.Phase;
import io.linkspan.testkit.instagram.ClosedVersion;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The configured version of the Graph API ends, or turns out to be closed to the app. */
class GraphVersionTest {
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

    private void end() {
        stage.instagram.rules().versions("v28.0", "v29.0");
    }

    private void assertOperatorsError(Publication publication) {
        String text = publication.explain().toText();
        assertEquals(Phase.FAILED, Stage.phase(publication, Instagram.PLATFORM), text);
        assertTrue(text.contains("2635"), text);
        assertTrue(text.contains("Set graphVersion to a version that Meta still offers"), text);
        assertEquals(Who.OPERATOR, publication.explain().next().get(0).who(), text);
        assertEquals(0, stage.posts(Instagram.PLATFORM));
    }

    @Test
    void versionThatHasEnded_refusesThePostWithTheOperatorsStep() {
        end();
        PostRefusedException refused = assertThrows(PostRefusedException.class, () -> stage.submit(stage.post(id)));
        assertTrue(
                refused.getMessage().contains("Set graphVersion to a version that Meta still offers"),
                refused::getMessage);
        assertTrue(refused.getMessage().contains("instagram.refused: "), refused::getMessage);
        assertEquals(0, stage.posts(Instagram.PLATFORM));
    }

    /** The container is made, and its reads and its publish are refused. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void versionThatEndsWhileAPostIsUnderWay_postsNothing(int rounds) {
        stage.instagram.stickNextContainer();
        Publication publication = stage.submit(stage.post(id));
        for (int i = 0; i < rounds; i++) {
            stage.linkspan.worker().runDue();
            stage.clock.advance(Duration.ofSeconds(5));
        }
        stage.instagram.releaseContainers();
        end();
        assertOperatorsError(stage.settle(stage.publication(publication.id())));
    }

    @Test
    void versionThatIsForwarded_posts() {
        end();
        stage.instagram.rules().closedVersion(ClosedVersion.FORWARDED);
        stage.assertPublishedOnce(stage.settle(stage.submit(stage.post(id))), Instagram.PLATFORM);
    }

    @Test
    void accountThatIsLookedAtWithAnEndedVersion_isNotLost() {
        end();
        Connection looked = stage.linkspan.connections().check(Stage.OWNER, id);
        String text = looked.explain();
        assertTrue(text.contains("graphVersion"), text);
        assertTrue(looked.health().values().stream().noneMatch(it -> it.kind() == CapabilityHealth.Kind.UNKNOWN), text);
        stage.instagram.rules().versions("v21.0", "v27.0");
        stage.clock.advance(Duration.ofDays(1));
        stage.linkspan.connections().check(Stage.OWNER, id);
        stage.assertPublishedOnce(stage.settle(stage.submit(stage.post(id))), Instagram.PLATFORM);
    }
}
