package io.linkspan.examples.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.Disconnect;
import io.linkspan.connection.Explanation;
import io.linkspan.connection.Explanation.Bucket;
import io.linkspan.instagram.Instagram;
import io.linkspan.link.AccountLink;
import io.linkspan.link.AccountLinks;
import io.linkspan.link.Intent;
import io.linkspan.testkit.sim.Fault;
import io.linkspan.testkit.tiktok.TikTokOperation;
import io.linkspan.tiktok.TikTok;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What support reads, word by word: each case is a text in {@code src/test/resources/explain}. To take over changed words run
 * with {@code -Dlinkspan.golden=write} and read the difference.
 */
class ExplainTest {
    private static final Pattern HEX_ID = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern FOREIGN_ID = Pattern.compile("-000[A-Za-z0-9_-]{32}|1784[0-9]{13}|Trace id [^ .]+");

    private static final Pattern SCOPES = Pattern.compile("(?<=granted \\[)[^\\]]+");

    private final Stage stage = new Stage();
    private final AccountLinks links = stage.linkspan.links();

    @AfterEach
    void close() {
        stage.close();
    }

    private void check(ConnectionId id) {
        stage.linkspan.connections().check(Stage.OWNER, id);
    }

    private void assertConnection(String golden, Bucket bucket, ConnectionId id) {
        assertGolden(golden, bucket, stage.linkspan.connections().explain(Stage.OWNER, id));
    }

    private void assertLink(String golden, Bucket bucket, AccountLink link) {
        assertGolden(golden, bucket, links.explain(Stage.OWNER, link.id()));
    }

    private static void assertGolden(String golden, Bucket bucket, Explanation explanation) {
        String text = plain(explanation.toText());
        if ("write".equals(System.getProperty("linkspan.golden"))) {
            write(golden, text);
        }
        assertEquals(read(golden), text);
        assertEquals(bucket, explanation.bucket());
        ExplanationSchema.assertValid(explanation.toJson());
    }

    /** Ids drawn at random become numbers in the order they appear; sets get an order. */
    private static String plain(String text) {
        Map<String, String> names = new LinkedHashMap<>();
        String ours = HEX_ID.matcher(text)
                .replaceAll(found -> names.computeIfAbsent(found.group(), id -> "<id " + (names.size() + 1) + ">"));
        String sorted = SCOPES.matcher(ours)
                .replaceAll(
                        found -> Stream.of(found.group().split(", ")).sorted().collect(Collectors.joining(", ")));
        return FOREIGN_ID.matcher(sorted).replaceAll("<platform id>");
    }

    private static void write(String golden, String text) {
        try {
            Files.writeString(Path.of("src", "test", "resources", "explain", golden + ".txt"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(String golden) {
        Path file = Path.of("src", "test", "resources", "explain", golden + ".txt");
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void healthy() {
        ConnectionId id = stage.connectTikTok(Intent.BOTH).id();
        check(id);
        stage.clock.advance(Duration.ofMinutes(7));

        assertConnection("healthy", Bucket.NONE, id);
    }

    @Test
    void scopeMissing() {
        stage.tiktokAccount.denies("video.publish");
        ConnectionId id = stage.connectTikTok(Intent.BOTH).id();
        check(id);

        assertConnection("scope-missing", Bucket.OPTION_MISSING, id);
    }

    @Test
    void passwordChanged() {
        ConnectionId id = stage.connectInstagram(Intent.CROSS_POSTING).id();
        check(id);
        stage.clock.advance(Duration.ofDays(2));
        stage.instagram.invalidateTokens(stage.instagramAccount, 460);
        check(id);

        assertConnection("password-changed", Bucket.AUTHORIZATION_FAILS, id);
    }

    @Test
    void consentExpired() {
        ConnectionId id = stage.connectTikTok(Intent.CROSS_POSTING).id();
        stage.clock.advance(Duration.ofDays(400));

        assertConnection("consent-expired", Bucket.AUTHORIZATION_FAILS, id);
    }

    @Test
    void renewalOverdue() {
        ConnectionId id = stage.connectTikTok(Intent.CROSS_POSTING).id();
        stage.clock.advance(Duration.ofHours(3));

        assertConnection("renewal-overdue", Bucket.OVERDUE, id);
    }

    @Test
    void mediaBlocked() {
        ConnectionId id = stage.connectTikTok(Intent.BOTH).id();
        stage.tiktokAccount.bannedFromPosting(true);
        check(id);
        stage.clock.advance(Duration.ofMinutes(90));

        assertConnection("media-blocked", Bucket.ACCOUNT_RESTRICTED, id);
    }

    @Test
    void quotaBlocked() {
        ConnectionId id = stage.connectInstagram(Intent.CROSS_POSTING).id();
        stage.instagramAccount.quotaUsed(1000);
        check(id);

        assertConnection("quota-blocked", Bucket.LIMIT_REACHED, id);
    }

    @Test
    void checkpoint() {
        ConnectionId id = stage.connectInstagram(Intent.CROSS_POSTING).id();
        stage.instagramAccount.checkpointed(true);
        check(id);

        assertConnection("awaiting-account", Bucket.AUTHORIZATION_FAILS, id);
    }

    @Test
    void revokeNotProven() {
        ConnectionId id = stage.connectTikTok(Intent.BOTH).id();
        stage.tiktok.faults().on(TikTokOperation.REVOKE).always(Fault.dropBefore());
        stage.linkspan.connections().disconnect(Stage.OWNER, id, Disconnect.everywhere("mira asked"));

        assertConnection("revoke-not-proven", Bucket.REMOVED_BUT_STILL_ACTIVE, id);
    }

    @Test
    void revokedEverywhere() {
        ConnectionId id = stage.connectTikTok(Intent.CROSS_POSTING).id();
        stage.linkspan.connections().disconnect(Stage.OWNER, id, Disconnect.everywhere("mira asked"));

        assertConnection("revoked", Bucket.NONE, id);
    }

    @Test
    void linkWithIconAttested() {
        AccountLink link = stage.link();
        links.check(Stage.OWNER, link.id());
        links.attest(Stage.OWNER, link.id(), TikTok.PLATFORM, "mira", "the Instagram icon leads to @quay.studio");
        links.attest(Stage.OWNER, link.id(), Instagram.PLATFORM, "mira", "TikTok is the first of the links");
        stage.clock.advance(Duration.ofHours(1));

        assertLink("link-icon-attested", Bucket.NONE, link);
    }

    @Test
    void linkUnconfirmed() {
        AccountLink link = stage.link();
        links.check(Stage.OWNER, link.id());

        assertLink("link-unconfirmed", Bucket.OPTION_MISSING, link);
    }

    @Test
    void linkWithDrift() {
        stage.tiktokAccount.bio("Boats. IG: @quay.studio");
        AccountLink link = stage.link();
        links.check(Stage.OWNER, link.id());
        links.attest(Stage.OWNER, link.id(), Instagram.PLATFORM, "mira", "TikTok is the first of the links");
        stage.tiktokAccount.bio("Boats.");
        stage.clock.advance(Duration.ofHours(1));
        links.check(Stage.OWNER, link.id());

        assertLink("link-drift", Bucket.OPTION_MISSING, link);
    }

    @Test
    void linkOneSideRemoved() {
        AccountLink link = stage.link();
        stage.linkspan
                .connections()
                .disconnect(Stage.OWNER, link.connections().get(0), Disconnect.everywhere("mira asked"));

        assertLink("link-one-sided", Bucket.REMOVED_BUT_STILL_ACTIVE, link);
    }

    @Test
    void linkParted() {
        AccountLink link = stage.link();
        links.unlink(Stage.OWNER, link.id(), "mira asked");

        assertLink("link-parted", Bucket.REMOVED_BUT_STILL_ACTIVE, link);
    }

    @Test
    void linkWithDeadConnection() {
        AccountLink link = stage.link();
        stage.instagram.invalidateTokens(stage.instagramAccount, 460);
        check(link.connections().get(0));

        assertLink("link-person-needed", Bucket.AUTHORIZATION_FAILS, link);
    }
}
