package io.linkspan.preflight.internal.cli;

import io.linkspan.preflight.Destination;
import io.linkspan.preflight.FixPlan;
import io.linkspan.preflight.Preflight;
import io.linkspan.preflight.PreflightOptions;
import io.linkspan.preflight.PreflightReport;
import io.linkspan.preflight.UnreadableMediaException;
import io.linkspan.preflight.Verdict;
import io.linkspan.preflight.internal.cli.Arguments.UsageException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

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
        int code = run(List.of(args), out, err);
        out.flush();
        System.exit(code);
    }

    /**
     * Runs the command.
     *
     * @param args the command line
     * @param out where reports go
     * @param err where errors go
     * @return 0 if every file is OK or RISKY, 1 if any is BLOCKED, 2 if any cannot be read or the command is wrong
     */
    public static int run(List<String> args, PrintStream out, PrintStream err) {
        Arguments arguments;
        try {
            arguments = Arguments.parse(args);
        } catch (UsageException e) {
            err.println("linkspan-media-preflight: " + e.getMessage());
            err.println("Try --help.");
            return UNREADABLE;
        }
        if (arguments.help) {
            out.print(help());
            return OK;
        }
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
                    out.println(report + " → " + page);
                } else if (arguments.json) {
                    out.print(report.toJson());
                } else {
                    out.print((first ? "" : "\n") + report.toText());
                    plan(report, out);
                }
            } catch (UnreadableMediaException e) {
                err.println("linkspan-media-preflight: " + e.getMessage());
                worst = UNREADABLE;
            } catch (IOException e) {
                err.println("linkspan-media-preflight: cannot write the page: " + e.getMessage());
                worst = UNREADABLE;
            }
            first = false;
        }
        return worst;
    }

    private static int code(PreflightReport report) {
        if (report.facts().unreadable().isPresent()) {
            return UNREADABLE;
        }
        return report.verdict() == Verdict.BLOCKED ? BLOCKED : OK;
    }

    private static void plan(PreflightReport report, PrintStream out) {
        report.fixPlan().ifPresent(plan -> {
            out.println("\nOne command for all of it:");
            for (FixPlan.Step step : plan.steps()) {
                out.println("  " + (step.lossy() ? "(lossy) " : "        ") + step.what() + " " + step.rules());
            }
            if (!plan.remaining().isEmpty()) {
                out.println("  not fixed by it: " + String.join(", ", plan.remaining()));
            }
            out.println("  " + (windows() ? plan.windows() : plan.posix()));
        });
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
                  --json             print the report as JSON
                  --html OUT         write the report as a page; with several files OUT is a folder
                  --caption TEXT     judge this caption too
                  --creator-max S    longest video this TikTok creator may post, in seconds
                  --delivery HOW     bytes or pull; default the stricter
                  --as-of DATE       apply the rules of that day, and say which sources are old by then
                  --pack FILE        add a rule pack or an overlay; may be repeated
                  --                 what follows are files
                  -h, --help         this text

                Exit code: 0 OK or RISKY, 1 BLOCKED, 2 a file cannot be read or the command is wrong.
                """.formatted(destinations
                .replace("tiktok-photo, ", "tiktok-photo,\n" + " ".repeat(21))
                .replace("instagram-feed-image, ", "instagram-feed-image,\n" + " ".repeat(21)));
    }
}
