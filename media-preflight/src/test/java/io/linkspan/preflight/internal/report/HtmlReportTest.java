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
        assertTrue(page.contains("</span> Blocked</strong>"));
        assertTrue(page.contains("</span> Frame rate: 15 fps</h3>"), page);
        assertTrue(page.contains("<li><b>TikTok video</b>: 23 to 60 fps"), page);
        assertTrue(page.contains("<svg viewBox="));
        assertTrue(page.contains("H.264 1080x1920 15 fps"));
        assertTrue(page.contains("One command for all of it"));
        assertTrue(page.contains("Instagram story: at most 60 s"), page);
    }

    @Test
    void toHtml_drawsKeyFramesAndTheIndexWhereItIs() {
        String page = Preflight.check(BAD).toHtml();
        assertEquals(3, page.split("class=\"key\"", -1).length - 1);
        assertTrue(page.contains("In the file: moov, then media (mdat)."), page);
        String late = Preflight.check(Path.of("src", "test", "resources", "corpus", "moov-last.mp4"))
                .toHtml();
        assertTrue(late.contains("In the file: media (mdat), then moov."), late);
        assertTrue(late.contains("class=\"part late\""), late);
        String offset = Preflight.check(Path.of("src", "test", "resources", "corpus", "edit-offset.mp4"))
                .toHtml();
        assertTrue(offset.contains("edit list delays a track"), offset);
    }

    @Test
    void toHtml_ofWhatNoCommandMends_saysSo() {
        String page = Preflight.check(Path.of("src", "test", "resources", "corpus", "truncated.mp4"))
                .toHtml();
        assertTrue(page.contains("<h2>No command fixes this</h2>"), page);
        assertFalse(page.contains("One command for all of it"));
    }

    @Test
    void toHtml_ofTwoDestinationsThatAskForTheSame_saysItOnce() {
        String page = Preflight.check(Path.of("src", "test", "resources", "corpus", "edit-offset.mp4"))
                .toHtml();
        String byHand =
                page.substring(page.indexOf("<h2>No command fixes this</h2>"), page.indexOf("<h2>Timeline</h2>"));
        assertEquals(1, byHand.split("Make the video at least 3 s long", -1).length - 1, byHand);
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
