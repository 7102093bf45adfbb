package io.linkspan.preflight.internal.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.preflight.FactKey;
import io.linkspan.preflight.MediaFacts;
import io.linkspan.preflight.MediaKind;
import io.linkspan.preflight.Preflight;
import io.linkspan.preflight.PreflightOptions;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class HtmlReportTest {
    private static final Path BAD = Path.of("..", "examples", "media", "sample-15fps.mp4");

    @Test
    void toHtml_loadsNothingFromOutside() {
        String page = Preflight.check(BAD).toHtml();
        assertFalse(Pattern.compile("(?i)((src|href)\\s*=|@import|url\\()")
                .matcher(page)
                .find());
        assertFalse(page.contains("<script"));
    }

    @Test
    void toHtml_showsVerdictFindingPlanAndTimeline() {
        String page = Preflight.check(BAD).toHtml();
        assertTrue(page.contains("<strong>Blocked</strong>"));
        assertTrue(page.contains("<span>measured</span><b>15 fps</b>"));
        assertTrue(page.contains("<span>allowed</span><b>23 to 60 fps</b>"));
        assertTrue(page.contains("<svg viewBox="));
        assertTrue(page.contains("h264 1080x1920 15 fps"));
        assertTrue(page.contains("One command for all of it"));
        assertTrue(page.contains("Instagram story takes at most 60 s"), page);
    }

    @Test
    void toHtml_ofAnImage_hasNoTimeline() {
        String page =
                Preflight.check(Path.of("src", "test", "resources", "good.jpg")).toHtml();
        assertFalse(page.contains("<svg"));
    }

    @Test
    void toHtml_escapesWhatStrangersWrote() {
        MediaFacts facts = MediaFacts.builder(MediaKind.VIDEO)
                .known(FactKey.VIDEO_CODEC, "<script>alert('x')</script>")
                .unknown(FactKey.VIDEO_FPS, "\"><img onerror=x>")
                .build();
        String page = Preflight.check(facts, PreflightOptions.defaults()).toHtml();
        assertFalse(page.contains("<script"));
        assertFalse(page.contains("<img"));
        assertTrue(page.contains("&lt;script&gt;alert(&#39;x&#39;)"));
    }

    @Test
    void html_ofControlCharacters_replacesThem() {
        assertEquals("a\uFFFDb&amp;&quot;", Escape.html("a\u202Eb&\""));
    }
}
