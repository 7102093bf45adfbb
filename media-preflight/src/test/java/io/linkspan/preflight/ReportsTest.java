package io.linkspan.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the three forms of a report show, and what they keep to themselves. */
final class ReportsTest {
    private static final Path BAD = Path.of("..", "examples", "media", "sample-15fps.mp4");
    private static final Pattern CONSTANT = Pattern.compile("\\b(?:[A-Z]+_[A-Z_]+|OPEN|CLOSED|TRIVIAL|TRIM|OFFSET"
            + "|COMPLEX|PROGRESSIVE|INTERLACED|MATROSKA|UNRECOGNIZED|YCBCR|PALETTE|GREY|h264|hevc|true|false)\\b");

    @TempDir
    private Path folder;

    private static List<String> forms(PreflightReport report) {
        return List.of(report.toText(), report.toJson(), report.toHtml());
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    static Stream<Path> files() throws IOException {
        try (Stream<Path> plain = Files.list(Path.of("src", "test", "resources"));
                Stream<Path> corpus = Files.list(Path.of("src", "test", "resources", "corpus"))) {
            return Stream.concat(plain, corpus).filter(Files::isRegularFile).sorted().toList().stream();
        }
    }

    @Test
    void reports_ofAFile_showItsNameAndNoFolder() throws IOException {
        Path upload = Files.copy(BAD, folder.resolve("upload-4711.mp4"));
        for (String form : forms(Preflight.check(upload))) {
            assertTrue(form.contains("upload-4711.mp4"), form);
            assertTrue(form.contains("file:upload-4711-fixed.mp4"), form);
            assertFalse(form.contains(folder.toString()), form);
        }
    }

    @Test
    void reports_withAName_showItInsteadOfTheFile() throws IOException {
        Path upload = Files.copy(BAD, folder.resolve("upload-4711.mp4"));
        PreflightOptions named = PreflightOptions.builder().name("holiday.mp4").build();
        for (String form : forms(Preflight.check(upload, named))) {
            assertTrue(form.contains("file:holiday-fixed.mp4"), form);
            assertFalse(form.contains("upload-4711"), form);
        }
        assertEquals(
                "holiday.mp4", Preflight.check(TestFacts.video().build(), named).name());
    }

    @Test
    void reports_withPaths_nameTheFileInTheCommandOnly() throws IOException {
        Path upload = Files.copy(BAD, folder.resolve("upload-4711.mp4"));
        PreflightReport report = Preflight.check(
                upload,
                PreflightOptions.builder()
                        .name("holiday.mp4")
                        .pathInCommands(true)
                        .build());
        assertEquals("holiday.mp4", report.name());
        assertTrue(report.fixPlan().orElseThrow().arguments().contains("file:" + upload));
    }

    @Test
    void name_thatIsBlank_isRefused() {
        assertThrows(
                IllegalArgumentException.class, () -> PreflightOptions.builder().name(" "));
    }

    @Test
    void reports_ofOneCause_sayItOnceWithEachLimit() {
        PreflightReport report = Preflight.check(BAD);
        assertEquals(2, report.findings().size());
        assertEquals(1, count(report.toText(), "15 fps\n"), report.toText());
        assertEquals(1, count(report.toHtml(), "<article"), report.toHtml());
        assertEquals(1, count(report.toJson(), "\"measured\" : \"15 fps\""), report.toJson());
        for (Destination destination : report.destinations()) {
            assertEquals(1, report.findings(destination).size());
        }
        for (String form : forms(report)) {
            assertTrue(form.contains("tiktok.video.fps") && form.contains("ig.video.fps"), form);
        }
    }

    @Test
    void reports_ofDifferentLimitsOfOneProperty_areOneCauseWithItsWorstSeverity() {
        MediaFacts facts =
                TestFacts.video().known(FactKey.DURATION, Duration.ofSeconds(2)).build();
        String text = Preflight.check(facts).toText();
        assertEquals(1, count(text, "Duration: 2 s\n"), text);
        assertTrue(text.contains("\nERROR  Duration: 2 s\n  Instagram reel: 3 to 900 s  [ig.reel.duration]\n"), text);
        assertTrue(text.contains("\n  TikTok video: at least 3 s (warning)  [tiktok.video.duration.min]\n"), text);
    }

    @Test
    void reports_showTheCommandOnce() {
        PreflightReport report = Preflight.check(BAD);
        assertEquals(1, count(report.toText(), "ffmpeg -nostdin"), report.toText());
        assertEquals(1, count(report.toHtml(), "ffmpeg -nostdin"), report.toHtml());
        assertEquals(1, count(report.toJson(), "\"command\""), report.toJson());
        // an apostrophe is quoted in another way by each of two shells
        PreflightReport awkward =
                Preflight.check(BAD, PreflightOptions.builder().name("it's.mp4").build());
        assertEquals(2, count(awkward.toHtml(), "ffmpeg -nostdin"), awkward.toHtml());
    }

    @Test
    void reports_listWhatPassed() {
        PreflightReport report = Preflight.check(
                BAD,
                PreflightOptions.builder()
                        .destinations(Destination.INSTAGRAM_REEL)
                        .build());
        List<String> passed = report.passed().stream().map(PassedRule::ruleId).toList();
        assertTrue(passed.contains("ig.video.gop"), passed.toString());
        assertFalse(passed.contains("ig.video.fps"), passed.toString());
        // nothing was asked about a caption, and there is no TikTok destination
        assertFalse(passed.contains("ig.text.caption"), passed.toString());
        assertFalse(passed.contains("tiktok.video.codec"), passed.toString());
        assertTrue(report.toText().contains("\nChecked and fine:\n  Instagram reel: readability, "), report.toText());
        assertTrue(report.toHtml().contains("<h2>Checked and fine</h2>"));
        assertTrue(report.toJson().contains("\"rule\" : \"ig.video.gop\""));
    }

    @Test
    void passed_withFactsLeftOut_claimsNothingAboutThem() {
        PreflightReport report =
                Preflight.check(MediaFacts.builder(MediaKind.VIDEO).build());
        Set<String> unchecked = Set.copyOf(report.findings().get(0).unchecked());
        for (PassedRule rule : report.passed()) {
            assertFalse(unchecked.contains(rule.ruleId()), rule.toString());
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void reports_ofAnyFile_useWordsForConstants(Path file) {
        PreflightReport report = Preflight.check(file);
        for (Finding finding : report.findings()) {
            for (String text : List.of(finding.title(), finding.measured(), finding.allowed())) {
                assertFalse(CONSTANT.matcher(text).find(), () -> finding + ", allowed " + finding.allowed());
            }
        }
        String text =
                report.toText().replaceAll("(?m)^.*ffmpeg -nostdin.*$", "").replace(report.name(), "");
        Matcher raw = CONSTANT.matcher(text);
        assertFalse(raw.find(), () -> raw.group() + " in\n" + text);
        String page = report.toHtml().replaceAll("(?s)<style>.*?</style>|<pre.*?</pre>|<[^>]*>", " ");
        Matcher shown = CONSTANT.matcher(page.replace(report.name(), ""));
        assertFalse(shown.find(), () -> shown.group() + " in\n" + page);
    }

    @Test
    void reports_ofMediaThatCannotBeShown_beginWithThat() {
        MediaFacts facts = TestFacts.video()
                .unreadable(new Damage("the video track has no pictures, so nothing can be shown", "moov/trak", 36))
                .build();
        PreflightReport report = Preflight.check(facts);
        assertTrue(
                report.toText()
                        .startsWith("media: BLOCKED\n  The video track has no pictures, so nothing can be shown.\n"),
                report.toText());
        assertTrue(report.toHtml()
                .contains("<p class=\"sub\">The video track has no pictures, so nothing can be shown. "));
    }

    @Test
    void toHtml_onANarrowScreen_neverScrollsSideways() {
        String page = Preflight.check(BAD).toHtml();
        assertFalse(page.contains("overflow-x"), page);
        assertFalse(page.contains("<text"), page);
        // the only smallest widths are those of columns that fold
        Matcher widths = Pattern.compile("min-width:(\\d+)px").matcher(page);
        assertFalse(widths.find(), page);
    }

    @Test
    void reports_onTheDayOfTheirRules_doNotCallThemOld() {
        LocalDate day = Preflight.check(BAD).packs().get(0).version();
        for (int later : new int[] {0, 90}) {
            PreflightReport report = Preflight.check(
                    BAD, PreflightOptions.builder().asOf(day.plusDays(later)).build());
            assertEquals(List.of(), report.staleSources());
            forms(report).forEach(form -> assertFalse(form.contains("days old"), form));
        }
        PreflightReport late = Preflight.check(
                BAD, PreflightOptions.builder().asOf(day.plusDays(91)).build());
        assertEquals(3, late.staleSources().size());
        assertEquals(1, count(late.toText(), "91 days old"), late.toText());
        assertEquals(1, count(late.toHtml(), "91 days old"), late.toHtml());
    }
}
