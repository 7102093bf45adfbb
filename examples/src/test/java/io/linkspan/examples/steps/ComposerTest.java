package io.linkspan.examples.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.connection.ConnectionId;
import io.linkspan.link.Intent;
import io.linkspan.tiktok.TikTokComposer;
import io.linkspan.tiktok.TikTokPrivacyLevel;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The posting screen follows what the creator changes on TikTok. */
class ComposerTest {
    private final Stage stage = new Stage();

    @AfterEach
    void close() {
        stage.close();
    }

    private TikTokComposer composer(ConnectionId id) {
        return TikTokComposer.of(stage.linkspan.connections().check(Stage.OWNER, id, Duration.ofMinutes(5)));
    }

    @Test
    void composer_isReadAgainWhenItIsOld() {
        ConnectionId id = stage.connectTikTok(Intent.CROSS_POSTING).id();
        stage.tiktokAccount.displayName("Quay Studio");
        TikTokComposer first = composer(id);
        assertEquals("Quay Studio", first.nickname());
        assertTrue(first.privacyLevels(false).contains(TikTokPrivacyLevel.PUBLIC_TO_EVERYONE));
        assertTrue(first.comments().enabled());

        stage.tiktokAccount.privateAccount(true).commentDisabled(true).maxVideoDuration(Duration.ofMinutes(1));
        stage.clock.advance(Duration.ofMinutes(4));
        assertTrue(composer(id).comments().enabled());
        stage.clock.advance(Duration.ofMinutes(2));
        TikTokComposer second = composer(id);

        assertFalse(second.comments().enabled());
        assertFalse(second.duets().enabled());
        assertEquals(Duration.ofMinutes(1), second.maxVideoDuration().orElseThrow());
        assertEquals(
                List.of(TikTokPrivacyLevel.MUTUAL_FOLLOW_FRIENDS, TikTokPrivacyLevel.FOLLOWER_OF_CREATOR),
                second.privacyLevels(true));
        assertTrue(second.isFresh(stage.clock.instant(), Duration.ZERO));
    }

    @Test
    void barredCreator_mayNotPost() {
        ConnectionId id = stage.connectTikTok(Intent.CROSS_POSTING).id();
        stage.tiktokAccount.bannedFromPosting(true);

        TikTokComposer composer = composer(id);

        assertFalse(composer.mayPost());
        assertTrue(composer.blockedBecause().orElseThrow().contains("spam_risk_user_banned_from_posting"));
    }
}
