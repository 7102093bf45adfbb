package io.linkspan.instagram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.spi.PublishContent;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentRulesTest {
    @Test
    void caption_atItsLimits_isFine() {
        String text = "#a ".repeat(30) + "@b ".repeat(20) + "x@y.example ";
        assertEquals(List.of(), problems(TestApp.reel(text + "x".repeat(2200 - text.length()), Map.of())));
    }

    @Test
    void caption_overItsLimits_namesLimitAndCount() {
        assertProblem("at most 2200 characters, had 2201", TestApp.reel("x".repeat(2201), Map.of()));
        assertProblem("at most 30 hashtags, had 31", TestApp.reel("#a ".repeat(31), Map.of()));
        assertProblem("at most 20 @ mentions, had 21", TestApp.image("@a ".repeat(21), Map.of()));
    }

    @Test
    void caption_ofSurrogatePairs_countsCodePoints() {
        assertEquals(List.of(), problems(TestApp.reel("😀".repeat(2200), Map.of())));
    }

    @ParameterizedTest
    @CsvSource({
        "thumb_offset, -1",
        "thumb_offset, 1.5",
        "share_to_feed, yes",
        "is_ai_generated, 1",
        "audio_name, ' '",
        "alt_text, x",
        "cover_url, https://x.example/"
    })
    void reelOption_thatInstagramWouldRefuse_isAProblem(String name, String value) {
        assertProblem(name, TestApp.reel("", Map.of(name, value)));
    }

    @Test
    void imageOption_ofAReel_isAProblem() {
        assertProblem("share_to_feed", TestApp.image("", Map.of("share_to_feed", "true")));
        assertProblem("alt_text", TestApp.image("", Map.of("alt_text", "x".repeat(1001))));
    }

    @Test
    void contentType_ofTheOtherKind_isAProblem() {
        assertProblem("video/", new PublishContent(PublishContent.Kind.VIDEO, "", "image/jpeg", Map.of()));
    }

    private static List<String> problems(PublishContent content) {
        return TestApp.instagram().publishing().problems(content);
    }

    private static void assertProblem(String part, PublishContent content) {
        List<String> problems = problems(content);
        assertEquals(1, problems.size(), problems.toString());
        assertTrue(problems.get(0).contains(part), problems.get(0));
    }
}
