package io.linkspan.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Makes one video for each fault, runs its plan with real ffmpeg and checks what comes out. */
@Tag("proof")
final class FixPlanFfmpegTest {
    private static final Path CORPUS = Path.of("src", "test", "resources", "corpus");
    private static final String PICTURE = "testsrc2=s=360x640:r=30:d=4";
    private static final String SOUND = "sine=r=48000:d=4";

    @TempDir
    private Path folder;

    @BeforeEach
    void assumeFfmpeg() {
        Ffmpeg.assume();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "media.fragmented        | frag.mp4  | -movflags +frag_keyframe+empty_moov",
                "ig.video.moov           | late.mp4  | -use_editlist 0 -movflags +negative_cts_offsets",
                "media.video.location    | place.mp4 | -movflags +faststart -metadata location=+52.5+013.4/",
                "media.extraVideoTracks  | two.mp4   | -map 0:v -map 1:a -map 0:v -movflags +faststart",
                "ig.video.container      | box.mkv   | -movflags +faststart",
                "ig.audio.codec          | ac3.mp4   | -c:a ac3 -movflags +faststart",
                "ig.audio.channels       | six.mp4   | -ac 6 -movflags +faststart",
                "ig.audio.rate           | rate.mp4  | -ar 96000 -movflags +faststart",
                "ig.video.gop            | open.mp4  | -g 15 -keyint_min 15 -sc_threshold 0 -bf 3 -flags -cgop -x264opts open-gop=1 -movflags +faststart",
                "ig.video.chroma         | full.mp4  | -pix_fmt yuv444p -movflags +faststart",
                "ig.video.chroma         | ten.mp4   | -pix_fmt yuv420p10le -movflags +faststart",
                "ig.video.scan           | comb.mp4  | -flags +ildct+ilme -vf setfield=tff,fieldorder=tff -movflags +faststart",
                "ig.video.fps            | slow.mp4  | -r 12 -movflags +faststart",
                "ig.video.width          | wide.mp4  | -vf scale=2560:640,setsar=1 -t 3.2 -movflags +faststart",
                "ig.video.codec          | old.mp4   | -c:v mpeg4 -movflags +faststart",
                "media.video.vfr         | uneven.mp4| -vf setpts=N/30/TB+if(gt(N\\,60)\\,(N-60)/60/TB\\,0) -fps_mode vfr -t 4 -movflags +faststart",
                "media.video.gopLength   | long.mp4  | -g 300 -movflags +faststart",
                "media.video.pixelAspect | ana.mp4   | -vf setsar=4/3 -movflags +faststart",
                "media.video.canvas      | large.mp4 | -vf scale=1440:2560 -t 3.1 -movflags +faststart",
                "media.video.level       | level.mp4 | -level:v 5.1 -movflags +faststart",
                "tiktok.video.dimension  | small.mp4 | -vf scale=180:320 -movflags +faststart",
                "tiktok.video.aspect     | square.mp4| -vf scale=480:480,setsar=1 -movflags +faststart",
                "media.video.colour      | sd.mp4    | -colorspace smpte170m -color_primaries smpte170m -color_trc smpte170m -movflags +faststart",
                "media.video.hdr         | pq.mp4    | -c:v libx264 -pix_fmt yuv420p10le -colorspace bt2020nc -color_primaries bt2020 -color_trc smpte2084 -movflags +faststart",
                "media.video.hdr         | hlg.mp4   | -pix_fmt yuv420p10le -colorspace bt2020nc -color_primaries bt2020 -color_trc arib-std-b67 -movflags +faststart",
                "ig.video.gop            | x265.mp4  | -c:v libx265 -x265-params open-gop=1:keyint=15:min-keyint=15:log-level=none -tag:v hvc1 -movflags +faststart"
            })
    void run_ofThePlan_mends(String rule, String name, String options) {
        if (rule.equals("media.video.hdr")) {
            Assumptions.assumeTrue(Ffmpeg.hasFilter("zscale"), "SKIPPED: this ffmpeg has no libzimg");
        }
        Path original = make(name, options);
        PreflightReport before = Preflight.check(original);
        assertTrue(rules(before.findings(), Severity.ADVICE).contains(rule), before::toText);
        PreflightReport after = mended(before, original);
        assertFalse(rules(after.findings(), Severity.ADVICE).contains(rule), after::toText);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ig.reel.size", "tiktok.video.size"})
    void run_ofThePlanForAFileTooLarge_keepsToTheLimit(String rule) throws IOException {
        Path original = make("large.mp4", "-b:v 4M -minrate 4M -maxrate 4M -bufsize 1M -movflags +faststart");
        long limit = Files.size(original) * 2 / 3;
        String pack = rule.startsWith("ig") ? "instagram" : "tiktok";
        RulePacks rules = RulePacks.builtIn()
                .overlay(RulePack.parse("small", """
                {"pack": "small", "version": "2026-11-21", "title": "Small files", "overlays": "%s", "rules": [{"id": "%s",
                 "ffmpeg": "-map 0:V:0 -map 0:a:0? -c:v libx264 -pix_fmt yuv420p -b:v {fit:%d} -maxrate {fit:%d} -bufsize 500k -c:a aac -b:a 128k",
                 "checks": [{"max": %d}, {"max": %d}]}]}""".formatted(pack, rule, limit, limit, limit, limit)));
        PreflightOptions options = PreflightOptions.builder().rules(rules).build();
        PreflightReport before = Preflight.check(original, options);
        assertTrue(rules(before.findings(), Severity.ERROR).contains(rule), before::toText);
        Path fixed = Ffmpeg.run(before.fixPlan().orElseThrow(), original, folder);
        assertTrue(Files.size(fixed) <= limit, Files.size(fixed) + " of " + limit);
    }

    @Test
    void run_ofThePlanForAVideoTooLong_cutsWithoutEncoding() {
        Path original = make("long.mp4", "-movflags +faststart");
        PreflightOptions options = PreflightOptions.builder()
                .destinations(Destination.TIKTOK_VIDEO)
                .creatorMaxDuration(Duration.ofSeconds(3))
                .build();
        PreflightReport before = Preflight.check(original, options);
        assertEquals(Verdict.BLOCKED, before.verdict());
        FixPlan plan = before.fixPlan().orElseThrow();
        assertTrue(plan.posix().contains(" -c copy "), plan::posix);
        assertTrue(plan.lossy());
        PreflightReport after = Preflight.check(Ffmpeg.run(plan, original, folder), options);
        assertFalse(rules(after.findings(), Severity.WARNING).contains("tiktok.video.duration.creator"), after::toText);
    }

    @Test
    void run_ofThePlanForAPlace_removesItWithoutEncoding() {
        Path original = make("place.mp4", "-movflags +faststart -use_editlist 0 -metadata location=+52.5+013.4/");
        PreflightReport before = Preflight.check(original);
        assertTrue(before.facts().fact(FactKey.LOCATION).known().orElseThrow());
        FixPlan plan = before.fixPlan().orElseThrow();
        assertFalse(plan.lossy());
        MediaFacts after = Preflight.check(Ffmpeg.run(plan, original, folder)).facts();
        assertFalse(after.fact(FactKey.LOCATION).known().orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-x 'y' \"q\" $(touch z) `w`;&%20\u00E9.mp4",
                "two\nlines.mp4",
                "\u65E5\u672C\u8A9E \u202E\uD83D\uDE00.mp4",
                "concat:a|b.mp4",
                "%d-image2 [0].mp4",
                "--help",
                "-"
            })
    void run_ofTheShellLineForAnAwkwardName_works(String name) throws IOException {
        Assumptions.assumeTrue(File.separatorChar == '/', "SKIPPED: no POSIX shell");
        Path good = CORPUS.resolve("moov-last.mp4");
        Path awkward = folder.resolve(name);
        Files.copy(good, awkward);
        PreflightOptions paths = PreflightOptions.builder().pathInCommands(true).build();
        FixPlan plan = Preflight.check(awkward, paths).fixPlan().orElseThrow();
        Ffmpeg.run(List.of("sh", "-c", plan.posix()));
        int dot = name.lastIndexOf('.');
        Path fixed = folder.resolve((dot > 0 ? name.substring(0, dot) : name) + "-fixed.mp4");
        assertEquals(0, Preflight.check(fixed).facts().damage().size());
        assertEquals(-1, Files.mismatch(good, awkward));
        // relative, as a shell in that folder would have it
        List<String> command = plan.arguments(name, "relative.mp4");
        assertEquals("file:" + name, command.get(command.indexOf("-i") + 1));
    }

    private Path make(String name, String options) {
        Path file = folder.resolve(name);
        String arguments = "-v error -f lavfi -i " + PICTURE + " -f lavfi -i " + SOUND
                + (options.contains("-map") ? "" : " -map 0:v -map 1:a")
                + " -pix_fmt yuv420p -c:v libx264 -preset ultrafast -profile:v "
                + (options.contains("444") ? "high444" : options.contains("10le") ? "high10" : "high")
                + " -bf 2 -g 30 -c:a aac " + options;
        boolean other = options.contains("-c:v ");
        String cleaned =
                other ? arguments.replaceFirst("-c:v libx264 -preset ultrafast -profile:v \\S+ ", "") : arguments;
        Ffmpeg.make((cleaned + " " + file).split(" +", -1));
        return file;
    }

    /** Runs the plan with advice; nothing that it promises may be left, nothing may block, nothing new may come. */
    private PreflightReport mended(PreflightReport before, Path original) {
        FixPlan plan = before.fixPlanWithAdvice().orElseThrow();
        PreflightReport after = Preflight.check(
                Ffmpeg.run(plan, original, folder),
                PreflightOptions.builder().destinations(before.destinations()).build());
        Set<String> promised = new TreeSet<>();
        plan.steps().forEach(step -> promised.addAll(step.rules()));
        promised.retainAll(rules(after.findings(), Severity.ADVICE));
        assertEquals(Set.of(), promised, () -> plan + "\n" + after.toText());
        Set<String> worse = rules(after.findings(), Severity.WARNING);
        worse.removeAll(plan.remaining());
        assertEquals(Set.of(), worse, () -> plan + "\n" + after.toText());
        return after;
    }

    private static Set<String> rules(List<Finding> findings, Severity mildest) {
        Set<String> rules = new TreeSet<>();
        findings.stream()
                .filter(finding -> finding.severity().compareTo(mildest) <= 0)
                .filter(finding -> finding.unchecked().isEmpty())
                .forEach(finding -> rules.add(finding.ruleId()));
        return rules;
    }
}
