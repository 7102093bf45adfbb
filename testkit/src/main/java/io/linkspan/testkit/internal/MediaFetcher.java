package io.linkspan.testkit.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches media from a URL as the platforms do: no redirects, ranges for video, a digest instead of a copy. */
public final class MediaFetcher implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(MediaFetcher.class);
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d+)-(\\d+)/(\\d+)");
    private static final int BLOCK = 4 << 20;

    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final ExecutorService threads = DaemonThreads.cached("linkspan-sim-fetch");
    private final String agent;

    /**
     * Makes a fetcher.
     *
     * @param agent its {@code User-Agent}
     */
    public MediaFetcher(String agent) {
        this.agent = agent;
    }

    /** How a fetch ended. */
    public enum Outcome {
        /** All bytes arrived. */
        OK,
        /** The host cannot be reached, refuses, redirects or sends nothing. */
        UNREACHABLE,
        /** The host ignores {@code Range}. */
        NO_RANGE
    }

    /**
     * What was fetched.
     *
     * @param outcome how it ended
     * @param bytes how many bytes arrived
     * @param sha256 their digest in hex; empty unless all arrived
     */
    public record Fetched(Outcome outcome, long bytes, String sha256) {

        /**
         * A failure.
         *
         * @param outcome how it ended
         * @return the result without content
         */
        static Fetched failed(Outcome outcome) {
            return new Fetched(outcome, 0, "");
        }
    }

    /**
     * Fetches in the background.
     *
     * @param url where from
     * @param ranges whether ranges are asked for, and required
     * @return the result; never completes exceptionally
     */
    public CompletableFuture<Fetched> fetchLater(String url, boolean ranges) {
        return CompletableFuture.supplyAsync(() -> fetch(url, ranges), threads);
    }

    /**
     * Fetches on this thread.
     *
     * @param url where from
     * @param ranges whether ranges are asked for, and required
     * @return the result
     */
    public Fetched fetch(String url, boolean ranges) {
        try {
            URI uri = URI.create(url);
            return ranges ? inRanges(uri) : whole(uri);
        } catch (IOException | IllegalArgumentException e) {
            log.debug("media not fetched", e);
            return Fetched.failed(Outcome.UNREACHABLE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Fetched.failed(Outcome.UNREACHABLE);
        }
    }

    private Fetched whole(URI uri) throws IOException, InterruptedException {
        HttpResponse<InputStream> response =
                client.send(request(uri).build(), HttpResponse.BodyHandlers.ofInputStream());
        MessageDigest digest = Digests.sha256();
        try (InputStream body = response.body()) {
            long bytes = response.statusCode() == 200 ? Digests.update(digest, body) : 0;
            return bytes == 0 ? Fetched.failed(Outcome.UNREACHABLE) : done(digest, bytes);
        }
    }

    private Fetched inRanges(URI uri) throws IOException, InterruptedException {
        MessageDigest digest = Digests.sha256();
        long offset = 0;
        long total = Long.MAX_VALUE;
        while (offset < total) {
            long end = Math.min(total, offset + BLOCK) - 1;
            HttpRequest request =
                    request(uri).header("Range", "bytes=" + offset + "-" + end).build();
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (response.statusCode() == 200) {
                    return Fetched.failed(Outcome.NO_RANGE);
                }
                Matcher range = CONTENT_RANGE.matcher(
                        response.headers().firstValue("Content-Range").orElse(""));
                if (response.statusCode() != 206 || !range.matches() || Long.parseLong(range.group(1)) != offset) {
                    return Fetched.failed(Outcome.UNREACHABLE);
                }
                total = Long.parseLong(range.group(3));
                long received = Digests.update(digest, body);
                if (received == 0 || received != Long.parseLong(range.group(2)) - offset + 1) {
                    return Fetched.failed(Outcome.UNREACHABLE);
                }
                offset += received;
            }
        }
        return done(digest, offset);
    }

    private HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30)).header("User-Agent", agent);
    }

    private static Fetched done(MessageDigest digest, long bytes) {
        return new Fetched(Outcome.OK, bytes, HexFormat.of().formatHex(digest.digest()));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
