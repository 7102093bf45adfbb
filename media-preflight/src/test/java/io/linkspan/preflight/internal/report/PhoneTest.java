package io.linkspan.preflight.internal.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.preflight.Preflight;
import io.linkspan.preflight.PreflightOptions;
import io.linkspan.preflight.PreflightReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reports in a real browser, as wide as a phone: nothing is wider than the page, and the timeline is on it. */
final class PhoneTest {
    private static final int WIDTH = 360;
    private static final Path CORPUS = Path.of("src", "test", "resources", "corpus");
    private static final String LONG_NAME = "holiday_" + "0123456789".repeat(20) + ".mp4";

    /** Each report in a frame of its own; the page around them measures them, for their own policy forbids scripts. */
    private static final String MEASURE = """
            <script>
            addEventListener('load', () => document.querySelectorAll('iframe').forEach(frame => {
              const page = frame.contentDocument, root = page.documentElement;
              page.querySelectorAll('details').forEach(part => part.open = true);
              const outside = [...page.querySelectorAll('main *')].filter(part => {
                const at = part.getBoundingClientRect();
                return !part.closest('.unseen') && (at.left < 0 || at.right > root.clientWidth + 0.5);
              }).map(part => part.tagName + '.' + (part.getAttribute('class') || ''));
              const line = [...page.querySelectorAll('svg')].map(svg => Math.round(svg.getBoundingClientRect().width));
              const out = document.createElement('p');
              out.textContent = ['measured', frame.title, root.clientWidth, root.scrollWidth, outside.join(' '),
                line.join(' ')].join('|') + '|';
              document.body.append(out);
            }));
            </script>
            """;

    private record Measured(int width, int scrollWidth, String outside, String timeline) {}

    private static Map<String, String> reports() {
        Map<String, String> pages = new LinkedHashMap<>();
        PreflightOptions named = PreflightOptions.builder().name(LONG_NAME).build();
        PreflightReport bad = Preflight.check(Path.of("..", "examples", "media", "sample-15fps.mp4"), named);
        pages.put("bad", bad.toHtml());
        for (String file : List.of("edit-offset.mp4", "truncated.mp4", "moov-last.mp4", "gop-open-10.mp4")) {
            pages.put(file, Preflight.check(CORPUS.resolve(file)).toHtml());
        }
        PreflightReport image = Preflight.check(Path.of("src", "test", "resources", "good.jpg"));
        pages.put("image", image.toHtml());
        pages.put(
                "post",
                Preflight.checkPost(List.of(image, bad, image), PreflightOptions.defaults())
                        .toHtml());
        return pages;
    }

    private static String browser() {
        for (String folder : System.getenv("PATH").split(Pattern.quote(java.io.File.pathSeparator), -1)) {
            for (String name : List.of("chromium", "google-chrome")) {
                if (Files.isExecutable(Path.of(folder, name))) {
                    return Path.of(folder, name).toString();
                }
            }
        }
        System.out.println("SKIPPED: chromium is not at hand, reports are not shown in a browser");
        return Assumptions.abort("SKIPPED: chromium is not at hand");
    }

    private static Map<String, Measured> measure(Map<String, String> pages, Path folder) throws Exception {
        StringBuilder html = new StringBuilder("<!doctype html><meta charset=\"utf-8\"><body>\n");
        pages.forEach((name, page) -> html.append(
                "<iframe title=\"" + name + "\" style=\"border:0;width:" + WIDTH + "px;height:800px\" srcdoc=\""
                        + page.replace("&", "&amp;").replace("\"", "&quot;") + "\"></iframe>\n"));
        Path file = Files.writeString(folder.resolve("phone.html"), html + MEASURE);
        Map<String, Measured> measured = new LinkedHashMap<>();
        Matcher line = Pattern.compile("measured\\|([^|]*)\\|(\\d+)\\|(\\d+)\\|([^|]*)\\|([^|]*)\\|")
                .matcher(dump(browser(), file, folder));
        while (line.find()) {
            measured.put(
                    line.group(1),
                    new Measured(
                            Integer.parseInt(line.group(2)),
                            Integer.parseInt(line.group(3)),
                            line.group(4),
                            line.group(5)));
        }
        return measured;
    }

    private static String dump(String browser, Path page, Path folder) throws IOException, InterruptedException {
        Path out = folder.resolve("dump.html");
        List<String> command = new ArrayList<>(List.of(browser, "--headless", "--no-sandbox", "--dump-dom"));
        command.addAll(List.of("--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"));
        command.addAll(List.of("--disable-component-update", "--disable-sync", "--hide-scrollbars"));
        command.add("--user-data-dir=" + folder.resolve("profile"));
        command.add(page.toUri().toString());
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(out.toFile())
                .start();
        assertTrue(process.waitFor(120, TimeUnit.SECONDS), "the browser is still running");
        return Files.readString(out, StandardCharsets.UTF_8);
    }

    @Test
    void reports_onAPhone_fitItsWidth(@TempDir Path folder) throws Exception {
        Map<String, String> pages = reports();
        Map<String, Measured> measured = measure(pages, folder);
        assertEquals(pages.keySet(), measured.keySet());
        measured.forEach((name, page) -> {
            assertEquals(WIDTH, page.width(), name);
            assertTrue(page.scrollWidth() <= page.width(), () -> name + " scrolls sideways: " + page);
            assertEquals("", page.outside(), name);
            boolean drawn = pages.get(name).contains("<svg");
            assertEquals(drawn, !page.timeline().isEmpty(), name);
            for (String width : drawn ? page.timeline().split(" ", -1) : new String[0]) {
                int shown = Integer.parseInt(width);
                assertTrue(shown >= 250 && shown <= WIDTH, () -> name + ": a timeline of " + shown + " px");
            }
        });
    }

    @Test
    void page_thatIsTooWide_isSeenToBe(@TempDir Path folder) throws Exception {
        String wide = "<!doctype html><main><p class=\"x\" style=\"width:500px\">wide</p></main>";
        Measured measured = measure(Map.of("wide", wide), folder).get("wide");
        assertTrue(measured.scrollWidth() > measured.width(), measured.toString());
        assertEquals("P.x", measured.outside());
    }
}
