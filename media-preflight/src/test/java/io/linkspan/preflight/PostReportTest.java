package io.linkspan.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PostReportTest {
    private static PreflightReport item(MediaFacts facts) {
        return Preflight.check(facts, PreflightOptions.defaults());
    }

    @Test
    void checkPost_ofElevenImages_isBlockedOnInstagramOnly() {
        PostReport report = Preflight.checkPost(
                Collections.nCopies(11, item(TestFacts.image().build())), PreflightOptions.defaults());
        assertEquals(Set.of(Destination.TIKTOK_PHOTO, Destination.INSTAGRAM_CAROUSEL), report.destinations());
        assertEquals(
                List.of("ERROR ig.carousel.count: 11"),
                report.findings().stream().map(Finding::toString).toList());
        assertEquals(List.of("2207028"), report.findings().get(0).predictedErrors());
        assertEquals(Verdict.BLOCKED, report.verdict(Destination.INSTAGRAM_CAROUSEL));
        assertEquals(Verdict.OK, report.verdict(Destination.TIKTOK_PHOTO));
    }

    @Test
    void checkPost_ofDifferentShapes_namesTheItems() {
        MediaFacts wide = TestFacts.image()
                .known(FactKey.IMAGE_DISPLAY_SIZE, new Size(1080, 1080))
                .build();
        PreflightReport first = item(TestFacts.image().build());
        PostReport report = Preflight.checkPost(List.of(first, item(wide), first), PreflightOptions.defaults());
        assertEquals(
                "the first is 1080x1350; item 2 is 1080x1080",
                report.findings().get(0).measured());
        assertEquals(Verdict.RISKY, report.verdict(Destination.INSTAGRAM_CAROUSEL));
    }

    @Test
    void checkPost_withABlockedItem_isBlocked() {
        PreflightReport good = item(TestFacts.image().build());
        PreflightReport bad =
                item(TestFacts.image().known(FactKey.CONTAINER, Container.PNG).build());
        assertEquals(
                Verdict.BLOCKED,
                Preflight.checkPost(List.of(good, bad), PreflightOptions.defaults())
                        .verdict(Destination.INSTAGRAM_CAROUSEL));
    }

    @Test
    void checkPost_withACaption_judgesItOnce() {
        PreflightReport good = item(TestFacts.image().build());
        PostReport report = Preflight.checkPost(
                List.of(good, good),
                PreflightOptions.builder()
                        .caption("#a ".repeat(31))
                        .title("x".repeat(91))
                        .build());
        assertEquals(
                List.of("ERROR tiktok.text.photo.title: 91 UTF-16 units", "ERROR ig.text.hashtags: 31"),
                report.findings().stream().map(Finding::toString).toList());
        assertEquals(Verdict.BLOCKED, report.verdict());
    }

    @Test
    void reports_ofAPost_showFindingsItemsAndOldRules() {
        PreflightReport good = item(TestFacts.image().build());
        PreflightOptions late =
                PreflightOptions.builder().asOf(LocalDate.of(2027, 6, 1)).build();
        PostReport report = Preflight.checkPost(List.of(good), late);
        assertEquals(List.of("media", "tiktok", "instagram"), packs(report.staleSources()));
        String text = report.toText();
        assertTrue(text.startsWith("Post of 1 item: BLOCKED\n"), text);
        assertTrue(text.contains("[ig.carousel.count]\n"), text);
        assertTrue(text.contains("\nItem 1 of 1: media: OK\n"), text);
        assertTrue(text.endsWith(" instagram@2026-11-30 (183 days old; newer rules may differ)\n"), text);
        String page = report.toHtml();
        assertTrue(page.contains("<h1>Post of 1 item</h1>"), page);
        assertTrue(page.contains("<code>ig.carousel.count</code>"), page);
        assertTrue(page.contains("Item 1 of 1"), page);
        assertTrue(page.contains(" (183 days old; newer rules may differ)</footer>"), page);
        assertTrue(report.toJson().contains("\"code\" : \"rules.stale\""));
        assertEquals(Verdict.OK, report.verdict(Destination.TIKTOK_PHOTO));
    }

    private static List<String> packs(List<StaleSources> stale) {
        return stale.stream().map(old -> old.pack().id()).toList();
    }

    @Test
    void checkPost_forASingleMediaDestination_isRefused() {
        PreflightOptions reel = PreflightOptions.builder()
                .destinations(Destination.INSTAGRAM_REEL)
                .build();
        PreflightReport good = item(TestFacts.image().build());
        assertThrows(IllegalArgumentException.class, () -> Preflight.checkPost(List.of(good, good), reel));
        assertThrows(IllegalArgumentException.class, () -> Preflight.checkPost(List.of(), PreflightOptions.defaults()));
    }
}
