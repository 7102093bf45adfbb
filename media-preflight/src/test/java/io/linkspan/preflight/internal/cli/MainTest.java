package io.linkspan.preflight.internal.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MainTest {
    private static final String GOOD = "../examples/media/sample.mp4";
    private static final String BAD = "../examples/media/sample-15fps.mp4";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private int run(String... args) {
        return Main.run(
                List.of(args),
                LocalDate.of(2026, 9, 1),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @Test
    void run_ofAGoodFile_exitsZero() {
        assertEquals(0, run(GOOD));
        assertTrue(out.toString(StandardCharsets.UTF_8).startsWith("sample.mp4: OK\n"));
    }

    @Test
    void run_ofABlockedFile_exitsOneAndShowsThePlan() {
        assertEquals(1, run(BAD, "--to", "tiktok-video,instagram-reel"));
        String text = out.toString(StandardCharsets.UTF_8);
        assertTrue(
                text.contains(
                        "One command for all of it, with some loss of quality:\n  - Convert to 30 frames per second.\n"),
                text);
    }

    @Test
    void run_ofAMissingFile_exitsTwoAndGoesOn() {
        assertEquals(2, run(folder.resolve("none.mp4").toString(), GOOD));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("sample.mp4: OK"));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("none.mp4"));
    }

    @Test
    void run_ofText_exitsTwo() throws Exception {
        Path text = Files.writeString(folder.resolve("text.mp4"), "this is not a video at all");
        assertEquals(2, run(text.toString()));
    }

    @Test
    void run_withJson_printsJson() {
        assertEquals(0, run("--json", GOOD));
        assertTrue(out.toString(StandardCharsets.UTF_8).startsWith("{\n  \"schema\" : 1"));
    }

    @Test
    void run_withHtml_writesOnePageForEachFile() throws Exception {
        Path pages = folder.resolve("pages");
        assertEquals(1, run("--html=" + pages, GOOD, BAD));
        assertTrue(Files.readString(pages.resolve("sample.mp4.html")).startsWith("<!doctype html>"));
        assertTrue(Files.exists(pages.resolve("sample-15fps.mp4.html")));
    }

    @Test
    void run_ofAPost_judgesAllFilesTogether() throws Exception {
        String image = "src/test/resources/good.jpg";
        Path caption = Files.writeString(folder.resolve("caption.txt"), "#a ".repeat(31) + "\n");
        assertEquals(1, run("--post", image, image, "--caption=@" + caption, "--to=instagram-carousel"));
        String text = out.toString(StandardCharsets.UTF_8);
        assertTrue(text.startsWith("Post of 2 items: BLOCKED\n"), text);
        assertEquals(1, text.split("\\[ig.text.hashtags]", -1).length - 1, text);
        assertTrue(text.contains("Item 2 of 2: good.jpg"), text);
        assertEquals(0, run("--post", image, image, "--html=" + folder.resolve("post.html")));
        assertTrue(Files.readString(folder.resolve("post.html")).contains("<h1>Post of 2 items</h1>"));
        assertEquals(0, run("--post", image, image, "--json"));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("\"items\" : ["));
        assertEquals(2, run("--post", image, "none.jpg"));
    }

    @Test
    void run_later_warnsOfOldRulesAndExitsZero() {
        assertEquals(0, run(GOOD, "--as-of=2027-06-01"));
        String text = out.toString(StandardCharsets.UTF_8);
        assertTrue(text.startsWith("sample.mp4: OK\n"), text);
        assertTrue(text.endsWith(" (183 days old; newer rules may differ)\n"), text);
    }

    @Test
    void run_withHelp_namesEveryOption() {
        assertEquals(0, run("--help"));
        String help = out.toString(StandardCharsets.UTF_8);
        for (String option :
                "--to --post --caption --title --cover-at --creator-max --delivery --name --paths --json --html --as-of --pack"
                        .split(" ", -1)) {
            assertTrue(help.contains("\n  " + option + " "), option);
        }
    }

    @Test
    void run_withHelp_saysHow() {
        assertEquals(0, run("--help"));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("Exit code: 0 OK or RISKY, 1 BLOCKED, 2"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--frob|unknown option --frob",
                "--to|--to needs a value",
                "--to=myspace|unknown destination 'myspace'; known are tiktok-video",
                "--creator-max=x|--creator-max must be a number of seconds, was 'x'",
                "--delivery=pigeon|--delivery must be bytes or pull, was 'pigeon'",
                "--as-of=soon|--as-of must be a date such as 2026-11-21, was 'soon'",
                "--pack=none.json|--pack: cannot read none.json",
                "--caption=@none.txt|--caption: cannot read none.txt as text in UTF-8",
                "--json=yes|--json takes no value, was 'yes'",
                "--cover-at=-1|--cover-at must be at least 0",
                "--name=|--name must not be blank",
                "--json|no file given"
            })
    void run_ofAWrongCommand_saysWhy(String argument, String message) {
        assertEquals(2, run(argument));
        assertTrue(err.toString(StandardCharsets.UTF_8).startsWith("linkspan-media-preflight: " + message));
    }
}
