package io.linkspan.testkit.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches media from a URL as the platforms do: no redirects, ranges for video, a digest instead of a copy. */
public final class SocketFetcher implements MediaFetcher {

    private static final Logger log = LoggerFactory.getLogger(SocketFetcher.class);
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
    public SocketFetcher(String agent) {
        this.agent = agent;
    }

    @Override
    public CompletableFuture<Fetched> fetchLater(String url, boolean ranges) {
        return CompletableFuture.supplyAsync(() -> fetch(url, ranges), threads);
    }

    @Override
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
        Intake intake = new Intake();
        try (InputStream body = response.body()) {
            if (response.statusCode() == 200) {
                intake.take(body);
            }
            return intake.bytes() == 0 ? Fetched.failed(Outcome.UNREACHABLE) : intake.fetched();
        }
    }

    private Fetched inRanges(URI uri) throws IOException, InterruptedException {
        Intake intake = new Intake();
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
                long received = intake.take(body);
                if (received == 0 || received != Long.parseLong(range.group(2)) - offset + 1) {
                    return Fetched.failed(Outcome.UNREACHABLE);
                }
                offset += received;
            }
        }
        return intake.fetched();
    }

    private HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30)).header("User-Agent", agent);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
