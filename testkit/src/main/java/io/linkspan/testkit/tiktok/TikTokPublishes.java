package io.linkspan.testkit.tiktok;

import io.linkspan.testkit.internal.Digests;
import io.linkspan.testkit.internal.Json;
import io.linkspan.testkit.internal.MediaFetcher;
import io.linkspan.testkit.internal.MediaLook;
import io.linkspan.testkit.sim.Ledger;
import io.linkspan.testkit.tiktok.TikTokPublish.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** All publish ids and how they go on. A post is live when its last byte is in; what status says comes later. */
final class TikTokPublishes {

    private static final Duration DAY = Duration.ofHours(24);

    private final TikTokWorld world;
    private final Map<String, TikTokPublish> byId = new LinkedHashMap<>();
    private final Map<String, TikTokPublish> byUpload = new LinkedHashMap<>();
    private final Deque<String> failures = new ArrayDeque<>();

    TikTokPublishes(TikTokWorld world) {
        this.world = world;
    }

    synchronized TikTokPublish open(TikTokPublish.Plan plan) {
        String number = Long.toString(7_600_000_000_000_000_000L + world.ids.next());
        String where = plan.direct() ? "_pub_" : "_inbox_";
        String prefix = plan.kind().equals("PHOTO") ? "p" : "v";
        String version = plan.direct() && !plan.pulls() ? "~v2-1." : "~v2.";
        String id = prefix + where + (plan.pulls() ? "url" : "file") + version + number;
        String token = plan.pulls() ? "" : world.ids.secret("", "");
        TikTokPublish publish = new TikTokPublish(id, plan, number, token, world.clock.instant());
        publish.gapReadsLeft = world.rules.statusGapReads;
        byId.put(id, publish);
        byUpload.put(number, publish);
        if (plan.pulls() && !world.rules.holdPulls) {
            startPull(publish);
        }
        return publish;
    }

    synchronized @Nullable TikTokPublish find(String id) {
        return byId.get(id);
    }

    synchronized @Nullable TikTokPublish findUpload(String uploadId) {
        return byUpload.get(uploadId);
    }

    synchronized void failNext(String reason) {
        failures.add(reason);
    }

    /** Why an account cannot post directly now, as an error code; null when it can. */
    synchronized @Nullable String block(TikTokAccount account) {
        if (account.banned()) {
            return "spam_risk_user_banned_from_posting";
        }
        if (recent().stream()
                        .filter(p -> p.plan.account() == account && p.plan.direct())
                        .count()
                >= account.postsPerDay()) {
            return "spam_risk_too_many_posts";
        }
        long others = recent().stream()
                .filter(p -> p.plan.direct() && p.plan.account() != account)
                .map(p -> p.plan.account())
                .distinct()
                .count();
        return !world.rules.audited && others >= world.rules.publishingUsers ? "reached_active_user_cap" : null;
    }

    synchronized boolean tooManyPending(TikTokAccount account) {
        return recent().stream()
                        .filter(p -> p.plan.account() == account && !p.plan.direct() && p.state != State.COMPLETE)
                        .count()
                >= world.rules.pendingShares;
    }

    private List<TikTokPublish> recent() {
        Instant since = world.clock.instant().minus(DAY);
        return byId.values().stream()
                .filter(p -> p.created.isAfter(since)
                        && p.state != State.FAILED
                        && (p.bytesComplete || world.rules.orphansCount))
                .toList();
    }

    /** Counts a status read against the read-after-write gap. */
    synchronized boolean inGap(TikTokPublish publish) {
        if (publish.gapReadsLeft > 0) {
            publish.gapReadsLeft--;
            return true;
        }
        return false;
    }

    synchronized void stored(TikTokPublish publish, long received) {
        if (publish.state == State.FAILED) {
            return;
        }
        publish.received = received;
        if (received == publish.plan.size()) {
            bytesComplete(publish, HexFormat.of().formatHex(publish.digest.digest()));
        }
    }

    private void bytesComplete(TikTokPublish publish, String sha256) {
        publish.bytesComplete = true;
        publish.sha256 = sha256;
        publish.state = State.PROCESSING;
        publish.pollsLeft = world.rules.processingPolls;
        publish.ready = world.clock.instant().plus(world.rules.processingTime);
        String failure = failures.poll();
        if (failure != null) {
            publish.verdict = failure;
        } else if (publish.plan.direct()) {
            goLive(publish);
        } else {
            world.ledger.draft(record(publish));
        }
    }

    private void goLive(TikTokPublish publish) {
        publish.postId = Long.toString(7_600_000_000_500_000_000L + world.ids.next());
        world.ledger.post(record(publish));
    }

    private Ledger.Post record(TikTokPublish publish) {
        TikTokPublish.Plan plan = publish.plan;
        return new Ledger.Post(
                plan.account().handle(),
                publish.postId,
                publish.id,
                world.clock.instant(),
                plan.kind(),
                plan.text(),
                publish.received,
                publish.sha256,
                plan.details());
    }

    /** Lets time pass for a publish, as seen by one status read. */
    void observe(TikTokPublish publish, boolean atOnce) {
        finishPull(publish);
        synchronized (this) {
            if (publish.state == State.PROCESSING && (atOnce || processed(publish))) {
                finish(publish);
            }
            if (publish.state == State.COMPLETE && !publish.idShown && showsId(publish)) {
                if (atOnce || publish.idPollsLeft-- <= 0) {
                    publish.idShown = true;
                    event(
                            "post.publish.publicly_available",
                            publish,
                            Json.object().put("post_id", publish.postId));
                }
            }
        }
    }

    private boolean showsId(TikTokPublish publish) {
        return world.rules.publicIds && publish.visibleToAll() && !publish.postId.isEmpty();
    }

    private boolean processed(TikTokPublish publish) {
        return world.rules.processingTime.isZero()
                ? publish.pollsLeft-- <= 0
                : !world.clock.instant().isBefore(publish.ready);
    }

    private void finish(TikTokPublish publish) {
        if (!publish.verdict.isEmpty()) {
            fail(publish, publish.verdict);
        } else if (publish.plan.direct()) {
            complete(publish);
        } else {
            publish.state = State.IN_INBOX;
            event("post.publish.inbox_delivered", publish, Json.object());
        }
    }

    private void complete(TikTokPublish publish) {
        publish.state = State.COMPLETE;
        publish.idPollsLeft = world.rules.publicIdPolls;
        event("post.publish.complete", publish, Json.object());
    }

    private void fail(TikTokPublish publish, String reason) {
        publish.state = State.FAILED;
        publish.failReason = reason;
        event("post.publish.failed", publish, Json.object().put("reason", reason));
    }

    private void event(String name, TikTokPublish publish, ObjectNode content) {
        content.put("publish_id", publish.id)
                .put("publish_type", publish.plan.direct() ? "DIRECT_PUBLISH" : "INBOX_SHARE");
        world.event(name, publish.plan.account(), content);
    }

    /** The person posts a draft; each call makes one more post. */
    synchronized Ledger.Post postDraft(String publishId) {
        TikTokPublish publish = byId.get(publishId);
        if (publish == null || publish.plan.direct() || !publish.bytesComplete || !publish.verdict.isEmpty()) {
            throw new IllegalArgumentException("no draft was delivered for " + publishId);
        }
        goLive(publish);
        complete(publish);
        List<Ledger.Post> posts = world.ledger.posts();
        return posts.get(posts.size() - 1);
    }

    synchronized boolean cancel(TikTokPublish publish) {
        if (publish.state != State.DOWNLOADING) {
            return false;
        }
        fail(publish, "publish_cancelled");
        return true;
    }

    synchronized void authorizationEnded(TikTokAccount account) {
        byId.values().stream()
                .filter(p -> p.plan.account() == account && !p.over() && !p.bytesComplete)
                .forEach(p -> fail(p, "auth_removed"));
    }

    void settle() {
        List<TikTokPublish> all;
        synchronized (this) {
            all = List.copyOf(byId.values());
        }
        all.forEach(publish -> observe(publish, true));
    }

    synchronized void startPulls() {
        byId.values().stream()
                .filter(p -> p.state == State.DOWNLOADING && p.pull == null)
                .forEach(this::startPull);
    }

    private void startPull(TikTokPublish publish) {
        List<CompletableFuture<MediaFetcher.Fetched>> parts = publish.plan.urls().stream()
                .map(url -> world.fetcher.fetchLater(url, publish.plan.kind().equals("VIDEO")))
                .toList();
        publish.pull = CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
                .thenApply(unused ->
                        join(parts.stream().map(CompletableFuture::join).toList()))
                .thenApply(fetched -> {
                    pulled(publish, fetched);
                    return fetched;
                });
    }

    private static MediaFetcher.Fetched join(List<MediaFetcher.Fetched> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        StringBuilder digests = new StringBuilder();
        long bytes = 0;
        for (MediaFetcher.Fetched part : parts) {
            if (part.outcome() != MediaFetcher.Outcome.OK) {
                return part;
            }
            digests.append(part.sha256());
            bytes += part.bytes();
        }
        return new MediaFetcher.Fetched(
                MediaFetcher.Outcome.OK, bytes, Digests.hex(digests.toString()), MediaLook.UNKNOWN);
    }

    private synchronized void pulled(TikTokPublish publish, MediaFetcher.Fetched fetched) {
        if (publish.state != State.DOWNLOADING) {
            return;
        }
        if (fetched.outcome() == MediaFetcher.Outcome.OK) {
            publish.received = fetched.bytes();
            bytesComplete(publish, fetched.sha256());
        } else {
            fail(publish, publish.plan.kind().equals("PHOTO") ? "photo_pull_failed" : "video_pull_failed");
        }
    }

    /** Gives a running pull a moment, so that reads are repeatable. */
    private void finishPull(TikTokPublish publish) {
        CompletableFuture<MediaFetcher.Fetched> pull;
        synchronized (this) {
            pull = publish.pull;
        }
        if (pull != null) {
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
}
