package io.linkspan.internal.wire;

import io.linkspan.Platform;
import io.linkspan.connection.ConnectionId;
import io.linkspan.connection.Evidence;
import io.linkspan.publish.PublishState;
import io.linkspan.spi.PublishContent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One publication at one target.
 *
 * @param format 1
 * @param publication its publication
 * @param user whose, within the tenant
 * @param connection its connection
 * @param platform platform name
 * @param registration app registration
 * @param account the account, for people
 * @param content the post
 * @param media the files, one for each part of the content
 * @param notBefore earliest moment
 * @param notAfter latest moment
 * @param state where it stands
 * @param handle the present handle
 * @param handles handles made so far, this one included
 * @param epoch counts the claims
 * @param committedAt when the last commit was about to leave
 * @param lastSign last sign of life of the handle
 * @param looks looks or tries in the present state
 * @param troubleSince since when tries before the commit have failed that reached the platform, moved by the time without tries
 * @param unpostedSince since when each look after the commit saw the handle unused
 * @param resends how often the commit was sent again to a handle that was seen unused
 * @param cancel why somebody wants to stop it after the commit
 * @param evidence what was seen; the newest 50
 * @param news what is left to tell
 * @param restoredFrom when the back-up was taken that it came out of; from then on it may have been posted without a trace here
 * @param writtenAt when it was last written, by the clock of the node that did
 * @param troubledAt last of the tries that failed; null in records of version 0.1
 * @param trouble why the last of them failed
 * @param spared handles that an outage or the time ended; they do not count as failed ones
 * @param mediaTroubleSince since when tries have failed at the host's media, moved in the same way; null in earlier records
 * @param limitsHeld since when it holds its place in the limits for a request that may have taken effect without naming a handle
 */
public record JobDoc(
        int format,
        String publication,
        String user,
        String connection,
        String platform,
        String registration,
        String account,
        PublishContent content,
        List<MediaDoc> media,
        @Nullable Instant notBefore,
        @Nullable Instant notAfter,
        StateDoc state,
        @Nullable HandleDoc handle,
        int handles,
        long epoch,
        @Nullable Instant committedAt,
        @Nullable Instant lastSign,
        int looks,
        @Nullable Instant troubleSince,
        @Nullable Instant unpostedSince,
        int resends,
        @Nullable String cancel,
        List<Evidence> evidence,
        @Nullable JobNewsDoc news,
        @Nullable Instant restoredFrom,
        @Nullable Instant writtenAt,
        @Nullable Instant troubledAt,
        @Nullable Trouble trouble,
        @Nullable Integer spared,
        @Nullable Instant mediaTroubleSince,
        @Nullable Instant limitsHeld)
        implements Payload.Checked {
    @Override
    public void check() {
        Payload.need(publication, user, registration, account, content, media, state, evidence);
        Platform.of(platform);
        new ConnectionId(connection);
        state.state();
        media.forEach(MediaDoc::check);
        if (media.size() != content.parts().size()) {
            throw new IllegalStateException("media and parts differ");
        }
        if (handle != null) {
            Payload.need(handle.id(), handle.facts());
        }
        if (news != null) {
            news.check();
        }
    }

    /** How many observations a job keeps. */
    private static final int KEPT = 50;

    private static final String FORGOTTEN = "deleted";

    /** A job as it is accepted. */
    public static JobDoc accepted(
            String publication,
            String user,
            String connection,
            String platform,
            String registration,
            String account,
            PublishContent content,
            List<MediaDoc> media,
            @Nullable Instant notBefore,
            @Nullable Instant notAfter,
            List<Evidence> evidence) {
        return new JobDoc(
                1,
                publication,
                user,
                connection,
                platform,
                registration,
                account,
                content,
                media,
                notBefore,
                notAfter,
                StateDoc.of(new PublishState.Accepted()),
                null,
                1,
                0,
                null,
                null,
                0,
                null,
                null,
                0,
                null,
                evidence,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** A copy that can be changed; lives for one change only. */
    private static final class Draft {
        private int format;
        private String publication;
        private String user;
        private String connection;
        private String platform;
        private String registration;
        private String account;
        private PublishContent content;
        private List<MediaDoc> media;
        private @Nullable Instant notBefore;
        private @Nullable Instant notAfter;
        private StateDoc state;
        private @Nullable HandleDoc handle;
        private int handles;
        private long epoch;
        private @Nullable Instant committedAt;
        private @Nullable Instant lastSign;
        private int looks;
        private @Nullable Instant troubleSince;
        private @Nullable Instant unpostedSince;
        private int resends;
        private @Nullable String cancel;
        private List<Evidence> evidence;
        private @Nullable JobNewsDoc news;
        private @Nullable Instant restoredFrom;
        private @Nullable Instant writtenAt;
        private @Nullable Instant troubledAt;
        private @Nullable Trouble trouble;
        private @Nullable Integer spared;
        private @Nullable Instant mediaTroubleSince;
        private @Nullable Instant limitsHeld;

        Draft(JobDoc from) {
            this.format = from.format;
            this.publication = from.publication;
            this.user = from.user;
            this.connection = from.connection;
            this.platform = from.platform;
            this.registration = from.registration;
            this.account = from.account;
            this.content = from.content;
            this.media = from.media;
            this.notBefore = from.notBefore;
            this.notAfter = from.notAfter;
            this.state = from.state;
            this.handle = from.handle;
            this.handles = from.handles;
            this.epoch = from.epoch;
            this.committedAt = from.committedAt;
            this.lastSign = from.lastSign;
            this.looks = from.looks;
            this.troubleSince = from.troubleSince;
            this.unpostedSince = from.unpostedSince;
            this.resends = from.resends;
            this.cancel = from.cancel;
            this.evidence = from.evidence;
            this.news = from.news;
            this.restoredFrom = from.restoredFrom;
            this.writtenAt = from.writtenAt;
            this.troubledAt = from.troubledAt;
            this.trouble = from.trouble;
            this.spared = from.spared;
            this.mediaTroubleSince = from.mediaTroubleSince;
            this.limitsHeld = from.limitsHeld;
        }

        JobDoc build() {
            return new JobDoc(
                    format,
                    publication,
                    user,
                    connection,
                    platform,
                    registration,
                    account,
                    content,
                    media,
                    notBefore,
                    notAfter,
                    state,
                    handle,
                    handles,
                    epoch,
                    committedAt,
                    lastSign,
                    looks,
                    troubleSince,
                    unpostedSince,
                    resends,
                    cancel,
                    evidence,
                    news,
                    restoredFrom,
                    writtenAt,
                    troubledAt,
                    trouble,
                    spared,
                    mediaTroubleSince,
                    limitsHeld);
        }
    }

    private JobDoc with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.build();
    }

    /** Written now, by the clock of this node. */
    public JobDoc written(Instant now) {
        return with(draft -> draft.writtenAt = now);
    }

    /** With other news. */
    public JobDoc withNews(@Nullable JobNewsDoc next) {
        return with(draft -> draft.news = next);
    }

    /** Nothing about the account is left; the verdict stays. */
    public JobDoc forgotten() {
        return with(draft -> {
            draft.account = FORGOTTEN;
            draft.evidence = List.of();
            draft.news = null;
            if (state.state() instanceof PublishState.Published published) {
                draft.state = StateDoc.of(new PublishState.Published("", null, published.at()));
            }
        });
    }

    /** Whether {@link #forgotten()} was done. */
    public boolean isForgotten() {
        return account.equals(FORGOTTEN);
    }

    /** Claimed by a worker. */
    public JobDoc claimed() {
        return with(draft -> draft.epoch++);
    }

    /** In another state; looks start again when the phase changes. */
    public JobDoc moved(PublishState next) {
        StateDoc flat = StateDoc.of(next);
        boolean same = flat.phase() == state.phase();
        return with(draft -> {
            draft.looks = same ? looks : 0;
            draft.unpostedSince = same ? unpostedSince : null;
            draft.state = flat;
        });
    }

    /** With the handle as it is known now. */
    public JobDoc withHandle(HandleDoc next) {
        return with(draft -> {
            draft.handle = next;
            draft.limitsHeld = null; // it is what was counted
        });
    }

    /** Keeps its place in the limits: a request may have made a handle that nothing names. */
    public JobDoc holdingLimits(Instant since) {
        return with(draft -> draft.limitsHeld = since);
    }

    /** Without the handle, which can never become a post; the next one counts as one more. */
    public JobDoc withoutHandle() {
        return with(draft -> {
            draft.handle = null;
            draft.handles++;
            draft.committedAt = null;
            draft.lastSign = null;
            draft.resends = 0;
            draft.restoredFrom = null;
        });
    }

    /** Came out of a back-up: a commit may have left at any time since it was taken. */
    public JobDoc restored(Instant takenAt, Instant now) {
        return with(draft -> {
            draft.restoredFrom = takenAt;
            draft.committedAt = committedAt == null ? takenAt : committedAt;
            draft.lastSign = now;
        });
    }

    /** Whether what the store knows of it may be older than what became of it. */
    public boolean isRestored() {
        return restoredFrom != null;
    }

    /** About to commit. */
    public JobDoc committing(Instant at) {
        return with(draft -> {
            draft.resends = committedAt == null ? 0 : resends + 1;
            draft.committedAt = at;
            draft.lastSign = at;
        });
    }

    /** The commit provably did not happen. */
    public JobDoc notCommitted() {
        return with(draft -> draft.committedAt = null);
    }

    /** Whether a commit of the present handle may still land. */
    public boolean mayLand() {
        return committedAt != null;
    }

    /** After a sign of life. */
    public JobDoc alive(Instant at) {
        return with(draft -> draft.lastSign = at);
    }

    /** After one more look. */
    public JobDoc looked() {
        return with(draft -> draft.looks++);
    }

    /** After a try that failed. */
    public JobDoc troubled(Instant at, Trouble by) {
        return looked().with(Troubles.of(this).failed(at, by));
    }

    /** After a try with which the platform got further. */
    public JobDoc untroubled() {
        return with(Troubles.NONE);
    }

    /** After a try at which the media could be used; what the platform failed stays counted. */
    public JobDoc mediaUsable() {
        return with(Troubles.of(this).mediaUsable());
    }

    private JobDoc with(Troubles next) {
        return next.equals(Troubles.of(this))
                ? this
                : with(draft -> {
                    draft.troubleSince = next.platformSince();
                    draft.mediaTroubleSince = next.mediaSince();
                    draft.troubledAt = next.at();
                    draft.trouble = next.last();
                });
    }

    /** How long tries have failed since the first that failed so, without one with which the platform got further. */
    public Duration troubledFor(Trouble by) {
        return Troubles.of(this).lasted(by);
    }

    /** The present handle was ended by an outage or the time. */
    public JobDoc sparing() {
        return with(draft -> draft.spared = spared == null ? 1 : spared + 1);
    }

    /** Handles that failed for another reason than an outage or the time, the present one included. */
    public int failedHandles() {
        return handles - (spared == null ? 0 : spared);
    }

    /** After a look that saw the handle unused; null after one that did not. */
    public JobDoc unposted(@Nullable Instant at) {
        return with(draft -> draft.unpostedSince = at == null || unpostedSince == null ? at : unpostedSince);
    }

    /** Somebody wants to stop it. */
    public JobDoc cancelWanted(String reason) {
        return with(draft -> draft.cancel = reason);
    }

    /** With one more observation; the same one again only counts once. */
    public JobDoc seen(Evidence more) {
        List<Evidence> next = new ArrayList<>(evidence);
        if (!next.isEmpty()) {
            Evidence last = next.get(next.size() - 1);
            boolean again = last.source().equals(more.source())
                    && last.code().equals(more.code())
                    && last.detail().equals(more.detail());
            if (again) {
                next.remove(next.size() - 1);
            }
        }
        next.add(more);
        List<Evidence> newest = next.size() > KEPT ? next.subList(next.size() - KEPT, next.size()) : next;
        return with(draft -> draft.evidence = List.copyOf(newest));
    }
}
