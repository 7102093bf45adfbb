package io.linkspan.instagram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.linkspan.connection.Capability;
import io.linkspan.spi.AccountAdapter;
import io.linkspan.spi.AccountIdentity;
import io.linkspan.spi.CapabilityFinding;
import io.linkspan.spi.CauseClass;
import io.linkspan.spi.Flow;
import io.linkspan.spi.Secret;
import io.linkspan.spi.TokenEffect;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountsFlowTest {
    private static final Set<String> SCOPES = Set.of("instagram_business_basic", "instagram_business_content_publish");
    private static final String ME =
            "{\"user_id\":\"17841405822304914\",\"id\":27000000000000001,\"username\":\"shop\",\"account_type\":\"Business\"}";

    private final AccountAdapter accounts = TestApp.instagram().accounts();

    @ParameterizedTest
    @ValueSource(strings = {ME, "{\"data\":[" + ME + "]}"})
    void identify_eitherShape_takesTheProfessionalIdAndKeepsTheOther(String body) {
        AccountIdentity account = Conversation.of(identify()).answer(200, body).done();
        assertEquals("17841405822304914", account.id());
        assertEquals(Set.of("27000000000000001"), account.aliases());
        assertEquals("shop", account.handle());
        assertEquals("BUSINESS", account.attributes().get("account_type"));
    }

    @Test
    void identify_sendsTheTokenInTheHeaderOnly() {
        Conversation<AccountIdentity> talk = Conversation.of(identify()).answer(200, ME);
        assertEquals("Bearer " + TestApp.TOKEN, talk.call(0).headers().get("Authorization"));
        assertEquals("/v27.0/me", talk.call(0).uri().getPath());
        assertEquals(
                Map.of("fields", "user_id,id,username,name,account_type"),
                TestApp.query(talk.call(0).uri()));
    }

    @Test
    void identify_withoutProfessionalId_isUnclear() {
        Conversation.of(identify())
                .answer(200, "{\"id\":\"27000000000000001\"}")
                .unclear();
    }

    @Test
    void identify_withAnIdThatIsAPath_isUnclear() {
        Conversation.of(identify()).answer(200, "{\"user_id\":\"../me\"}").unclear();
    }

    @Test
    void identify_atACheckpoint_waitsForThePerson() {
        assertEquals(
                TokenEffect.WAITING_FOR_PERSON,
                Conversation.of(identify())
                        .answer(400, Samples.CHECKPOINT)
                        .refused()
                        .meaning()
                        .tokenEffect());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data\":[{\"quota_usage\":2,\"config\":{\"quota_total\":50,\"quota_duration\":86400}}]}",
                "{\"config\":{\"quota_total\":100,\"quota_duration\":86400},\"quota_usage\":1}",
                "{\"quota_usage\":1}"
            })
    void probe_belowTheQuota_isReady(String body) {
        List<CapabilityFinding> found =
                Conversation.of(probe()).answer(200, body).done();
        assertEquals("ok", of(found, Capability.PUBLISH_VIDEO).code());
        assertNull(of(found, Capability.PUBLISH_VIDEO).blockedBy());
        assertNull(of(found, Capability.PUBLISH_PHOTO).blockedBy());
    }

    @Test
    void probe_quotaUsedUp_isBlockedUntilItFrees() {
        String body = "{\"data\":[{\"quota_usage\":50,\"config\":{\"quota_total\":50}}]}";
        CapabilityFinding found = of(Conversation.of(probe()).answer(200, body).done(), Capability.PUBLISH_VIDEO);
        assertEquals("quota_used_up", found.code());
        assertNotNull(found.blockedBy());
        assertEquals(CauseClass.QUOTA, found.blockedBy().causeClass());
    }

    @Test
    void probe_permissionMissing_isAFindingNotAFailure() {
        CapabilityFinding found =
                of(Conversation.of(probe()).answer(400, Samples.NO_PERMISSION).done(), Capability.PUBLISH_PHOTO);
        assertEquals("200", found.code());
        assertNotNull(found.blockedBy());
        assertEquals(CauseClass.PERMISSION, found.blockedBy().causeClass());
    }

    @Test
    void probe_deadToken_isAFailureNotAFinding() {
        assertEquals(
                TokenEffect.REMOVED_BY_PERSON,
                Conversation.of(probe())
                        .answer(400, Samples.REMOVED)
                        .refused()
                        .meaning()
                        .tokenEffect());
    }

    @Test
    void probe_personalAccount_isBlockedWithoutAsking() {
        AccountIdentity personal = new AccountIdentity("1", Set.of(), "me", "", Map.of("account_type", "personal"));
        CapabilityFinding found = of(
                Conversation.of(accounts.probe(Secret.of(TestApp.TOKEN), personal, SCOPES))
                        .done(),
                Capability.PUBLISH_VIDEO);
        assertNotNull(found.blockedBy());
        assertEquals(CauseClass.ACCOUNT, found.blockedBy().causeClass());
    }

    @Test
    void probe_withoutPublishScope_asksNothing() {
        List<CapabilityFinding> found = Conversation.of(
                        accounts.probe(Secret.of(TestApp.TOKEN), TestApp.ACCOUNT, Set.of("instagram_business_basic")))
                .done();
        assertEquals(
                List.of(Capability.PROFILE_LINK),
                found.stream().map(CapabilityFinding::capability).toList());
    }

    private static CapabilityFinding of(List<CapabilityFinding> findings, Capability capability) {
        return findings.stream()
                .filter(finding -> finding.capability() == capability)
                .findFirst()
                .orElseThrow();
    }

    private Flow<AccountIdentity> identify() {
        return accounts.identify(Secret.of(TestApp.TOKEN), SCOPES);
    }

    private Flow<List<CapabilityFinding>> probe() {
        return accounts.probe(Secret.of(TestApp.TOKEN), TestApp.ACCOUNT, SCOPES);
    }
}
