package io.linkspan.examples.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.Owner;
import io.linkspan.Platform;
import io.linkspan.connection.ConnectHelp;
import io.linkspan.connection.ConnectHelp.Bucket;
import io.linkspan.connection.ConnectOutcome;
import io.linkspan.connection.ConnectRequest;
import io.linkspan.connection.Connection;
import io.linkspan.connection.Disconnect;
import io.linkspan.event.LinkspanEvent;
import io.linkspan.instagram.Instagram;
import io.linkspan.link.AccountLink;
import io.linkspan.link.Intent;
import io.linkspan.link.ProfileTrouble;
import io.linkspan.spi.Actor;
import io.linkspan.testkit.instagram.FacebookPerson;
import io.linkspan.testkit.instagram.InstagramAccount;
import io.linkspan.testkit.instagram.InstagramOperation;
import io.linkspan.testkit.sim.Browser;
import io.linkspan.testkit.sim.Fault;
import io.linkspan.testkit.tiktok.TikTokAccount;
import io.linkspan.tiktok.TikTok;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Help at its place: each failure through the simulators, and how the help grows, ends and starts anew. */
class ConnectHelpStepsTest {
    private final LoginStage stage = new LoginStage(false);
    private final TikTokAccount quay = stage.tiktok.addAccount("quay.studio");
    private final InstagramAccount insta = stage.instagram.addAccount("quay.studio");

    @AfterEach
    void close() {
        stage.close();
    }

    private static ConnectHelp help(ConnectOutcome outcome) {
        return outcome.help().orElseThrow(() -> new AssertionError("no help for " + outcome.describe()));
    }

    private static void assertHelp(ConnectHelp help, String row, Bucket bucket, Actor actor, int attempt) {
        assertEquals(
                List.of(row, bucket, actor, attempt),
                List.of(help.row(), help.bucket(), help.actor(), help.attempt()),
                help::toText);
    }

    private String denied(Owner owner) {
        ConnectRequest request =
                ConnectRequest.of(owner, TikTok.PLATFORM, Intent.BOTH).boundTo(LoginStage.SECRET);
        return Browser.create()
                .deny(stage.linkspan.connections().connect(request).uri(), LoginStage.TIKTOK_RETURN)
                .getRawQuery();
    }

    private ConnectHelp deny() {
        return help(stage.complete(denied(LoginStage.OWNER)));
    }

    private String allowed(Platform platform) {
        return stage.allow(Browser.create().as("quay.studio"), LoginStage.asking(platform));
    }

    /** With a code that the platform never gave. */
    private ConnectHelp codeRefused(Owner owner, Platform platform) {
        ConnectRequest request = ConnectRequest.of(owner, platform, Intent.BOTH).boundTo(LoginStage.SECRET);
        String query = stage.allow(Browser.create().as("quay.studio"), request);
        return help(stage.complete(query.replaceAll("code=[^&]*", "code=" + "z".repeat(40))));
    }

    @Test
    void before_isTwoLines() {
        for (Platform platform : List.of(TikTok.PLATFORM, Instagram.PLATFORM)) {
            ConnectHelp help = stage.linkspan.connections().helpBefore(platform);
            assertEquals(
                    List.of(Bucket.NONE, 0, 2),
                    List.of(help.bucket(), help.attempt(), help.steps().size()));
            assertTrue(help.steps().get(0).contains("account"), help::toText);
            assertTrue(help.steps().get(1).contains("in this browser"), help::toText);
        }
    }

    @Test
    void success_hasNoHelp() {
        ConnectOutcome outcome = stage.complete(allowed(TikTok.PLATFORM));

        assertEquals(Optional.empty(), outcome.help());
        Connection connection = LoginStage.connected(outcome);
        assertEquals(Optional.empty(), stage.linkspan.connections().help(LoginStage.OWNER, connection.id()));
    }

    @Test
    void denied() {
        assertHelp(deny(), "tiktok.denied", Bucket.AUTHORIZATION_FAILS, Actor.PERSON, 1);
    }

    @Test
    void stateExpired() {
        String query = allowed(TikTok.PLATFORM);
        stage.clock.advance(Duration.ofMinutes(11));

        assertHelp(help(stage.complete(query)), "common.state_expired", Bucket.AUTHORIZATION_FAILS, Actor.PERSON, 1);
    }

    @Test
    void stateUsed_afterAFailure_keepsItsCount_andAfterASuccessHasNoHelp() {
        String query = denied(LoginStage.OWNER);
        stage.complete(query);
        for (int reload = 0; reload < 5; reload++) {
            assertHelp(help(stage.complete(query)), "common.state_used", Bucket.AUTHORIZATION_FAILS, Actor.PERSON, 1);
        }

        String good = allowed(TikTok.PLATFORM);
        stage.complete(good);
        ConnectOutcome again = stage.complete(good);
        assertInstanceOf(ConnectOutcome.Refused.class, again);
        assertEquals(Optional.empty(), again.help());
    }

    @Test
    void wrongBrowser_knowsNothingOfTheOwner() {
        deny();
        String query = allowed(TikTok.PLATFORM);
        ConnectHelp help = help(stage.linkspan.connections().complete(query, "browser-secret-of-another"));

        assertHelp(help, "common.wrong_browser", Bucket.AUTHORIZATION_FAILS, Actor.PERSON, 1);
        assertEquals(Optional.empty(), help.report());
        assertInstanceOf(ConnectOutcome.Connected.class, stage.complete(query));
    }

    @Test
    void unknownState() {
        String query = allowed(TikTok.PLATFORM).replaceAll("state=[^&]*", "state=" + "A".repeat(43));

        ConnectHelp help = help(stage.complete(query));

        assertHelp(help, "common.wrong_browser", Bucket.AUTHORIZATION_FAILS, Actor.PERSON, 1);
        assertFalse(help.toText().contains("{"), help::toText);
    }

    @Test
    void accountMismatch_namesBoth() {
        stage.tiktok.addAccount("pier.bakery");
        Connection before = LoginStage.connected(stage.complete(allowed(TikTok.PLATFORM)));

        ConnectHelp help = help(
                stage.signIn("pier.bakery", LoginStage.asking(TikTok.PLATFORM).expecting(before.accountId())));

        assertHelp(help, "tiktok.mismatch", Bucket.AUTHORIZATION_FAILS, Actor.PERSON, 1);
        assertEquals("You are signed in as @pier.bakery", help.headline());
        assertTrue(help.cause().contains("@quay.studio"), help::cause);
        assertTrue(help.freshLogin());
    }

    @Test
    void notProfessional() {
        stage.instagram
                .faults()
                .on(InstagramOperation.ME)
                .next(Fault.answerBefore(
                        200,
                        "application/json",
                        "{\"user_id\":\"" + insta.userId() + "\",\"id\":\"" + insta.scopedId()
                                + "\",\"username\":\"quay.studio\",\"account_type\":\"PERSONAL\"}"));

        assertHelp(
                help(stage.complete(allowed(Instagram.PLATFORM))),
                "instagram.not_professional",
                Bucket.OPTION_MISSING,
                Actor.PERSON,
                1);
    }

    @Test
    void checkpointAtTheConnect() {
        insta.checkpointed(true);

        assertHelp(
                help(stage.complete(allowed(Instagram.PLATFORM))),
                "instagram.confirm",
                Bucket.AUTHORIZATION_FAILS,
                Actor.PERSON,
                1);
    }

    @Test
    void noPage_andPageWithoutAccount() {
        try (LoginStage facebook = new LoginStage(true)) {
            FacebookPerson mira = facebook.instagram.addPerson("Mira");

            assertHelp(
                    help(facebook.signIn("Mira", LoginStage.asking(Instagram.PLATFORM))),
                    "facebook.no_page",
                    Bucket.OPTION_MISSING,
                    Actor.PERSON,
                    1);

            mira.on(facebook.instagram.addPage("Quay", null));
            assertHelp(
                    help(facebook.signIn("Mira", LoginStage.asking(Instagram.PLATFORM))),
                    "facebook.no_account",
                    Bucket.OPTION_MISSING,
                    Actor.PERSON,
                    2);
        }
    }

    @Test
    void fewerScopesThanAsked_isConnectedWithHelp_andCountsUntilAllIsGranted() {
        quay.denies("video.publish");
        for (int attempt = 1; attempt <= 2; attempt++) {
            ConnectOutcome outcome = stage.complete(allowed(TikTok.PLATFORM));
            LoginStage.connected(outcome);
            assertHelp(help(outcome), "tiktok.scopes", Bucket.OPTION_MISSING, Actor.PERSON, attempt);
        }
        Connection connection =
                stage.linkspan.connections().list(LoginStage.OWNER).get(0);
        assertEquals(
                "common.blocked.scope",
                stage.linkspan
                        .connections()
                        .help(LoginStage.OWNER, connection.id())
                        .orElseThrow()
                        .row());

        quay.denies();
        assertEquals(Optional.empty(), stage.complete(allowed(TikTok.PLATFORM)).help());
    }

    @Test
    void instagramWithFewerScopes() {
        insta.denies("instagram_business_content_publish");

        ConnectHelp help = help(stage.complete(allowed(Instagram.PLATFORM)));

        assertHelp(help, "instagram.scopes", Bucket.OPTION_MISSING, Actor.PERSON, 1);
        assertTrue(help.steps().toString().contains("Edit settings"), help::toText);
    }

    @Test
    void codeInvalid_isTheOperatorsFromTheThirdTimeOn() {
        for (Platform platform : List.of(TikTok.PLATFORM, Instagram.PLATFORM)) {
            String row = platform + ".code";
            assertHelp(codeRefused(LoginStage.OWNER, platform), row, Bucket.AUTHORIZATION_FAILS, Actor.PERSON, 1);
            assertHelp(codeRefused(LoginStage.OWNER, platform), row, Bucket.AUTHORIZATION_FAILS, Actor.PERSON, 2);
            ConnectHelp third = codeRefused(LoginStage.OWNER, platform);
            assertHelp(third, row, Bucket.AUTHORIZATION_FAILS, Actor.OPERATOR, 3);
            assertFalse(third.offerAgain());
            ConnectHelp.Report report = third.report().orElseThrow();
            assertEquals(platform, report.platform());
            assertEquals("127.0.0.1", report.redirectHost());
            assertFalse(report.connectId().isEmpty());
            assertFalse(report.code().isEmpty());
        }
    }

    @Test
    void failures_growOverProcesses_endWithAReport_andStartAnewAfterSuccessOrADay() {
        assertEquals(2, deny().steps().size());
        ConnectHelp second = deny();
        assertEquals(4, second.steps().size(), second::toText);
        ConnectHelp third = deny();
        assertEquals(6, third.steps().size(), third::toText);
        assertTrue(third.steps().toString().contains("Manage app permissions"), third::toText);
        ConnectHelp fourth = deny();
        assertFalse(fourth.offerAgain());
        assertEquals(Actor.OPERATOR, fourth.actor());
        assertTrue(
                fourth.steps().toString().contains(fourth.report().orElseThrow().connectId()), fourth::toText);
        // another platform and another user have counts of their own
        assertEquals(
                1,
                help(stage.complete(Browser.create()
                                .deny(
                                        stage.linkspan
                                                .connections()
                                                .connect(LoginStage.asking(Instagram.PLATFORM))
                                                .uri(),
                                        LoginStage.INSTAGRAM_RETURN)
                                .getRawQuery()))
                        .attempt());
        assertEquals(
                1, help(stage.complete(denied(Owner.of("harbour", "noor")))).attempt());

        stage.clock.advance(Duration.ofSeconds(1));
        LoginStage.connected(stage.complete(allowed(TikTok.PLATFORM)));
        stage.clock.advance(Duration.ofSeconds(1));
        assertEquals(1, deny().attempt());
        assertEquals(2, deny().attempt());

        stage.clock.advance(Duration.ofHours(25));
        assertEquals(1, deny().attempt());
    }

    @Test
    void thirdAttempt_asksForAFreshLogin() {
        ConnectRequest request = LoginStage.asking(TikTok.PLATFORM);
        deny();
        assertTrue(
                stage.linkspan.connections().connect(request).uri().toString().contains("disable_auto_auth=0"));
        deny();
        assertTrue(
                stage.linkspan.connections().connect(request).uri().toString().contains("disable_auto_auth=1"));
    }

    @Test
    void connectThatNeverReturns_isAnsweredByWhatTheUserSaw() {
        var connections = stage.linkspan.connections();
        assertHelp(
                connections.helpWithoutReturn(LoginStage.OWNER, TikTok.PLATFORM, ""),
                "tiktok.no_return",
                Bucket.AUTHORIZATION_FAILS,
                Actor.PERSON,
                1);

        String id = connections.connect(LoginStage.asking(TikTok.PLATFORM)).connectId();
        ConnectHelp help =
                connections.helpWithoutReturn(LoginStage.OWNER, TikTok.PLATFORM, "Something went wrong: redirect_uri");

        assertHelp(help, "tiktok.redirect_uri", Bucket.AUTHORIZATION_FAILS, Actor.OPERATOR, 1);
        assertEquals(id, help.report().orElseThrow().connectId());
        stage.clock.advance(Duration.ofMinutes(12));
        stage.linkspan.worker().runDue();
        assertEquals(2, deny().attempt());
        assertEquals(
                "instagram.platform_app",
                connections
                        .helpWithoutReturn(LoginStage.OWNER, Instagram.PLATFORM, "Invalid platform app")
                        .row());
    }

    @Test
    void unfinishedConnects_count_butADoubleClickDoesNot() {
        stage.linkspan.connections().connect(LoginStage.asking(TikTok.PLATFORM));
        stage.linkspan.connections().connect(LoginStage.asking(TikTok.PLATFORM));
        assertEquals(1, deny().attempt());
        stage.clock.advance(Duration.ofMinutes(2));
        assertEquals(4, deny().attempt());
    }

    @Test
    void threeUsersWithinAnHour_areAKnownProblemAndOneAlert() {
        codeRefused(Owner.of("harbour", "a"), TikTok.PLATFORM);
        codeRefused(Owner.of("lighthouse", "b"), TikTok.PLATFORM);
        assertTrue(codeRefused(Owner.of("harbour", "b"), TikTok.PLATFORM).offerAgain());
        List<LinkspanEvent> before = List.copyOf(faults());
        ConnectHelp third = codeRefused(Owner.of("harbour", "c"), TikTok.PLATFORM);

        assertTrue(third.headline().startsWith("Known problem"), third::toText);
        assertEquals(3, third.report().orElseThrow().users());
        assertEquals(List.of(), before);
        codeRefused(Owner.of("harbour", "d"), TikTok.PLATFORM);
        assertEquals(1, faults().size());
        stage.clock.advance(Duration.ofMinutes(61));
        assertTrue(codeRefused(Owner.of("harbour", "e"), TikTok.PLATFORM).offerAgain());
    }

    private List<LinkspanEvent> faults() {
        return stage.events.stream()
                .filter(LinkspanEvent.ConfigurationFault.class::isInstance)
                .filter(event -> ((LinkspanEvent.ConfigurationFault) event)
                        .cause()
                        .operation()
                        .equals("linkspan.connect"))
                .toList();
    }

    @Test
    void outcomes_showNoSecret() {
        String query = allowed(TikTok.PLATFORM);
        String code = query.replaceAll(".*code=([^&]*).*", "$1");
        String state = query.replaceAll(".*state=([^&]*).*", "$1");
        String other = query.replaceAll("code=[^&]*", "code=" + "z".repeat(40));
        for (String callback : List.of(other, other, query, "error=" + code + "&state=" + state)) {
            ConnectOutcome outcome = stage.complete(callback);
            String all = outcome + " " + help(outcome).toText();
            for (String secret : List.of(code, state, "z".repeat(40), LoginStage.SECRET, "stage-client-secret")) {
                assertFalse(all.contains(secret), all);
            }
        }
    }

    @Test
    void endedConnections_haveHelpFromTheirFacts() {
        var connections = stage.linkspan.connections();
        Connection tiktok = LoginStage.connected(stage.complete(allowed(TikTok.PLATFORM)));
        Connection instagram = LoginStage.connected(stage.complete(allowed(Instagram.PLATFORM)));
        insta.checkpointed(true);
        connections.check(LoginStage.OWNER, instagram.id());
        ConnectHelp waiting = connections.help(LoginStage.OWNER, instagram.id()).orElseThrow();
        assertHelp(waiting, "instagram.checkpoint", Bucket.LOOKS_REMOVED, Actor.PERSON, 1);
        assertFalse(waiting.offerAgain());

        connections.disconnect(LoginStage.OWNER, tiktok.id(), Disconnect.everywhere("test"));
        assertEquals(Optional.empty(), connections.help(LoginStage.OWNER, tiktok.id()));
    }

    @Test
    void removedByTheUser_isSaidForEachPlatform() {
        try (Stage removed = new Stage()) {
            Connection tiktok = removed.connectTikTok(Intent.BOTH);
            Connection instagram = removed.connectInstagram(Intent.BOTH);
            removed.tiktok.removeApp(removed.tiktokAccount);
            removed.instagram.removeApp(removed.instagramAccount);
            removed.tiktok.webhooks().release();
            assertTrue(removed.tiktok.webhooks().await(Duration.ofSeconds(20)));
            removed.linkspan.connections().check(Stage.OWNER, instagram.id());

            for (Connection one : List.of(tiktok, instagram)) {
                ConnectHelp help = removed.linkspan
                        .connections()
                        .help(Stage.OWNER, one.id())
                        .orElseThrow();
                String row = one.platform().equals(TikTok.PLATFORM) ? "tiktok.removed.user" : "instagram.removed";
                assertHelp(help, row, Bucket.LOOKS_REMOVED, Actor.PERSON, 1);
                assertTrue(help.headline().startsWith("You removed this service"), help::toText);
            }
        }
    }

    @Test
    void profileLink_growsWithEachReport_andEndsWithTheAddress() {
        AccountLink link = stage.linkspan
                .links()
                .link(
                        LoginStage.OWNER,
                        LoginStage.connected(stage.complete(allowed(TikTok.PLATFORM)))
                                .id(),
                        LoginStage.connected(stage.complete(allowed(Instagram.PLATFORM)))
                                .id(),
                        Intent.BOTH);

        assertHelp(
                report(link, ProfileTrouble.LOGIN_LOOPS),
                "tiktok.profile.loop",
                Bucket.AUTHORIZATION_FAILS,
                Actor.PERSON,
                1);
        assertEquals(4, report(link, ProfileTrouble.LOGIN_LOOPS).steps().size());
        assertEquals(5, report(link, ProfileTrouble.LOGIN_LOOPS).steps().size());
        ConnectHelp last = report(link, ProfileTrouble.LOGIN_LOOPS);
        assertFalse(last.offerAgain());
        assertTrue(last.steps().toString().contains("instagram.com/quay.studio"), last::toText);
        assertEquals(1, report(link, ProfileTrouble.NO_OPTION).attempt());
        assertEquals(
                "tiktok.profile.no_option_still",
                report(link, ProfileTrouble.NO_OPTION).row());
        for (int more = 0; more < 5; more++) {
            assertEquals(4, report(link, ProfileTrouble.LOGIN_LOOPS).attempt());
        }
        long kept = stage.linkspan.links().history(LoginStage.OWNER, link.id()).stream()
                .filter(entry -> entry.action().equals("profile_trouble"))
                .count();
        assertEquals(6, kept);

        stage.linkspan.links().attest(LoginStage.OWNER, link.id(), TikTok.PLATFORM, "mira", "the icon");
        assertEquals(1, report(link, ProfileTrouble.ICON_GONE).attempt());
        assertEquals(1, report(link, ProfileTrouble.LOGIN_LOOPS).attempt());
    }

    private ConnectHelp report(AccountLink link, ProfileTrouble trouble) {
        return stage.linkspan.links().reportTrouble(LoginStage.OWNER, link.id(), TikTok.PLATFORM, trouble);
    }
}
