package io.linkspan.tiktok;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.spi.Outcome;
import io.linkspan.spi.PrepareStep;
import io.linkspan.spi.PublishAttempt;
import io.linkspan.spi.PublishContent;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlOwnershipTest {
    private static final PublishContent DRAFT =
            Fixtures.video(TikTokVideoOptions.draft().pulled());

    @ParameterizedTest
    @CsvSource({
        "https://h.example/v/u/1.mp4, true",
        "https://h.example/v/u/2/1.mp4?key=SAMPLE, true",
        "https://H.example/v/u/1.mp4, true",
        "https://h.example/v/2023/u/1.mp4, false",
        "https://h.example/v/u/../x.mp4, false",
        "https://sub.h.example/v/u/1.mp4, false",
        "https://h.example:444/v/u/1.mp4, false",
        "https://media.example/1.mp4, true",
        "https://a.b.media.example/1.mp4, true",
        "https://notmedia.example/1.mp4, false",
        "https://example/1.mp4, false",
        "http://media.example/1.mp4, false",
        "https://192.0.2.1/1.mp4, false",
        "https://[2001:db8::1]/1.mp4, false"
    })
    void prepare_takesVerifiedAddressesOnly(URI address, boolean taken) {
        TikTok tiktok = Fixtures.builder()
                .verifiedPrefixes(List.of(URI.create("https://h.example/v/u/")))
                .verifiedDomains(List.of("Media.example"))
                .build();
        Outcome<PrepareStep> outcome = Script.of().play(tiktok.publishing().prepare(attempt(address)));
        assertEquals(taken, outcome instanceof Outcome.Done<PrepareStep>, outcome.describe());
        assertTrue(!outcome.describe().contains("SAMPLE"));
    }

    @ParameterizedTest
    @CsvSource({"https://anything.example/1.mp4, true", "http://anything.example/1.mp4, false"})
    void prepare_withNothingConfigured_wantsHttpsOnly(URI address, boolean taken) {
        Outcome<PrepareStep> outcome =
                Script.of().play(Fixtures.tiktok().publishing().prepare(attempt(address)));
        assertEquals(taken, outcome instanceof Outcome.Done<PrepareStep>);
    }

    @Test
    void build_withBadOptions_namesEach() {
        TikTok.Builder builder = Fixtures.builder()
                .verifiedPrefixes(List.of(URI.create("https://h.example/v")))
                .verifiedDomains(List.of("192.0.2.1"))
                .chunkSize(64_000_001)
                .activeUserCap(0);
        String message =
                assertThrows(IllegalArgumentException.class, builder::build).getMessage();
        assertEquals(
                "chunkSize must be 5242880 to 64000000 bytes, was 64000001; activeUserCap must be at least 1, was 0;"
                        + " verifiedPrefixes must be https addresses that end with a slash, without query and fragment, was"
                        + " \"https://h.example/v\"; verifiedDomains must be names such as media.example.com, was"
                        + " \"192.0.2.1\"",
                message);
    }

    private static PublishAttempt attempt(URI address) {
        PublishAttempt plain = Fixtures.attempt(DRAFT).build();
        PublishAttempt.Media media =
                new PublishAttempt.Media(DRAFT.item(), plain.item().source(), address);
        return new PublishAttempt(
                plain.id(),
                plain.accessToken(),
                plain.account(),
                DRAFT,
                List.of(media),
                null,
                plain.now(),
                null,
                plain.progress(),
                plain.known());
    }
}
