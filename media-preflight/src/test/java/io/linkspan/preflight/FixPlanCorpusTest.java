package io.linkspan.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every plan for every file of the corpus is run with real ffmpeg, and what comes out is checked. */
@Tag("proof")
final class FixPlanCorpusTest {
    /** The clips of the corpus are short and small; without these two limits any of them can be mended. */
    private static final RulePacks RULES = RulePacks.builtIn()
            .overlay(RulePack.parse("tiny-tiktok", """
                    {"pack": "tiny-tiktok", "version": "2026-11-21", "title": "Tiny clips", "overlays": "tiktok",
                     "rules": [{"id": "tiktok.video.dimension", "checks": [{"min": 16}]},
                               {"id": "tiktok.video.duration.min", "checks": [{"min": 0.1}]}]}"""))
            .overlay(RulePack.parse("tiny-instagram", """
                    {"pack": "tiny-instagram", "version": "2026-11-21", "title": "Tiny clips", "overlays": "instagram",
                     "rules": [{"id": "ig.reel.duration", "checks": [{"min": 0.1}]}]}"""));

    private static final List<Set<Destination>> VIDEO_POSTS = List.of(
            Set.of(Destination.TIKTOK_VIDEO),
            Set.of(Destination.INSTAGRAM_REEL),
            Set.of(Destination.TIKTOK_VIDEO, Destination.INSTAGRAM_REEL));
    private static final List<Set<Destination>> IMAGE_POSTS = List.of(
            Set.of(Destination.TIKTOK_PHOTO),
            Set.of(Destination.INSTAGRAM_FEED_IMAGE),
            Set.of(Destination.TIKTOK_PHOTO, Destination.INSTAGRAM_FEED_IMAGE));

    private static int executed;

    @TempDir
    private Path folder;

    static Stream<Path> files() throws IOException {
        Path own = Path.of("src", "test", "resources");
        try (Stream<Path> corpus = Files.list(own.resolve("corpus"));
                Stream<Path> others = Files.list(own);
                Stream<Path> samples = Files.list(Path.of("..", "examples", "media"))) {
            return Stream.of(corpus, others, samples)
                    .flatMap(files -> files)
                    .filter(file -> !file.toString().matches(".*\\.(tsv|sh|properties)") && Files.isRegularFile(file))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void run_ofThePlan_mendsWhatItPromises(Path file) {
        Ffmpeg.assume();
        MediaKind kind = Preflight.check(file).facts().kind();
        Map<String, PreflightReport> known = new HashMap<>();
        List<String> wrong = new ArrayList<>();
        for (Set<Destination> destinations : kind == MediaKind.VIDEO ? VIDEO_POSTS : IMAGE_POSTS) {
            PreflightOptions options = PreflightOptions.builder()
                    .destinations(destinations)
                    .rules(RULES)
                    .build();
            PreflightReport before = Preflight.check(file, options);
            Optional<FixPlan> plan = before.fixPlan();
            if (plan.isEmpty()) {
                unmended(before, wrong);
                continue;
            }
            PreflightReport after = known.get(plan.get().posix());
            if (after == null || !after.destinations().equals(destinations)) {
                Path fixed = known.containsKey(plan.get().posix())
                        ? folder.resolve(known.get(plan.get().posix()).name())
                        : Ffmpeg.run(plan.get(), file, Files.isDirectory(folder) ? folder : file);
                executed += known.containsKey(plan.get().posix()) ? 0 : 1;
                after = Preflight.check(fixed, options);
                known.put(plan.get().posix(), after);
            }
            mended(plan.get(), before, after, wrong);
        }
        assertEquals(List.of(), wrong);
    }

    private static void mended(FixPlan plan, PreflightReport before, PreflightReport after, List<String> wrong) {
        Set<String> promised = new TreeSet<>();
        plan.steps().forEach(step -> promised.addAll(step.rules()));
        for (Finding finding : after.findings()) {
            boolean new_ = before.findings().stream()
                    .noneMatch(old -> old.ruleId().equals(finding.ruleId()) && old.severity() == finding.severity());
            boolean advice = finding.severity() == Severity.ADVICE;
            if (promised.contains(finding.ruleId()) && (!advice || new_ == false)) {
                wrong.add(before.destinations() + " promised " + finding + "\n" + plan);
            } else if (finding.severity() == Severity.ERROR || (!advice && new_)) {
                wrong.add(before.destinations() + " left " + finding + "\n" + plan);
            }
        }
    }

    /** Where there is no plan, errors are those that no command mends. */
    private static void unmended(PreflightReport report, List<String> wrong) {
        Set<String> hopeless = Set.of("file.truncated", "media.unreadable", "media.videoMissing");
        boolean moving = report.facts().fact(FactKey.IMAGE_ANIMATED).known().orElse(false);
        for (Finding finding : report.findings()) {
            if (finding.severity() == Severity.ERROR
                    && !moving
                    && report.findings().stream().noneMatch(other -> hopeless.contains(other.ruleId()))) {
                wrong.add(report.destinations() + " has no plan for " + finding);
            }
        }
    }

    @AfterAll
    static void plansWereRun() {
        assertTrue(!Ffmpeg.isAtHand() || executed > 150, "only " + executed + " plans were run");
    }
}
