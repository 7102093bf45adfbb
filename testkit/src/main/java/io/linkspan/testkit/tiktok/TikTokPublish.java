package io.linkspan.testkit.tiktok;

import io.linkspan.testkit.internal.Intake;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One publish id. Its fields belong to the lock of {@link TikTokPublishes}, those of the upload to its own. */
final class TikTokPublish {

    /** Where a publish stands. */
    enum State {
        RECEIVING,
        DOWNLOADING,
        PROCESSING,
        IN_INBOX,
        COMPLETE,
        FAILED
    }

    /** What the init asked for. */
    record Plan(
            TikTokAccount account,
            boolean direct,
            String kind,
            String text,
            String privacy,
            Map<String, String> details,
            long size,
            long chunkSize,
            long chunks,
            List<String> urls) {
        boolean pulls() {
            return !urls.isEmpty();
        }
    }

    /** One of the posts made from a publish id. */
    static final class LivePost {
        final String id;
        final String text;
        final Instant at;
        boolean visible;
        boolean shown;
        int pollsLeft;

        LivePost(String id, String text, Instant at, boolean visible) {
            this.id = id;
            this.text = text;
            this.at = at;
            this.visible = visible;
        }
    }

    final String id;
    final Plan plan;
    final String uploadId;
    final String uploadToken;
    final Instant created;
    final ReentrantLock uploading = new ReentrantLock();
    final List<LivePost> posts = new ArrayList<>();
    Intake intake = new Intake();
    volatile State state;
    String failReason = "";
    String verdict = "";
    String sha256 = "";
    volatile boolean bytesComplete;
    volatile long received;
    int gapReadsLeft;
    int pollsLeft;
    Instant ready = Instant.MAX;

    volatile @Nullable CompletableFuture<Void> pull;

    TikTokPublish(String id, Plan plan, String uploadId, String uploadToken, Instant created) {
        this.id = id;
        this.plan = plan;
        this.uploadId = uploadId;
        this.uploadToken = uploadToken;
        this.created = created;
        this.state = plan.pulls() ? State.DOWNLOADING : State.RECEIVING;
    }

    /** Length of the chunk that begins at an offset. */
    long chunkLength(long offset) {
        long index = offset / plan.chunkSize();
        return index >= plan.chunks() - 1 ? plan.size() - offset : plan.chunkSize();
    }

    /** The ids that status shows. */
    List<String> shownIds() {
        return posts.stream()
                .filter(post -> post.shown && post.visible)
                .map(post -> post.id)
                .toList();
    }

    boolean over() {
        return state == State.COMPLETE || state == State.FAILED || state == State.IN_INBOX;
    }
}
