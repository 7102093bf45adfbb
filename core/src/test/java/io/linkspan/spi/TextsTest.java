package io.linkspan.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.Owner;
import io.linkspan.connection.Evidence;
import io.linkspan.publish.Post;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {
    private static String message(Supplier<?> call) {
        return String.valueOf(
                assertThrows(IllegalArgumentException.class, call::get).getMessage());
    }

    @Test
    void refusal_namesFieldPositionAndRemedy() {
        assertEquals(
                "tenant id has half a surrogate pair (U+D83D) at index 4; the text was cut inside a character or read in another"
                        + " encoding: pass it whole",
                message(() -> Owner.of("acme\uD83D", "mira")));
        assertEquals(
                "user id has a NUL character (U+0000) at index 2; remove it; the field takes one line",
                message(() -> Owner.of("acme", "mi\0ra")));
        assertEquals(
                "caption has a control character (U+000B) at index 1; remove it; line breaks and tabs are taken",
                message(() -> Post.video(java.nio.file.Path.of("a.mp4")).caption("a\u000Bb")));
        assertEquals(
                "user id must have at most 128 characters (UTF-16 units), had 129; shorten it",
                message(() -> Owner.of("acme", "m".repeat(129))));
        assertEquals(
                "user id must have 1 to 128 characters, was blank; give a non-blank one",
                message(() -> Owner.of("acme", "  ")));
    }

    @Test
    void secret_isNeverShown() {
        assertEquals(
                "TIKTOK_CLIENT_SECRET has a line break (U+000A) at index 6, its end; remove it, as with strip(): files and"
                        + " environment variables often bring one",
                message(() -> Secret.required("TIKTOK_CLIENT_SECRET", "hush-1\n")));
        for (String bad : List.of(" hush-1", "hush\0-1", "hush-1\uD83D", "hush-1\u00a0", "hush-1".repeat(20_000))) {
            assertFalse(message(() -> Secret.of(bad)).contains("hush"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\uD83C\uDFAC",
                "e\u0301",
                "\u05E9\u05DC\u05D5\u05DD \u202Eabc\u202C",
                "\uD83D\uDC68\u200D\uD83D\uDC69",
                "\u6F22\u5B57"
            })
    void wellFormedText_isTaken(String text) {
        assertEquals(text, Texts.name("id", text, 128));
        assertEquals(text + "\r\n\t" + text, Texts.text("caption", text + "\r\n\t" + text, 128));
    }

    @Test
    void cut_neverEndsInsideAPair() {
        String films = "\uD83C\uDFAC".repeat(3);
        for (int most = 0; most <= films.length(); most++) {
            String cut = Texts.cut(films, most);
            assertEquals(cut, new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
            assertEquals(most / 2 * 2, cut.length());
        }
    }

    @Test
    void textOfAPlatform_isCleanedNotRefused() {
        AccountIdentity account = new AccountIdentity(
                "id\uD83D", Set.of("a\0"), "han\ndle", "Mira \uDE00" + "x".repeat(600), Map.of("k\0", "v\uD83D"));
        assertEquals("id\uFFFD", account.id());
        assertEquals("han dle", account.handle());
        assertEquals(500, account.displayName().length());
        assertEquals(Map.of("k ", "v\uFFFD"), account.attributes());
        assertEquals(
                account,
                new AccountIdentity(
                        account.id(),
                        account.aliases(),
                        account.handle(),
                        account.displayName(),
                        account.attributes()));
        Evidence seen = new Evidence("s\0", Instant.EPOCH, "c\uD83D", "two\nlines\0");
        assertEquals(new Evidence("s ", Instant.EPOCH, "c\uFFFD", "two\nlines "), seen);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spam_risk_too_many_pending_share",
                "190/460",
                "http_403",
                "INSTAGRAM_PLATFORM_API__MEDIA_NOT_FOUND",
                "2207026",
                "EAI-1.2:x"
            })
    void code_staysAsItIs(String code) {
        assertEquals(code, Texts.code(code));
    }

    @Test
    void code_thatIsNone_isReplaced() {
        assertEquals("invalid_token_a_b", Texts.code("invalid token\na\uD83Db".replace("\na", "_a")));
        assertEquals("unreadable_code", Texts.code("x".repeat(101)));
        assertEquals("unreadable_code", Texts.code("invalid token act.example12345Example12345Example"));
        assertEquals("unreadable_code", Texts.code("EAAGm0PX4ZCpsBAKZCq3"));
    }

    @Test
    void listing_isBounded() {
        List<String> names = Collections.nCopies(100_000, "option".repeat(100));
        String listed = Texts.listed(names);
        assertTrue(listed.length() < 800, listed);
        assertTrue(listed.endsWith(" and 99,995 more"), listed);
        assertEquals("\"a b\"", Texts.shown("a\nb"));
    }
}
