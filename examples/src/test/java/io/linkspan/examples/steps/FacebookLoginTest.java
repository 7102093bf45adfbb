package io.linkspan.examples.steps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.Owner;
import io.linkspan.connection.Capability;
import io.linkspan.connection.CapabilityHealth;
import io.linkspan.connection.ConnectOutcome;
import io.linkspan.connection.ConnectOutcome.ChooseAccount;
import io.linkspan.connection.ConnectOutcome.NotEligible;
import io.linkspan.connection.ConnectOutcome.Reason;
import io.linkspan.connection.Connection;
import io.linkspan.connection.ConnectionStatus;
import io.linkspan.connection.Disconnect;
import io.linkspan.connection.DisconnectReport;
import io.linkspan.connection.ImportRequest;
import io.linkspan.connection.Sides;
import io.linkspan.instagram.Instagram;
import io.linkspan.link.Intent;
import io.linkspan.spi.Secret;
import io.linkspan.testkit.instagram.FacebookPerson;
import io.linkspan.testkit.instagram.InstagramAccount;
import io.linkspan.testkit.instagram.InstagramOperation;
import io.linkspan.testkit.sim.Fault;
import io.linkspan.testkit.sim.Ledger;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Facebook Login for Business, with the choice of a Page. */
class FacebookLoginTest {
    private final LoginStage stage = new LoginStage(true);
    private InstagramAccount quay;
    private InstagramAccount pier;
    private FacebookPerson mira;

    @BeforeEach
    void people() {
        quay = stage.instagram.addAccount("quay.studio");
        pier = stage.instagram.addAccount("pier.bakery");
        mira = stage.instagram.addPerson("Mira");
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private ConnectOutcome signIn() {
        return stage.signIn("Mira", LoginStage.asking(Instagram.PLATFORM));
    }

    private ChooseAccount question() {
        mira.on(stage.instagram.addPage("Quay", quay))
                .on(stage.instagram.addPage("Old shop", null))
                .on(stage.instagram.addPage("Pier", pier));
        return assertInstanceOf(ChooseAccount.class, signIn());
    }

    private ConnectOutcome choose(ChooseAccount question, String account) {
        return stage.linkspan.connections().choose(LoginStage.OWNER, question.connectId(), account, LoginStage.SECRET);
    }

    @Test
    void onePage_connectsWithItsToken() {
        mira.on(stage.instagram.addPage("Quay", quay));

        Connection connection = LoginStage.connected(signIn());

        assertEquals(quay.userId(), connection.accountId());
        assertEquals("quay.studio", connection.handle());
        assertTrue(connection.scopes().contains("instagram_content_publish"), connection::explain);
        assertEquals(ConnectionStatus.Kind.AUTHORIZED, connection.status().kind());
        Connection looked = stage.linkspan.connections().check(LoginStage.OWNER, connection.id());
        assertEquals(
                CapabilityHealth.Kind.READY,
                looked.health().get(Capability.PUBLISH_VIDEO).kind(),
                looked::explain);
    }

    @ParameterizedTest
    @EnumSource(
            value = InstagramOperation.class,
            names = {"FACEBOOK_TOKEN", "FACEBOOK_LONG_LIVED", "PERMISSIONS", "PAGES"})
    void versionClosedToTheApp_endsTheConnectWithTheOperatorsError(InstagramOperation step) {
        mira.on(stage.instagram.addPage("Quay", quay));
        stage.instagram
                .faults()
                .on(step)
                .next(Fault.answerBefore(
                        400,
                        "application/json",
                        "{\"error\":{\"message\":\"(#2635) You are calling a deprecated version of the API.\","
                                + "\"type\":\"OAuthException\",\"code\":2635,\"fbtrace_id\":\"SIM2635\"}}"));

        ConnectOutcome.Refused refused = assertInstanceOf(ConnectOutcome.Refused.class, signIn());

        assertEquals(Reason.PLATFORM_REFUSED, refused.reason(), refused::describe);
        assertTrue(refused.describe().contains("not open to this app"), refused::describe);
        assertTrue(refused.describe().contains("graphVersion"), refused::describe);
    }

    @Test
    void refusalOfTheSecondExchange_revokesTheTokensOfTheFirst() {
        mira.on(stage.instagram.addPage("Quay", quay));
        stage.instagram
                .faults()
                .on(InstagramOperation.FACEBOOK_LONG_LIVED)
                .always(Fault.errorBefore(400, "100", "Invalid parameter"));

        assertEquals(Reason.PLATFORM_REFUSED, LoginStage.reason(signIn()));
        stage.linkspan.worker().runDue();

        assertEquals(1, stage.instagram.ledger().count(InstagramOperation.REVOKE));
        assertEquals(
                List.of(),
                stage.instagram.ledger().grants().stream()
                        .filter(Ledger.Grant::alive)
                        .toList());
    }

    @Test
    void checkOfTheOwnerDuringTheExchange_isNamedAndTheTokensAreRevoked() {
        mira.on(stage.instagram.addPage("Quay", quay));
        stage.instagram
                .faults()
                .on(InstagramOperation.PERMISSIONS)
                .always(Fault.errorBefore(400, "190/459", "The user must pass a check"));

        NotEligible check = assertInstanceOf(NotEligible.class, signIn());
        stage.linkspan.worker().runDue();

        assertTrue(check.remedy().contains("instagram.com"), check::describe);
        assertEquals(1, stage.instagram.ledger().count(InstagramOperation.REVOKE));
    }

    @Test
    void severalPages_areAQuestionAndTheChosenOneIsPinned() {
        ChooseAccount question = question();

        assertEquals(
                List.of("@quay.studio of Quay", "@pier.bakery of Pier"),
                question.candidates().stream()
                        .map(one -> one.shown() + " of " + one.label())
                        .toList());
        assertEquals(List.of(), stage.records());
        Connection connection = LoginStage.connected(choose(question, pier.userId()));
        assertEquals("pier.bakery", connection.handle());
        assertEquals(Reason.STATE_USED, LoginStage.reason(choose(question, quay.userId())));
        assertEquals(1, stage.records().size());
    }

    @Test
    void choice_ofAStranger_orInAnotherBrowser_orTooLate_isRefused() {
        ChooseAccount question = question();

        assertEquals(Reason.NOT_A_CANDIDATE, LoginStage.reason(choose(question, "17841400000009999")));
        assertEquals(
                Reason.WRONG_BROWSER,
                LoginStage.reason(stage.linkspan
                        .connections()
                        .choose(LoginStage.OWNER, question.connectId(), pier.userId(), "another-browser-secret")));
        assertEquals(
                Reason.UNKNOWN_STATE,
                LoginStage.reason(stage.linkspan
                        .connections()
                        .choose(
                                Owner.of("lighthouse", "mira"),
                                question.connectId(),
                                pier.userId(),
                                LoginStage.SECRET)));
        stage.clock.advance(Duration.ofMinutes(11));
        stage.linkspan.worker().runDue();
        assertEquals(Reason.STATE_EXPIRED, LoginStage.reason(choose(question, pier.userId())));
        assertEquals(List.of("connect_timed_out"), stage.ended());
        assertEquals(List.of(), stage.records());
    }

    @Test
    void pinnedAccount_isTakenWithoutAQuestion_andAMissingOneNamesAll() {
        question();

        Connection connection = LoginStage.connected(
                stage.signIn("Mira", LoginStage.asking(Instagram.PLATFORM).expecting(pier.userId())));
        assertEquals("pier.bakery", connection.handle());
        var before = stage.records();
        ConnectOutcome other =
                stage.signIn("Mira", LoginStage.asking(Instagram.PLATFORM).expecting("17841400000009999"));
        assertEquals(
                new ConnectOutcome.AccountMismatch("17841400000009999", "@quay.studio, @pier.bakery", other.help()),
                other);
        assertEquals(before, stage.records());
    }

    @Test
    void noPage_noAccount_noRole_andUnlisted_areFindingsWithARemedy() {
        assertEquals("no_page", assertInstanceOf(NotEligible.class, signIn()).code());

        var page = stage.instagram.addPage("Quay", null);
        mira.on(page);
        assertEquals(
                "no_professional_account",
                assertInstanceOf(NotEligible.class, signIn()).code());

        page.linkedTo(quay).tasks("ANALYZE", "ADVERTISE");
        NotEligible role = assertInstanceOf(NotEligible.class, signIn());
        assertEquals("page_role_missing", role.code());
        assertTrue(role.remedy().contains("administrator"), role::describe);

        page.tasks("PROFILE_PLUS_CREATE_CONTENT").unlisted(false);
        assertEquals(
                "page_not_listed", assertInstanceOf(NotEligible.class, signIn()).code());
        assertEquals(List.of(), stage.records());

        page.unlisted(true);
        assertEquals("quay.studio", LoginStage.connected(signIn()).handle());
    }

    @Test
    void declinedPermission_isACapabilityVerdict() {
        mira.on(stage.instagram.addPage("Quay", quay)).denies("instagram_content_publish");

        Connection connection = LoginStage.connected(signIn());

        CapabilityHealth.Blocked blocked = assertInstanceOf(
                CapabilityHealth.Blocked.class, connection.health().get(Capability.PUBLISH_VIDEO));
        assertEquals("scope_not_granted", blocked.reason());
    }

    @Test
    void checkpoint_isAFindingWithTheRemedy() {
        mira.on(stage.instagram.addPage("Quay", quay));
        quay.checkpointed(true);

        NotEligible outcome = assertInstanceOf(NotEligible.class, signIn());

        assertEquals("190", outcome.code());
        assertTrue(outcome.remedy().contains("follow the instructions"), outcome::describe);
    }

    @Test
    void disconnect_revokesWithThePersonsTokenAndProvesIt() {
        mira.on(stage.instagram.addPage("Quay", quay));
        Connection connection = LoginStage.connected(signIn());

        DisconnectReport report = stage.linkspan
                .connections()
                .disconnect(LoginStage.OWNER, connection.id(), Disconnect.everywhere("test"));

        assertEquals(Sides.Grant.REVOKED_VERIFIED, report.sides().grant());
        assertEquals(1, stage.instagram.ledger().count(InstagramOperation.REVOKE));
    }

    @Test
    void import_ofAPersonsToken_needsTheAccount() {
        question();
        Connection first = LoginStage.connected(
                stage.signIn("Mira", LoginStage.asking(Instagram.PLATFORM).expecting(pier.userId())));
        Secret page = stage.linkspan.connections().withAccessToken(LoginStage.OWNER, first.id(), token -> token);
        Owner other = Owner.of("lighthouse", "noor");

        ConnectOutcome outcome = stage.linkspan
                .connections()
                .importTokens(ImportRequest.of(other, Instagram.PLATFORM, Intent.BOTH, page));

        assertEquals("pier.bakery", LoginStage.connected(outcome).handle());
    }
}
