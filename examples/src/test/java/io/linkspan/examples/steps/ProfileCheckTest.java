package io.linkspan.examples.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.NotFoundException;
import io.linkspan.TenantId;
import io.linkspan.connection.Attention;
import io.linkspan.connection.Disconnect;
import io.linkspan.connection.HistoryEntry;
import io.linkspan.instagram.Instagram;
import io.linkspan.link.AccountLink;
import io.linkspan.link.AccountLinks;
import io.linkspan.link.Intent;
import io.linkspan.link.LinkStatus;
import io.linkspan.link.ManualUrl;
import io.linkspan.link.ProfileCheck;
import io.linkspan.link.ProfileCheck.Handles.Verdict;
import io.linkspan.link.Sighting;
import io.linkspan.testkit.tiktok.TikTokOperation;
import io.linkspan.tiktok.TikTok;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Profile association in both directions, read where it can be and said by a person where it cannot. */
class ProfileCheckTest {
    private static final TenantId TENANT = Stage.OWNER.tenant();

    private final Stage stage = new Stage();
    private final AccountLinks links = stage.linkspan.links();

    @AfterEach
    void close() {
        stage.close();
    }

    private static Sighting on(ProfileCheck check, io.linkspan.Platform platform) {
        return check.on(platform).orElseThrow().sighting();
    }

    private LinkStatus.Kind status(AccountLink link) {
        return links.status(Stage.OWNER, link.id()).orElseThrow().kind();
    }

    private List<String> actions(AccountLink link) {
        return links.history(Stage.OWNER, link.id()).stream()
                .map(HistoryEntry::action)
                .toList();
    }

    private List<Attention> attention() {
        return stage.linkspan.connections().needingAttention(TENANT, "", 100).items();
    }

    @Test
    void bioThatNamesTheOtherAccount_isFoundAndTheOtherProfileIsNotReadable() {
        stage.tiktokAccount.bio("Boats. 👉 https://www.Instagram.com/Quay.Studio/?igsh=abc");
        AccountLink link = stage.link();
        assertEquals(LinkStatus.Kind.UNCONFIRMED, status(link));

        ProfileCheck check = links.check(Stage.OWNER, link.id());

        Sighting.Found found = assertInstanceOf(Sighting.Found.class, on(check, TikTok.PLATFORM));
        assertEquals("bio_description", found.where());
        assertEquals(stage.clock.instant(), found.evidence().at());
        assertInstanceOf(Sighting.NotReadable.class, on(check, Instagram.PLATFORM));
        assertEquals(Verdict.SAME, check.handles().verdict());
        assertEquals(check, links.lastCheck(Stage.OWNER, link.id()).orElseThrow());
        assertEquals(LinkStatus.Kind.UNCONFIRMED, status(link));
        assertEquals(List.of("linked", "profile_not_readable", "profile_found"), actions(link));
    }

    @Test
    void whatAPersonSaw_countsWhereNothingCanBeRead() {
        stage.tiktokAccount.bio("IG: @quay.studio");
        AccountLink link = stage.link();
        links.check(Stage.OWNER, link.id());

        ProfileCheck check =
                links.attest(Stage.OWNER, link.id(), Instagram.PLATFORM, "mira", "the TikTok link is under Links");

        Sighting.Attested attested = assertInstanceOf(Sighting.Attested.class, on(check, Instagram.PLATFORM));
        assertEquals("mira", attested.person());
        assertEquals(LinkStatus.Kind.WORKING, status(link));
        assertInstanceOf(Sighting.Attested.class, on(links.check(Stage.OWNER, link.id()), Instagram.PLATFORM));
    }

    @Test
    void editedBio_isADriftThatIsNoticedByTheWorkerKeptInHistoryAndListed() {
        stage.tiktokAccount.bio("IG: @quay.studio");
        AccountLink link = stage.link();
        links.check(Stage.OWNER, link.id());
        links.attest(Stage.OWNER, link.id(), Instagram.PLATFORM, "mira", "seen");
        assertEquals(LinkStatus.Kind.WORKING, status(link));
        assertEquals(List.of(), attention());
        stage.tiktokAccount.bio("Boats only");

        stage.run(Duration.ofHours(28), Duration.ofHours(1));

        assertEquals(LinkStatus.Kind.DRIFTED, status(link));
        assertTrue(links.lastCheck(Stage.OWNER, link.id()).orElseThrow().drifted());
        assertEquals("profile_drifted", actions(link).get(actions(link).size() - 1));
        Attention item = attention().get(0);
        assertEquals(link.id(), item.link().orElseThrow());
        assertEquals("profile_drifted", item.reasons().get(0).code());

        stage.tiktokAccount.bio("Boats, and instagram.com/quay.studio");
        links.check(Stage.OWNER, link.id());

        assertEquals(LinkStatus.Kind.WORKING, status(link));
        assertEquals(List.of(), attention());
        assertEquals("profile_found", actions(link).get(actions(link).size() - 1));
    }

    @Test
    void attestedIcon_holdsUntilTheOtherHandleChanges() {
        AccountLink link = stage.link();
        links.attest(Stage.OWNER, link.id(), TikTok.PLATFORM, "mira", "the Instagram icon is there");
        assertInstanceOf(Sighting.Attested.class, on(links.check(Stage.OWNER, link.id()), TikTok.PLATFORM));
        stage.instagramAccount.renamed("quay.films");

        ProfileCheck check = links.check(Stage.OWNER, link.id());

        ProfileCheck.Direction direction = check.on(TikTok.PLATFORM).orElseThrow();
        assertFalse(direction.shown());
        assertTrue(direction.drift().orElseThrow().what().contains("@quay.films now"), check::toString);
        assertEquals(Verdict.DIFFERENT, check.handles().verdict());
        assertEquals(LinkStatus.Kind.DRIFTED, status(link));
        assertTrue(actions(link).contains("handle_changed"), actions(link)::toString);

        links.attest(Stage.OWNER, link.id(), TikTok.PLATFORM, "mira", "the icon leads to the new name");
        assertFalse(links.check(Stage.OWNER, link.id()).drifted());
    }

    @Test
    void accountThatCannotBeRead_isNoDrift() {
        stage.tiktokAccount.bio("IG: @quay.studio");
        AccountLink link = stage.link();
        links.check(Stage.OWNER, link.id());
        stage.tiktok.removeApp(stage.tiktokAccount);

        ProfileCheck check = links.check(Stage.OWNER, link.id());

        assertInstanceOf(Sighting.NotReadable.class, on(check, TikTok.PLATFORM));
        assertFalse(check.drifted());
    }

    @Test
    void missingScope_isNamed() {
        stage.tiktokAccount.denies("user.info.profile");
        AccountLink link = links.link(
                Stage.OWNER,
                stage.connectTikTok(Intent.CROSS_POSTING).id(),
                stage.connectInstagram(Intent.BOTH).id(),
                Intent.CROSS_POSTING);

        ProfileCheck check = links.check(Stage.OWNER, link.id());

        Sighting.NotReadable bio = assertInstanceOf(Sighting.NotReadable.class, on(check, TikTok.PLATFORM));
        assertTrue(bio.why().contains("user.info.profile"), bio::why);
        assertEquals(Verdict.SAME, check.handles().verdict()); // the creator info names the handle
        assertEquals(2, links.manualUrls(Stage.OWNER, link.id()).size());
    }

    @Test
    void manualUrls_areReadyToPaste() {
        AccountLink link = stage.link();

        List<ManualUrl> urls = links.manualUrls(Stage.OWNER, link.id());

        assertEquals(
                List.of("https://www.tiktok.com/@quay.studio", "https://www.instagram.com/quay.studio/"),
                urls.stream().map(url -> url.url().toString()).toList());
        assertEquals(
                List.of(Instagram.PLATFORM, TikTok.PLATFORM),
                urls.stream().map(ManualUrl::profile).toList());
        urls.forEach(url -> assertTrue(url.steps().toString().contains(url.url().toString()), url::toString));
    }

    @Test
    void worker_looksOnceADayAndNotAtPartedOrInvisibleLinks() {
        AccountLink link = stage.link();
        stage.run(Duration.ofHours(20), Duration.ofHours(1));
        assertTrue(links.lastCheck(Stage.OWNER, link.id()).isEmpty());
        stage.run(Duration.ofHours(7), Duration.ofHours(1));
        assertTrue(links.lastCheck(Stage.OWNER, link.id()).isPresent());

        links.unlink(Stage.OWNER, link.id(), "mira asked");
        long before = stage.tiktok.ledger().count(TikTokOperation.USER_INFO);
        stage.run(Duration.ofHours(28), Duration.ofHours(1));

        assertEquals(before, stage.tiktok.ledger().count(TikTokOperation.USER_INFO));
        assertEquals(LinkStatus.Kind.PARTED, status(link));
    }

    @Test
    void oneConnectionDisconnected_linkIsOneSidedAndThenEnded() {
        AccountLink link = stage.link();
        stage.linkspan.connections().disconnect(Stage.OWNER, link.connections().get(1), Disconnect.everywhere("mira"));
        assertEquals(LinkStatus.Kind.ONE_SIDED, status(link));

        stage.linkspan.connections().disconnect(Stage.OWNER, link.connections().get(0), Disconnect.everywhere("mira"));

        assertEquals(LinkStatus.Kind.ENDED, status(link));
    }

    @Test
    void attest_onAPlatformOutsideTheLink_isRefused() {
        AccountLink link = stage.link();
        assertThrows(
                NotFoundException.class,
                () -> links.attest(Stage.OWNER, link.id(), io.linkspan.Platform.of("other"), "mira", "seen"));
        assertThrows(
                IllegalArgumentException.class,
                () -> links.attest(Stage.OWNER, link.id(), TikTok.PLATFORM, " ", "seen"));
    }
}
