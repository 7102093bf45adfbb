package io.linkspan.testkit.internal;

import io.linkspan.testkit.sim.MediaWeb;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;

/** Fetches from a web that is a function; everything happens on the calling thread. */
public final class WebFetcher implements MediaFetcher {

    private final MediaWeb web;

    /**
     * Makes a fetcher.
     *
     * @param web what there is to fetch
     */
    public WebFetcher(MediaWeb web) {
        this.web = web;
    }

    @Override
    public CompletableFuture<Fetched> fetchLater(String url, boolean ranges) {
        return CompletableFuture.completedFuture(fetch(url, ranges));
    }

    @Override
    public Fetched fetch(String url, boolean ranges) {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) {
            return Fetched.failed(Outcome.UNREACHABLE);
        }
        MediaWeb.Page page = web.get(uri);
        if (page.status() != 200 || page.content().length == 0) {
            return Fetched.failed(Outcome.UNREACHABLE);
        }
        if (ranges && !page.ranges()) {
            return Fetched.failed(Outcome.NO_RANGE);
        }
        Intake intake = new Intake();
        try {
            intake.take(new ByteArrayInputStream(page.content()));
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory cannot fail", e);
        }
        return intake.fetched();
    }

    @Override
    public void close() {
        // nothing was opened
    }
}
