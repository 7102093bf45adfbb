package io.linkspan.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Good files of many kinds, committed and made by {@code corpus/make-corpus.sh}; {@link FactTableTest} has their facts. */
final class CorpusTest {
    static List<String> names() throws IOException {
        return Corpus.names(Corpus.FOLDER);
    }

    @Test
    void corpus_hasAtLeast150Files() throws IOException {
        assertTrue(names().size() >= 150, "only " + names().size());
    }

    @ParameterizedTest
    @MethodSource("names")
    void check_ofACorpusFile_findsNoDamage(String name) {
        PreflightReport report = Fixtures.check(Corpus.bytes(name));
        List<String> rules = report.findings().stream().map(Finding::ruleId).toList();
        if (name.startsWith("truncated")) {
            assertTrue(rules.contains("file.truncated"));
        } else {
            assertEquals(List.of(), report.facts().damage());
            assertTrue(
                    rules.stream().noneMatch(List.of("media.unreadable", "file.truncated", "media.damaged")::contains));
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void check_ofRanges_readsTheSameFacts(String name) {
        byte[] media = Corpus.bytes(name);
        MediaFacts whole = Fixtures.check(media).facts();
        MediaFacts ranged = Preflight.check(new MemoryRanges(media), PreflightOptions.defaults())
                .facts();
        for (FactKey<?> key : FactKey.all()) {
            assertEquals(whole.fact(key), ranged.fact(key), key.name());
        }
    }

    @Tag("proof")
    @Test
    void corpus_madeAnew_agreesWithTheTools(@TempDir Path folder) throws Exception {
        assumeTrue(
                Ffprobe.isAtHand(),
                "skipped: the corpus is not made anew without ffmpeg, ffprobe and exiftool on the path");
        Process process = new ProcessBuilder("sh", "corpus/make-corpus.sh", folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertTrue(process.waitFor(Duration.ofMinutes(10).toSeconds(), TimeUnit.SECONDS));
        assertEquals(0, process.exitValue());
        FactTableTest.compare(Corpus.files(folder), ToolAnswers.ask(folder));
    }
}
