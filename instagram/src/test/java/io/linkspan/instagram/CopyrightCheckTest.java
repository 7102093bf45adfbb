package io.linkspan.instagram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.spi.AccountIdentity;
import io.linkspan.spi.Handle;
import io.linkspan.spi.PrepareStep;
import io.linkspan.spi.Problem;
import io.linkspan.spi.PublishAdapter;
import io.linkspan.spi.PublishAttempt;
import io.linkspan.spi.PublishContent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the copyright check of a container says before its commit, read with the status that is read anyway. */
class CopyrightCheckTest {
    private static final String WITH = "status_code,status,copyright_check_status";
    private static final String WITHOUT = "status_code,status";
    private static final String NO_FIELD = "{\"error\":{\"message\":\"(#100) Tried accessing nonexisting field"
            + " (copyright_check_status)\",\"type\":\"OAuthException\",\"code\":100,\"fbtrace_id\":\"A\"}}";

    private static PublishAdapter publishing(Login login, Duration wait) {
        return login == Login.INSTAGRAM
                ? TestApp.builder().copyrightWait(wait).build().publishing()
                : TestApp.facebook().copyrightWait(wait).build().publishing();
    }

    private static String finished(String check) {
        return "{\"status_code\":\"FINISHED\",\"status\":\"Finished: x\",\"id\":\"1\"" + check + "}";
    }

    private static String check(String status, boolean matched) {
        return ",\"copyright_check_status\":{\"status\":\"" + status + "\",\"matches_found\":" + matched + "}";
    }

    private static Conversation<PrepareStep> poll(PublishAdapter publishing, PublishContent content, Instant now) {
        return Conversation.of(publishing.prepare(TestApp.attempt(content, TestApp.handle(), null, now)));
    }

    private static PublishContent reel() {
        return TestApp.reel("Hello #x", Map.of());
    }

    private static String fields(Conversation<?> talk, int call) {
        return TestApp.query(talk.call(call).uri()).get("fields");
    }

    private static List<Problem> findings(PrepareStep step) {
        return assertInstanceOf(PrepareStep.Ready.class, step, step.toString()).findings();
    }

    @ParameterizedTest
    @CsvSource({
        "completed, true, true",
        "complete, true, true",
        "in_progress, true, true",
        "completed, false, false",
        "complete, false, false",
        "in_progress, false, false",
        "not_started, false, false",
        "error, false, false",
        "anything_else, false, false"
    })
    void readWithTheStatus_reportsAMatchAndNothingElse(String status, boolean matched, boolean reported) {
        for (Login login : Login.values()) {
            Conversation<PrepareStep> talk = poll(publishing(login, Duration.ZERO), reel(), TestApp.NOW)
                    .answer(200, finished(check(status, matched)))
                    .answer(200, "{\"data\":[]}");
            assertEquals(WITH, fields(talk, 0));
            List<Problem> findings = findings(talk.done());
            assertEquals(reported ? 1 : 0, findings.size());
            findings.forEach(finding -> {
                assertEquals("instagram.copyright_match", finding.id());
                assertEquals(Problem.Weight.BLOCKS_UNLESS_WAIVED, finding.weight());
            });
        }
    }

    @Test
    void withoutTheField_inTheAnswer_isNoFinding() {
        assertEquals(
                List.of(),
                findings(poll(publishing(Login.INSTAGRAM, Duration.ofHours(1)), reel(), TestApp.NOW)
                        .answer(200, finished(""))
                        .answer(200, "{\"data\":[]}")
                        .done()));
    }

    @ParameterizedTest
    @EnumSource(Login.class)
    void aFieldThatIsRefused_isLeftOutForADay_ofThisAccountOnly(Login login) {
        PublishAdapter publishing = publishing(login, Duration.ofHours(1));
        Conversation<PrepareStep> talk = poll(publishing, reel(), TestApp.NOW)
                .answer(400, NO_FIELD)
                .answer(200, finished(""))
                .answer(200, "{\"data\":[]}");
        assertEquals(WITHOUT, fields(talk, 1));
        Problem note = findings(talk.done()).get(0);
        assertEquals("instagram.copyright_unchecked", note.id());
        assertEquals(Problem.Weight.WARNS, note.weight());

        Conversation<PrepareStep> second = poll(publishing, reel(), TestApp.NOW.plusSeconds(60))
                .answer(200, finished(""))
                .answer(200, "{\"data\":[]}");
        assertEquals(WITHOUT, fields(second, 0));
        assertEquals(List.of(note), findings(second.done()));
        assertEquals(WITH, firstFields(publishing, "17841400000009999", TestApp.NOW.plusSeconds(60)));
        Instant dayLater = TestApp.NOW.plus(Duration.ofDays(1));
        assertEquals(WITHOUT, firstFields(publishing, TestApp.ACCOUNT.id(), dayLater.minusSeconds(1)));
        assertEquals(WITH, firstFields(publishing, TestApp.ACCOUNT.id(), dayLater));
    }

    private static String firstFields(PublishAdapter publishing, String account, Instant now) {
        Handle handle = new Handle(
                "1", Map.of("container", "1 BUSY " + now.getEpochSecond() + " 0 0"), null, now.plusSeconds(3600));
        PublishAttempt attempt = TestApp.attempt(reel(), handle, null, now);
        AccountIdentity who = new AccountIdentity(account, Set.of(), "shop", "Shop", Map.of());
        PublishAttempt other = new PublishAttempt(
                attempt.id(),
                attempt.accessToken(),
                who,
                attempt.content(),
                attempt.media(),
                handle,
                now,
                null,
                attempt.progress(),
                attempt.known());
        return TestApp.query(Conversation.of(publishing.prepare(other)).next().uri())
                .get("fields");
    }

    @Test
    void anUnreadableContainer_isNotTakenForARefusedField() {
        Conversation<PrepareStep> talk = poll(publishing(Login.INSTAGRAM, Duration.ZERO), reel(), TestApp.NOW)
                .answer(
                        400,
                        "{\"error\":{\"message\":\"Unsupported get request.\",\"code\":100,\"error_subcode\":33}}");
        talk.unclear();
    }

    @Test
    void aCheckThatIsNotOver_isWaitedForAsLongAsTheHostSays() {
        PublishAdapter publishing = publishing(Login.FACEBOOK, Duration.ofMinutes(10));
        Instant before = TestApp.NOW.plus(Duration.ofMinutes(10)).minusSeconds(1);
        PrepareStep waits = poll(publishing, reel(), before)
                .answer(200, finished(check("in_progress", false)))
                .done();
        assertTrue(assertInstanceOf(PrepareStep.Waiting.class, waits).detail().contains("copyright"));

        PrepareStep goesOn = poll(publishing, reel(), before.plusSeconds(1))
                .answer(200, finished(check("in_progress", false)))
                .answer(200, "{\"data\":[]}")
                .done();
        assertEquals(List.of(), findings(goesOn));
    }

    @Test
    void pictures_areNotAskedAboutIt() {
        Conversation<PrepareStep> talk = poll(
                        publishing(Login.INSTAGRAM, Duration.ZERO), TestApp.image("x", Map.of()), TestApp.NOW)
                .answer(200, finished(""));
        assertEquals(WITHOUT, fields(talk, 0));
    }

    @Test
    void itemOfACarousel_isNamedInTheFinding() {
        PublishContent content = TestApp.carousel(Map.of(), TestApp.image(Map.of()), TestApp.video(Map.of()));
        Instant since = TestApp.NOW;
        Handle handle = new Handle(
                "1",
                Map.of(
                        "item.01", "1 FINISHED " + since.getEpochSecond() + " 0 0",
                        "item.02", "2 BUSY " + since.getEpochSecond() + " 0 0"),
                null,
                since.plus(Duration.ofHours(23)));
        PublishAdapter publishing = publishing(Login.INSTAGRAM, Duration.ZERO);
        PrepareStep item = Conversation.of(publishing.prepare(TestApp.attempt(content, handle, null)))
                .answer(200, finished(check("complete", true)))
                .done();
        Handle kept = assertInstanceOf(PrepareStep.Advanced.class, item).handle();

        PrepareStep made = Conversation.of(publishing.prepare(TestApp.attempt(content, kept, null)))
                .answer(200, "{\"id\":\"9\"}")
                .done();
        Conversation<PrepareStep> last = Conversation.of(publishing.prepare(TestApp.attempt(
                        content,
                        assertInstanceOf(PrepareStep.Advanced.class, made).handle(),
                        null)))
                .answer(200, finished(""))
                .answer(200, "{\"data\":[]}");
        assertEquals(WITHOUT, fields(last, 0));
        String text = findings(last.done()).get(0).text();
        assertTrue(text.contains("in item 2 of 2 (video)"), text);
    }

    @Test
    void theWait_isAtMostTwentyHours() {
        for (Duration wait : List.of(Duration.ofMinutes(-1), Duration.ofHours(21))) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> TestApp.builder().copyrightWait(wait).build());
        }
    }
}
