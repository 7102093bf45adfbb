package io.linkspan.testkit.tiktok;

import io.linkspan.json.databind.node.ObjectNode;
import io.linkspan.testkit.internal.Json;
import io.linkspan.testkit.internal.MediaFetcher;
import io.linkspan.testkit.sim.Ledger;
import io.linkspan.testkit.tiktok.TikTokPublish.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All publish ids and how they go on. A post is live when its last byte is in; what status says comes later. */
final class TikTokPublishes {

    private static final Duration DAY = Duration.ofHours(24);

    private final TikTokWorld world;
    private final TikTokPulls pulls;
    private final Map<String, TikTokPublish> byId = new LinkedHashMap<>();
    private final Map<String, TikTokPublish> byUpload = new LinkedHashMap<>();
    private final Deque<String> failures = new ArrayDeque<>();

    TikTokPublishes(TikTokWorld world) {
        this.world = world;
        this.pulls = new TikTokPulls(world, this);
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
            pulls.start(publish);
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
        int cap = world.rules.audited ? world.rules.auditedUsers : world.rules.publishingUsers;
        return others >= cap ? "reached_active_user_cap" : null;
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
        return world.clock.instant().isBefore(publish.created.plus(world.rules.statusGap));
    }

    synchronized void stored(TikTokPublish publish, long received) {
        publish.received = received;
        if (received == publish.plan.size()) {
            MediaFetcher.Fetched all = publish.intake.fetched();
            bytesComplete(publish, all.sha256(), MediaVerdict.video(all));
        }
    }

    /** Everything is there; the verdict shows later and is empty when the post goes live. */
    synchronized void bytesComplete(TikTokPublish publish, String sha256, String verdict) {
        publish.bytesComplete = true;
        publish.sha256 = sha256;
        if (publish.state == State.FAILED) {
            if (publish.plan.direct()) {
                goLive(publish, publish.plan.privacy());
            }
            return;
        }
        publish.state = State.PROCESSING;
        publish.pollsLeft = world.rules.processingPolls;
        publish.ready = world.clock.instant().plus(world.rules.processingTime);
        String failure = failures.poll();
        publish.verdict = failure == null ? verdict : failure;
        if (publish.verdict.isEmpty()) {
            if (publish.plan.direct()) {
                goLive(publish, publish.plan.privacy());
            } else {
                world.ledger.draft(record(publish, "", publish.plan.privacy()));
            }
        }
    }

    private Ledger.Post goLive(TikTokPublish publish, String privacy) {
        String id = Long.toString(7_600_000_000_500_000_000L + world.ids.next());
        boolean visible =
                privacy.equals("PUBLIC_TO_EVERYONE") && !publish.plan.account().isPrivate();
        TikTokPublish.LivePost post =
                new TikTokPublish.LivePost(id, publish.plan.text(), world.clock.instant(), visible);
        post.pollsLeft = world.rules.publicIdPolls;
        publish.posts.add(post);
        Ledger.Post record = record(publish, id, privacy);
        world.ledger.post(record);
        return record;
    }

    /** What lists show of an account: public posts, newest first, late. */
    synchronized List<TikTokPublish.LivePost> publicPosts(TikTokAccount account) {
        Instant shown = world.clock.instant().minus(world.rules.videoListLag);
        List<TikTokPublish.LivePost> posts = new ArrayList<>(byId.values().stream()
                .filter(publish -> publish.plan.account() == account)
                .flatMap(publish -> publish.posts.stream())
                .filter(post -> post.visible && !post.at.isAfter(shown))
                .sorted(Comparator.comparing(post -> post.at))
                .toList());
        Collections.reverse(posts);
        return posts;
    }

    synchronized void postAgain(TikTokPublish publish) {
        goLive(publish, publish.plan.privacy());
    }

    private Ledger.Post record(TikTokPublish publish, String postId, String privacy) {
        TikTokPublish.Plan plan = publish.plan;
        Map<String, String> details = new TreeMap<>(plan.details());
        if (!privacy.isEmpty()) {
            details.put("privacy_level", privacy);
        }
        return new Ledger.Post(
                plan.account().handle(),
                postId,
                publish.id,
                world.clock.instant(),
                plan.kind(),
                plan.text(),
                publish.received,
                publish.sha256,
                details);
    }

    /** Lets time pass for a publish, as seen by one status read. */
    void observe(TikTokPublish publish, boolean atOnce) {
        pulls.finish(publish);
        synchronized (this) {
            if (publish.state == State.DOWNLOADING
                    && !world.clock.instant().isBefore(publish.created.plus(world.rules.pullLife))) {
                fail(publish, MediaVerdict.pullFailed(publish.plan.kind()));
            }
            if (publish.state == State.PROCESSING && (atOnce || processed(publish))) {
                finish(publish);
            }
            if (publish.state == State.COMPLETE && world.rules.publicIds) {
                publish.posts.forEach(post -> show(publish, post, atOnce));
            }
        }
    }

    private void show(TikTokPublish publish, TikTokPublish.LivePost post, boolean atOnce) {
        if (!post.shown && post.visible && (atOnce || post.pollsLeft-- <= 0)) {
            post.shown = true;
            event("post.publish.publicly_available", publish, Json.object().put("post_id", post.id));
        }
    }

    /** Somebody changes who sees a post. */
    synchronized void visibility(String postId, boolean visible) {
        for (TikTokPublish publish : byId.values()) {
            for (TikTokPublish.LivePost post : publish.posts) {
                if (post.id.equals(postId)) {
                    if (!visible && post.shown) {
                        event(
                                "post.publish.no_longer_publicaly_available",
                                publish,
                                Json.object().put("post_id", postId));
                    }
                    post.shown = post.shown && visible;
                    post.visible = visible;
                    return;
                }
            }
        }
        throw new IllegalArgumentException("there is no post " + postId);
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
        event("post.publish.complete", publish, Json.object());
    }

    synchronized void fail(TikTokPublish publish, String reason) {
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
    synchronized Ledger.Post postDraft(String publishId, String privacy) {
        TikTokPublish publish = byId.get(publishId);
        if (publish == null || publish.plan.direct() || !publish.bytesComplete || !publish.verdict.isEmpty()) {
            throw new IllegalArgumentException("no draft was delivered for " + publishId);
        }
        Ledger.Post post = goLive(publish, privacy);
        complete(publish);
        return post;
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
                .filter(p -> p.pull == null
                        && (p.state == State.DOWNLOADING
                                || (p.state == State.FAILED && p.plan.pulls() && world.rules.deadHandlesMayPost)))
                .forEach(pulls::start);
    }
}
