package io.linkspan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalKeysTest {
    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

    private static String message(Runnable act) {
        return String.valueOf(
                assertThrows(IllegalArgumentException.class, act::run).getMessage());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  "})
    void fromBase64_ofNothing_saysHowToMakeOne(String text) {
        assertEquals(
                "the encryption key is missing; make one with `openssl rand -base64 32` and keep it in your secret store",
                message(() -> LocalKeys.fromBase64(text)));
    }

    @Test
    void fromBase64_ofOtherText_isRefusedWithoutShowingIt() {
        assertEquals(
                "key local-1 is not Base64; make one with `openssl rand -base64 32`",
                message(() -> LocalKeys.fromBase64("canary! not base64")));
    }

    @Test
    void of_withAnUnknownCurrentKey_namesTheKnown() {
        assertEquals(
                "the current key id \"b\" has no key; known ids: \"a\"",
                message(() -> LocalKeys.of("b", Map.of("a", KEY))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", "ключ", "a\nb"})
    void of_withABadId_saysTheForm(String id) {
        assertTrue(message(() -> LocalKeys.of(id, Map.of(id, KEY))).startsWith("a key id must be 1 to 64 letters"));
    }

    @Test
    void toString_showsIdsOnly() {
        assertEquals("LocalKeys[a]", LocalKeys.of("a", Map.of("a", KEY)).toString());
    }
}
