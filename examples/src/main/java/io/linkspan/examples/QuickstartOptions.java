package io.linkspan.examples;

import java.net.URI;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What the quickstart was asked for.
 *
 * @param browser a person clicks the consent page
 * @param video the file to publish, or null for the sample
 * @param data where store and media lie, or null for a temporary folder
 * @param killAfter milliseconds after which the worker is killed; absent kills it between a commit and its answer
 * @param port port of the media server, 0 for a free one
 * @param tiktokApi another address for TikTok's API, or null for the simulator
 */
record QuickstartOptions(
        boolean browser,
        @Nullable Path video,
        @Nullable Path data,
        OptionalLong killAfter,
        int port,
        @Nullable URI tiktokApi) {
    static final String USAGE = """
            usage: examples/quickstart [--browser] [--video FILE] [--data DIR] [--kill-after MILLIS] [--port N] [--tiktok-api URI]
              --browser        print the consent addresses, so that a person can click the consent page
              --video FILE     check and publish this file instead of the sample
              --data DIR       keep store and media in this folder (default: a temporary one)
              --kill-after MS  kill the worker this long after its start (default: between a commit and its answer)
              --port N         port of the media server (default: a free one)
              --tiktok-api URI  talk to TikTok's API at this loopback address instead of the simulator""";

    static QuickstartOptions parse(String[] args) {
        boolean browser = false;
        Path video = null;
        Path data = null;
        OptionalLong killAfter = OptionalLong.empty();
        int port = 0;
        URI tiktokApi = null;
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--browser" -> browser = true;
                case "--video" -> video = Path.of(value(args, i++));
                case "--data" -> data = Path.of(value(args, i++));
                case "--kill-after" -> killAfter = OptionalLong.of(number(args[i], value(args, i++)));
                case "--port" -> port = (int) number(args[i], value(args, i++));
                case "--tiktok-api" -> tiktokApi = URI.create(value(args, i++));
                default ->
                    throw new IllegalArgumentException("unknown option " + args[i] + System.lineSeparator() + USAGE);
            }
        }
        return new QuickstartOptions(browser, video, data, killAfter, port, tiktokApi);
    }

    private static String value(String[] args, int option) {
        if (option + 1 >= args.length) {
            throw new IllegalArgumentException(args[option] + " needs a value" + System.lineSeparator() + USAGE);
        }
        return args[option + 1];
    }

    private static long number(String option, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " needs a number, was " + text, e);
        }
    }
}
