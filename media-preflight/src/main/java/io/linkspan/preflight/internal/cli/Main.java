package io.linkspan.preflight.internal.cli;

import io.linkspan.preflight.Destination;
import io.linkspan.preflight.PostReport;
import io.linkspan.preflight.Preflight;
import io.linkspan.preflight.PreflightOptions;
import io.linkspan.preflight.PreflightReport;
import io.linkspan.preflight.UnreadableMediaException;
import io.linkspan.preflight.Verdict;
import io.linkspan.preflight.internal.cli.Arguments.UsageException;
import io.linkspan.preflight.internal.report.TextReport;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks files from a command line. */
public final class Main {
    private static final int OK = 0;
    private static final int BLOCKED = 1;
    private static final int UNREADABLE = 2;

    private Main() {}

    /**
     * Runs the command and exits with its code.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        int code = run(List.of(args), LocalDate.now(ZoneOffset.UTC), out, err);
        out.flush();
        System.exit(code);
    }

    /**
     * Runs the command.
     *
     * @param args the command line
     * @param today the day as of which rules are applied unless the command says another
     * @param out where reports go
     * @param err where errors go
     * @return 0 if every file is OK or RISKY, 1 if any is BLOCKED, 2 if any cannot be read or the command is wrong
     */
    public static int run(List<String> args, LocalDate today, PrintStream out, PrintStream err) {
        Arguments arguments;
        try {
            arguments = Arguments.parse(args, today);
        } catch (UsageException e) {
            err.println("linkspan-media-preflight: " + e.getMessage());
            err.println("Try --help.");
            return UNREADABLE;
        }
        if (arguments.help) {
            out.print(help());
            return OK;
        }
        return arguments.post ? post(arguments, out, err) : files(arguments, out, err);
    }

    private static int files(Arguments arguments, PrintStream out, PrintStream err) {
        PreflightOptions options = arguments.options();
        int worst = OK;
        boolean first = true;
        for (Path file : arguments.files) {
            try {
                PreflightReport report = Preflight.check(file, options);
                worst = Math.max(worst, code(report));
                if (arguments.html != null) {
                    Path page = page(arguments.html, file, arguments.files.size() > 1);
                    Files.writeString(page, report.toHtml());
                    out.println(report + " \u2192 " + page);
                } else if (arguments.json) {
                    out.print(report.toJson());
                } else {
                    out.print((first ? "" : "\n") + TextReport.render(report, windows()));
                }
            } catch (UnreadableMediaException e) {
                worst = failed(err, e.getMessage());
            } catch (IOException e) {
                worst = failed(err, "cannot write the page: " + e);
            }
            first = false;
        }
        return worst;
    }

    /** All files as the items of one post. */
    private static int post(Arguments arguments, PrintStream out, PrintStream err) {
        try {
            int worst = OK;
            List<PreflightReport> items = new ArrayList<>();
            for (Path file : arguments.files) {
                PreflightReport item = Preflight.check(file, arguments.optionsOfItems());
                items.add(item);
                worst = Math.max(worst, code(item));
            }
            PostReport post = Preflight.checkPost(items, arguments.options());
            if (arguments.html != null) {
                Files.writeString(arguments.html, post.toHtml());
                out.println("Post of " + items.size() + " items: " + post.verdict() + " \u2192 " + arguments.html);
            } else {
                out.print(arguments.json ? post.toJson() : TextReport.render(post, windows()));
            }
            return Math.max(worst, post.verdict() == Verdict.BLOCKED ? BLOCKED : OK);
        } catch (UnreadableMediaException e) {
            return failed(err, e.getMessage());
        } catch (IOException e) {
            return failed(err, "cannot write the page: " + e);
        }
    }

    private static int failed(PrintStream err, @Nullable String message) {
        err.println("linkspan-media-preflight: " + message);
        return UNREADABLE;
    }

    private static int code(PreflightReport report) {
        if (report.facts().unreadable().isPresent()) {
            return UNREADABLE;
        }
        return report.verdict() == Verdict.BLOCKED ? BLOCKED : OK;
    }

    private static boolean windows() {
        return System.getProperty("os.name", "").startsWith("Windows");
    }

    /** With several files OUT is a folder that gets one page for each. */
    private static Path page(Path html, Path file, boolean several) throws IOException {
        if (!several && !Files.isDirectory(html)) {
            return html;
        }
        Files.createDirectories(html);
        return html.resolve(file.getFileName() + ".html");
    }

    private static String help() {
        String destinations = String.join(
                ", ",
                Arrays.stream(Destination.values()).map(Arguments::spelled).toList());
        return """
                Says before publishing whether TikTok and Instagram will take a video or an image.

                Usage: java -jar linkspan-media-preflight-<version>.jar FILE… [options]

                  --to LIST          destinations, separated by commas; default all that fit the file:
                                     %s
                  --post             judge all files together as the items of one post
                  --caption TEXT     judge this caption too; @FILE reads it from a file
                  --title TEXT       judge this title too; @FILE reads it from a file
                  --cover-at S       the place of the cover in the video, in seconds
                  --creator-max S    longest video this TikTok creator may post, in seconds
                  --delivery HOW     bytes or pull; default the stricter
                  --name TEXT        the name of the file in the report and in its command; default its own without folders
                  --paths            name files in commands by the path as given here
                  --json             print the report as JSON
                  --html OUT         write the report as a page; with several files OUT is a folder
                  --as-of DATE       apply the rules of that day, and say if they are old by then;
                                     default today
                  --pack FILE        add a rule pack or an overlay; may be repeated
                  --                 what follows are files
                  -h, --help         this text

                Exit code: 0 OK or RISKY, 1 BLOCKED, 2 a file cannot be read or the command is wrong.
                """.formatted(destinations
                .replace("tiktok-photo, ", "tiktok-photo,\n" + " ".repeat(21))
                .replace("instagram-feed-image, ", "instagram-feed-image,\n" + " ".repeat(21)));
    }
}
