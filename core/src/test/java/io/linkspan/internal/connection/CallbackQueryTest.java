package io.linkspan.internal.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackQueryTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "code=a",
                "state=s",
                "code=a&error=b&state=s",
                "code=a&code=b&state=s",
                "code=a&state=s&state=t",
                "code=a%0Ab&state=s",
                "code=a%ZZ&state=s",
                "code=&state=s"
            })
    void parse_ofABrokenForm_isRefusedWithoutRepeatingIt(String raw) {
        CallbackQuery.Malformed error = assertThrows(CallbackQuery.Malformed.class, () -> CallbackQuery.parse(raw));

        assertFalse(!raw.isEmpty() && String.valueOf(error.getMessage()).contains(raw));
    }

    @Test
    void parse_ofNineKibibytes_isRefused() {
        assertThrows(CallbackQuery.Malformed.class, () -> CallbackQuery.parse("state=s&code=" + "x".repeat(9 * 1024)));
    }

    @Test
    void parse_decodesOnce() throws Exception {
        CallbackQuery query = CallbackQuery.parse("code=abc%2Av%211234.s1%2525&state=s%20t&scopes=a%2Cb");

        assertEquals(Optional.of("abc*v!1234.s1%25"), query.get("code"));
        assertEquals(Optional.of("s t"), query.get("state"));
        assertEquals(Optional.of("a,b"), query.get("scopes"));
    }
}
