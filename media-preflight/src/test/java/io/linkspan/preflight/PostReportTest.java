package io.linkspan.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
    void checkPost_forASingleMediaDestination_isRefused() {
        PreflightOptions reel = PreflightOptions.builder()
                .destinations(Destination.INSTAGRAM_REEL)
                .build();
        PreflightReport good = item(TestFacts.image().build());
        assertThrows(IllegalArgumentException.class, () -> Preflight.checkPost(List.of(good, good), reel));
        assertThrows(IllegalArgumentException.class, () -> Preflight.checkPost(List.of(), PreflightOptions.defaults()));
    }
}
