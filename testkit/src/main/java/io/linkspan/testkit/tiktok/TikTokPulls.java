package io.linkspan.testkit.tiktok;

import io.linkspan.testkit.internal.Digests;
import io.linkspan.testkit.internal.MediaFetcher;
import io.linkspan.testkit.internal.MediaFetcher.Fetched;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Fetches what is to be pulled. */
final class TikTokPulls {

    private final TikTokWorld world;
    private final TikTokPublishes publishes;

    TikTokPulls(TikTokWorld world, TikTokPublishes publishes) {
        this.world = world;
        this.publishes = publishes;
    }

    void start(TikTokPublish publish) {
        List<CompletableFuture<Fetched>> parts = publish.plan.urls().stream()
                .map(url -> world.fetcher.fetchLater(url, publish.plan.kind().equals("VIDEO")))
                .toList();
        publish.pull = CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
                .thenRun(() -> pulled(
                        publish, parts.stream().map(CompletableFuture::join).toList()));
    }

    private void pulled(TikTokPublish publish, List<Fetched> parts) {
        synchronized (publishes) {
            boolean wanted = publish.state == TikTokPublish.State.DOWNLOADING || world.rules.deadHandlesMayPost;
            if (!wanted) {
                return;
            }
            if (parts.stream().anyMatch(part -> part.outcome() != MediaFetcher.Outcome.OK)) {
                publishes.fail(publish, MediaVerdict.pullFailed(publish.plan.kind()));
                return;
            }
            publish.received = parts.stream().mapToLong(Fetched::bytes).sum();
            boolean photos = publish.plan.kind().equals("PHOTO");
            publishes.bytesComplete(
                    publish,
                    sha256(parts),
                    photos ? MediaVerdict.photos(parts, world.rules) : MediaVerdict.video(parts.get(0)));
        }
    }

    /** The digest of one part, or of the digests of several. */
    private static String sha256(List<Fetched> parts) {
        return parts.size() == 1
                ? parts.get(0).sha256()
                : Digests.hex(parts.stream().map(Fetched::sha256).collect(Collectors.joining()));
    }

    /** Gives a running pull a moment, so that reads are repeatable. */
    void finish(TikTokPublish publish) {
        CompletableFuture<?> pull = publish.pull;
        if (pull == null) {
            return;
        }
        try {
            pull.get(10, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
