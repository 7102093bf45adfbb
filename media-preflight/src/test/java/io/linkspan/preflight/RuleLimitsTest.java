package io.linkspan.preflight;

import static io.linkspan.preflight.Severity.ADVICE;
import static io.linkspan.preflight.Severity.ERROR;
import static io.linkspan.preflight.Severity.WARNING;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule once at its limit and once past it. */
final class RuleLimitsTest {
    private static final PreflightOptions NONE = PreflightOptions.defaults();

    /** One rule, the value that it still allows, and the next one that it does not. */
    record Limit(
            String rule,
            Severity severity,
            MediaFacts at,
            PreflightOptions optionsAt,
            MediaFacts past,
            PreflightOptions optionsPast) {
        @Override
        public String toString() {
            return rule + " " + severity;
        }
    }

    static Stream<Limit> limits() {
        List<Limit> all = new ArrayList<>();
        video(all, "tiktok.video.container", ERROR, FactKey.CONTAINER, Container.WEBM, Container.AVI);
        video(all, "tiktok.video.codec", ERROR, FactKey.VIDEO_CODEC, "vp9", "av1");
        for (String rule : List.of("tiktok.video.fps", "ig.video.fps")) {
            video(all, rule, ERROR, FactKey.VIDEO_FPS, 22.9, 22.8);
            video(all, rule, ERROR, FactKey.VIDEO_FPS, 60.1, 60.5);
            video(all, rule, ADVICE, FactKey.VIDEO_FPS_PEAK, 60.0, 90.0);
        }
        size(all, "tiktok.video.dimension", ERROR, new Size(360, 4096), new Size(359, 4096));
        size(all, "tiktok.video.dimension", ERROR, new Size(360, 4096), new Size(360, 4097));
        video(all, "tiktok.video.size", ERROR, FactKey.FILE_SIZE, 1L << 32, (1L << 32) + 1);
        video(all, "tiktok.video.size", WARNING, FactKey.FILE_SIZE, 4_000_000_000L, 4_000_000_001L);
        PreflightOptions creator300 = creator(300);
        duration(all, "tiktok.video.duration.creator", ERROR, creator300, 300.02, creator300, 300.03);
        duration(all, "tiktok.video.duration.creator", WARNING, NONE, 60, NONE, 61);
        duration(all, "tiktok.video.duration.creator", WARNING, creator300, 61, NONE, 61);
        duration(all, "tiktok.video.duration.api", ERROR, NONE, 600, NONE, 601);
        duration(all, "tiktok.video.duration.api", WARNING, creator(3600), 600, creator(3600), 601);
        duration(all, "tiktok.video.duration.min", WARNING, NONE, 3, NONE, 2.9);
        video(all, "tiktok.video.audio", ADVICE, FactKey.AUDIO_CODEC, "aac", "mp3");
        video(all, "tiktok.video.audio", ADVICE, FactKey.AUDIO_OBJECT_TYPE, "LC", "HE");
        video(all, "tiktok.video.audio", ADVICE, FactKey.AUDIO_SAMPLE_RATE, 48_000, 44_100);
        video(all, "tiktok.video.audio", ADVICE, FactKey.AUDIO_CHANNELS, 2, 6);
        video(all, "tiktok.video.codec", ADVICE, FactKey.VIDEO_CODEC, "h264", "hevc");
        size(all, "tiktok.video.aspect", ADVICE, new Size(1080, 1920), new Size(1080, 1350));
        video(all, "tiktok.video.scan", ADVICE, FactKey.VIDEO_SCAN, Scan.PROGRESSIVE, Scan.POSSIBLY_INTERLACED);
        video(all, "tiktok.video.gop", ADVICE, FactKey.VIDEO_GOP, Gop.CLOSED, Gop.OPEN);
        video(all, "tiktok.video.chroma", ADVICE, FactKey.VIDEO_CHROMA, "4:2:0", "4:2:2");
        video(all, "tiktok.video.chroma", ADVICE, FactKey.VIDEO_BIT_DEPTH, 8, 10);
        recommended(all);
        captions(all, "tiktok.text.title", ERROR, TestFacts.video().build(), "x".repeat(2200), "x".repeat(2201));
        captions(all, "tiktok.text.photo", ERROR, TestFacts.image().build(), "x".repeat(4000), "x".repeat(4001));

        video(all, "ig.video.container", ERROR, FactKey.CONTAINER, Container.MOV, Container.WEBM);
        video(all, "ig.video.moov", ERROR, FactKey.MOOV_FIRST, true, false);
        video(all, "ig.video.editlist", ERROR, FactKey.EDIT_LISTS, EditLists.OFFSET, EditLists.COMPLEX);
        video(all, "ig.video.editlist", WARNING, FactKey.EDIT_LISTS, EditLists.TRIVIAL, EditLists.TRIM);
        video(all, "ig.video.editlist", ADVICE, FactKey.EDIT_LISTS, EditLists.NONE, EditLists.TRIVIAL);
        video(all, "ig.video.codec", ERROR, FactKey.VIDEO_CODEC, "hevc", "vp9");
        video(all, "ig.video.scan", ERROR, FactKey.VIDEO_SCAN, Scan.POSSIBLY_INTERLACED, Scan.INTERLACED);
        video(all, "ig.video.scan", WARNING, FactKey.VIDEO_SCAN, Scan.PROGRESSIVE, Scan.POSSIBLY_INTERLACED);
        video(all, "ig.video.gop", ERROR, FactKey.VIDEO_GOP, Gop.CLOSED, Gop.OPEN);
        video(all, "ig.video.chroma", ERROR, FactKey.VIDEO_CHROMA, "4:2:0", "4:2:2");
        video(all, "ig.video.chroma", WARNING, FactKey.VIDEO_BIT_DEPTH, 8, 10);
        size(all, "ig.video.width", ERROR, new Size(1920, 1080), new Size(1921, 1080));
        size(all, "ig.video.aspect", ERROR, new Size(1900, 190), new Size(1900, 189));
        size(all, "ig.video.aspect", ERROR, new Size(10, 1000), new Size(9, 1000));
        size(all, "ig.video.aspect", ADVICE, new Size(1080, 1920), new Size(1080, 1080));
        size(all, "ig.story.aspect", ERROR, new Size(192, 1920), new Size(191, 1920));
        size(all, "ig.story.aspect", ERROR, new Size(1900, 190), new Size(1900, 189));
        size(all, "ig.story.aspect", ADVICE, new Size(1080, 1920), new Size(1080, 1080));
        video(all, "ig.video.bitrate", ERROR, FactKey.VIDEO_BIT_RATE, 25_000_000L, 25_000_001L);
        video(all, "ig.audio.codec", ERROR, FactKey.AUDIO_CODEC, "aac", "ac3");
        video(all, "ig.audio.rate", ERROR, FactKey.AUDIO_SAMPLE_RATE, 48_000, 96_000);
        video(all, "ig.audio.channels", ERROR, FactKey.AUDIO_CHANNELS, 2, 3);
        video(all, "ig.audio.channels", ERROR, FactKey.AUDIO_CHANNELS, 1, 0);
        video(all, "ig.audio.bitrate", ADVICE, FactKey.AUDIO_BIT_RATE, 140_000L, 140_001L);
        duration(all, "ig.reel.duration", ERROR, NONE, 3, NONE, 2.9);
        duration(all, "ig.reel.duration", ERROR, NONE, 900.02, NONE, 900.03);
        duration(all, "ig.reel.tab", WARNING, NONE, 90.02, NONE, 90.1);
        duration(all, "ig.reel.tab", WARNING, NONE, 5, NONE, 4.9);
        size(all, "ig.reel.tab", WARNING, new Size(1080, 1920), new Size(1080, 1080));
        video(all, "ig.reel.size", ERROR, FactKey.FILE_SIZE, 300L << 20, (300L << 20) + 1);
        video(all, "ig.reel.size", WARNING, FactKey.FILE_SIZE, 300_000_000L, 300_000_001L);
        duration(all, "ig.story.duration", ERROR, NONE, 3, NONE, 2.9);
        duration(all, "ig.story.duration", ERROR, NONE, 60, NONE, 60.1);
        video(all, "ig.story.size", ERROR, FactKey.FILE_SIZE, 100L << 20, (100L << 20) + 1);
        video(all, "ig.story.size", WARNING, FactKey.FILE_SIZE, 100_000_000L, 100_000_001L);

        image(all, "tiktok.photo.format", ERROR, FactKey.CONTAINER, Container.WEBP, Container.PNG);
        images(all, "tiktok.photo.dimension", ERROR, new Size(1080, 1350), new Size(1081, 1350));
        images(all, "tiktok.photo.dimension", WARNING, new Size(1080, 1920), new Size(1080, 1921));
        image(all, "tiktok.photo.size", ERROR, FactKey.FILE_SIZE, 20L << 20, (20L << 20) + 1);
        image(all, "tiktok.photo.size", WARNING, FactKey.FILE_SIZE, 20_000_000L, 20_000_001L);
        image(all, "ig.image.format", ERROR, FactKey.CONTAINER, Container.JPEG, Container.MPO);
        for (Container format :
                List.of(Container.MPO, Container.PNG, Container.WEBP, Container.GIF, Container.HEIF, Container.AVIF)) {
            image(all, "ig.image.format", ERROR, FactKey.CONTAINER, Container.JPEG, format);
        }
        for (Container format : List.of(Container.PNG, Container.GIF, Container.HEIF, Container.AVIF)) {
            image(all, "tiktok.photo.format", ERROR, FactKey.CONTAINER, Container.WEBP, format);
        }
        image(all, "ig.image.size", ERROR, FactKey.FILE_SIZE, 8L << 20, (8L << 20) + 1);
        image(all, "ig.image.size", WARNING, FactKey.FILE_SIZE, 8_000_000L, 8_000_001L);
        images(all, "ig.image.aspect", ERROR, new Size(1080, 1440), new Size(1080, 1450));
        images(all, "ig.image.aspect", ERROR, new Size(1337, 700), new Size(1345, 700));
        images(all, "ig.image.aspect", WARNING, new Size(1080, 1350), new Size(1080, 1360));
        images(all, "ig.image.width", ADVICE, new Size(1440, 1440), new Size(1441, 1440));
        images(all, "ig.image.width", ADVICE, new Size(320, 320), new Size(319, 320));
        image(all, "ig.image.colour", WARNING, FactKey.IMAGE_COMPONENTS, 3, 4);

        MediaFacts good = TestFacts.video().build();
        captions(all, "ig.text.caption", ERROR, good, "\uD83D\uDE00".repeat(2200), "\uD83D\uDE00".repeat(2201));
        captions(all, "ig.text.caption", WARNING, good, "\uD83D\uDE00".repeat(1100), "\uD83D\uDE00".repeat(1101));
        captions(all, "ig.text.hashtags", ERROR, good, "#a ".repeat(30), "#a ".repeat(31));
        captions(all, "ig.text.hashtags", WARNING, good, "#a ".repeat(5) + "me#b &#", "#a ".repeat(6));
        captions(all, "ig.text.mentions", ERROR, good, "@a ".repeat(20) + "me@b.c", "@a ".repeat(21));

        covers(all);
        posts(all);
        video(all, "file.truncated", ERROR, FactKey.TRUNCATED, false, true);
        video(all, "media.encrypted", ERROR, FactKey.ENCRYPTED, false, true);
        video(all, "media.extraVideoTracks", WARNING, FactKey.VIDEO_EXTRA_TRACKS, 0, 1);
        video(all, "media.audioMissing", ADVICE, FactKey.AUDIO_PRESENT, true, false);
        Damage damage = new Damage("box is too short", "moov/mvhd", 40);
        add(
                all,
                "media.damaged",
                WARNING,
                good,
                TestFacts.video().damage(damage).build());
        add(
                all,
                "media.unreadable",
                ERROR,
                good,
                TestFacts.video().unreadable(damage).build());
        add(
                all,
                "media.videoMissing",
                ERROR,
                good,
                TestFacts.video().absent(FactKey.VIDEO_CODEC).build());
        all.add(new Limit(
                "media.kind",
                ERROR,
                good,
                NONE,
                good,
                PreflightOptions.builder()
                        .destinations(Destination.TIKTOK_PHOTO)
                        .build()));
        return all.stream();
    }

    /** What no platform demands. */
    private static void recommended(List<Limit> all) {
        video(all, "media.fragmented", ADVICE, FactKey.FRAGMENTED, false, true);
        video(all, "media.video.location", ADVICE, FactKey.LOCATION, false, true);
        image(all, "media.image.location", ADVICE, FactKey.LOCATION, false, true);
        for (DynamicRange range : List.of(DynamicRange.HLG, DynamicRange.PQ, DynamicRange.DOLBY_VISION)) {
            video(all, "media.video.hdr", ADVICE, FactKey.VIDEO_DYNAMIC_RANGE, DynamicRange.SDR, range);
        }
        video(all, "media.video.colour", ADVICE, FactKey.VIDEO_COLOUR_PRIMARIES, "bt709", "bt2020");
        video(all, "media.video.colour", ADVICE, FactKey.VIDEO_COLOUR_MATRIX, "bt709", "smpte170m");
        size(all, "media.video.canvas", ADVICE, new Size(1080, 1920), new Size(1082, 1920));
        size(all, "media.video.canvas", ADVICE, new Size(1080, 1920), new Size(1080, 1922));
        size(all, "media.video.canvas", ADVICE, new Size(1080, 1920), new Size(1078, 1920));
        video(all, "media.video.pixelAspect", ADVICE, FactKey.VIDEO_PIXEL_ASPECT, 1.0, 4.0 / 3);
        video(all, "media.video.level", ADVICE, FactKey.VIDEO_LEVEL, 4.2, 5.0);
        video(all, "media.video.vfr", ADVICE, FactKey.VIDEO_FPS_VARIABLE, false, true);
        Duration two = Duration.ofSeconds(2);
        video(all, "media.video.gopLength", ADVICE, FactKey.VIDEO_GOP_LENGTH, two, two.plusMillis(60));
        image(all, "ig.image.profile", ADVICE, FactKey.IMAGE_ICC, false, true);
        MediaFacts.Builder webp = TestFacts.image().known(FactKey.CONTAINER, Container.WEBP);
        add(
                all,
                "tiktok.photo.animated",
                WARNING,
                webp.build(),
                webp.known(FactKey.IMAGE_ANIMATED, true).build());
    }

    private static void covers(List<Limit> all) {
        images(all, "ig.cover", ADVICE, new Size(1080, 1920), new Size(1080, 1350));
        MediaFacts good = TestFacts.video().build();
        all.add(new Limit("ig.cover.offset", ERROR, good, thumb(19.999), good, thumb(20)));
        all.add(new Limit("ig.cover.offset", ERROR, good, thumb(0), good, thumb(-1)));
        MediaFacts image = TestFacts.image().build();
        all.add(new Limit("tiktok.text.photo.title", ERROR, image, titled(90), image, titled(91)));
    }

    private static void posts(List<Limit> all) {
        MediaFacts image = TestFacts.image().build();
        MediaFacts square = TestFacts.image()
                .known(FactKey.IMAGE_DISPLAY_SIZE, new Size(1080, 1080))
                .build();
        all.add(post(
                "tiktok.photo.count", ERROR, image, Collections.nCopies(35, image), Collections.nCopies(36, image)));
        all.add(post(
                "tiktok.photo.count",
                ERROR,
                image,
                List.of(image, image),
                List.of(image, TestFacts.video().build())));
        all.add(post("ig.carousel.count", ERROR, image, List.of(image, image), Collections.nCopies(1, image)));
        all.add(post(
                "ig.carousel.count", ERROR, image, Collections.nCopies(10, image), Collections.nCopies(11, image)));
        all.add(post("ig.carousel.crop", WARNING, image, List.of(image, image), List.of(image, square)));
    }

    private static Limit post(
            String rule, Severity severity, MediaFacts item, List<MediaFacts> at, List<MediaFacts> past) {
        return new Limit(
                rule,
                severity,
                item,
                PreflightOptions.builder().postItems(at).build(),
                item,
                PreflightOptions.builder().postItems(past).build());
    }

    private static PreflightOptions thumb(double seconds) {
        return PreflightOptions.builder()
                .thumbOffset(Duration.ofMillis(Math.round(seconds * 1000)))
                .build();
    }

    private static PreflightOptions titled(int length) {
        return PreflightOptions.builder().title("x".repeat(length)).build();
    }

    @ParameterizedTest
    @MethodSource("limits")
    void check_atTheLimit_hasNoSuchFinding(Limit limit) {
        List<Severity> found = severities(limit.rule(), limit.at(), limit.optionsAt());
        assertEquals(List.of(), found.stream().filter(limit.severity()::equals).toList());
    }

    @ParameterizedTest
    @MethodSource("limits")
    void check_pastTheLimit_hasOneFinding(Limit limit) {
        assertEquals(List.of(limit.severity()), severities(limit.rule(), limit.past(), limit.optionsPast()));
    }

    @Test
    void limits_coverEveryRuleOfEveryPack() {
        Set<String> tested = new TreeSet<>(limits().map(Limit::rule).toList());
        assertEquals(io.linkspan.preflight.internal.rule.TestPacks.ruleIds(), tested);
    }

    private static List<Severity> severities(String rule, MediaFacts facts, PreflightOptions options) {
        return Preflight.check(facts, options).findings().stream()
                .filter(finding -> finding.ruleId().equals(rule))
                .map(Finding::severity)
                .toList();
    }

    private static PreflightOptions creator(long seconds) {
        return PreflightOptions.builder()
                .creatorMaxDuration(Duration.ofSeconds(seconds))
                .build();
    }

    private static void add(List<Limit> all, String rule, Severity severity, MediaFacts at, MediaFacts past) {
        all.add(new Limit(rule, severity, at, NONE, past, NONE));
    }

    private static <T> void video(List<Limit> all, String rule, Severity severity, FactKey<T> key, T at, T past) {
        add(
                all,
                rule,
                severity,
                TestFacts.video().known(key, at).build(),
                TestFacts.video().known(key, past).build());
    }

    private static <T> void image(List<Limit> all, String rule, Severity severity, FactKey<T> key, T at, T past) {
        add(
                all,
                rule,
                severity,
                TestFacts.image().known(key, at).build(),
                TestFacts.image().known(key, past).build());
    }

    private static void size(List<Limit> all, String rule, Severity severity, Size at, Size past) {
        video(all, rule, severity, FactKey.VIDEO_DISPLAY_SIZE, at, past);
    }

    private static void images(List<Limit> all, String rule, Severity severity, Size at, Size past) {
        image(all, rule, severity, FactKey.IMAGE_DISPLAY_SIZE, at, past);
    }

    private static void duration(
            List<Limit> all,
            String rule,
            Severity severity,
            PreflightOptions optionsAt,
            double at,
            PreflightOptions optionsPast,
            double past) {
        all.add(new Limit(rule, severity, lasting(at), optionsAt, lasting(past), optionsPast));
    }

    private static MediaFacts lasting(double seconds) {
        return TestFacts.video()
                .known(FactKey.DURATION, Duration.ofMillis(Math.round(seconds * 1000)))
                .build();
    }

    private static void captions(
            List<Limit> all, String rule, Severity severity, MediaFacts facts, String at, String past) {
        all.add(new Limit(
                rule,
                severity,
                facts,
                PreflightOptions.builder().caption(at).build(),
                facts,
                PreflightOptions.builder().caption(past).build()));
    }
}
