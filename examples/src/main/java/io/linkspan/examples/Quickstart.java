package io.linkspan.examples;

import io.linkspan.LinkspanException;
import io.linkspan.Owner;
import io.linkspan.preflight.UnreadableMediaException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Everything once, against the simulators: connect, link, check, publish with a killed worker, renew, notice a revocation,
 * disconnect. Ends with a table; exit code 0 only when every step came out as it should.
 */
public final class Quickstart {
    static final Owner OWNER = Owner.of("demo-workspace", "demo-user");
    static final String BROWSER_SECRET = "demo-browser-session-0123456789";
    static final String TIKTOK_KEY = "demo-client-key";
    static final String TIKTOK_SECRET = "demo-tiktok-client-secret";
    static final String INSTAGRAM_ID = "990602627938098";
    static final String INSTAGRAM_SECRET = "demo-instagram-app-secret";

    private Quickstart() {}

    /**
     * Runs it.
     *
     * @param args see {@code --help}
     */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    private static int run(String[] args) {
        if (args.length > 0 && args[0].equals("--help")) {
            System.out.println(QuickstartOptions.USAGE);
            return 0;
        }
        try {
            QuickstartOptions options = QuickstartOptions.parse(args);
            Path folder = options.data() == null ? Files.createTempDirectory("linkspan-quickstart") : options.data();
            try (DemoPlatforms platforms = new DemoPlatforms(options, folder)) {
                new QuickstartSteps(options, platforms, new Terminal()).run();
            }
            return 0;
        } catch (LinkspanException
                | UnreadableMediaException
                | IllegalArgumentException
                | IllegalStateException
                | UncheckedIOException
                | IOException e) {
            System.err.println("quickstart stopped: " + e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            System.err.println("quickstart interrupted");
            return 1;
        }
    }
}
