package io.linkspan.internal.wire;

import io.linkspan.connection.Evidence;
import io.linkspan.publish.PublishState;
import io.linkspan.spi.PublishContent;
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
 * @param connection its connection
 * @param platform platform name
 * @param registration app registration
 * @param account the account, for people
 * @param content the post
 * @param media path of the file
 * @param size its size
 * @param sha256 its digest, in hexadecimal
 * @param notBefore earliest moment
 * @param notAfter latest moment
 * @param state where it stands
 * @param handle the present handle
 * @param handles handles made so far, this one included
 * @param epoch counts the claims
 * @param committedAt when the last commit was about to leave
 * @param lastSign last sign of life of the handle
 * @param looks looks or tries in the present state
 * @param evidence what was seen; the newest 50
 * @param news what is left to tell
 */
public record JobDoc(
        int format,
        String publication,
        String connection,
        String platform,
        String registration,
        String account,
        PublishContent content,
        String media,
        long size,
        String sha256,
        @Nullable Instant notBefore,
        @Nullable Instant notAfter,
        StateDoc state,
        @Nullable HandleDoc handle,
        int handles,
        long epoch,
        @Nullable Instant committedAt,
        @Nullable Instant lastSign,
        int looks,
        List<Evidence> evidence,
        @Nullable JobNewsDoc news) {
    /** With nothing to tell. */
    public JobDoc(
            int format,
            String publication,
            String connection,
            String platform,
            String registration,
            String account,
            PublishContent content,
            String media,
            long size,
            String sha256,
            @Nullable Instant notBefore,
            @Nullable Instant notAfter,
            StateDoc state,
            @Nullable HandleDoc handle,
            int handles,
            long epoch,
            @Nullable Instant committedAt,
            @Nullable Instant lastSign,
            int looks,
            List<Evidence> evidence) {
        this(
                format,
                publication,
                connection,
                platform,
                registration,
                account,
                content,
                media,
                size,
                sha256,
                notBefore,
                notAfter,
                state,
                handle,
                handles,
                epoch,
                committedAt,
                lastSign,
                looks,
                evidence,
                null);
    }

    /** A copy that can be changed; lives for one change only. */
    private static final class Draft {
        private int format;
        private String publication;
        private String connection;
        private String platform;
        private String registration;
        private String account;
        private PublishContent content;
        private String media;
        private long size;
        private String sha256;
        private @Nullable Instant notBefore;
        private @Nullable Instant notAfter;
        private StateDoc state;
        private @Nullable HandleDoc handle;
        private int handles;
        private long epoch;
        private @Nullable Instant committedAt;
        private @Nullable Instant lastSign;
        private int looks;
        private List<Evidence> evidence;
        private @Nullable JobNewsDoc news;

        Draft(JobDoc from) {
            this.format = from.format;
            this.publication = from.publication;
            this.connection = from.connection;
            this.platform = from.platform;
            this.registration = from.registration;
            this.account = from.account;
            this.content = from.content;
            this.media = from.media;
            this.size = from.size;
            this.sha256 = from.sha256;
            this.notBefore = from.notBefore;
            this.notAfter = from.notAfter;
            this.state = from.state;
            this.handle = from.handle;
            this.handles = from.handles;
            this.epoch = from.epoch;
            this.committedAt = from.committedAt;
            this.lastSign = from.lastSign;
            this.looks = from.looks;
            this.evidence = from.evidence;
            this.news = from.news;
        }

        JobDoc build() {
            return new JobDoc(
                    format,
                    publication,
                    connection,
                    platform,
                    registration,
                    account,
                    content,
                    media,
                    size,
                    sha256,
                    notBefore,
                    notAfter,
                    state,
                    handle,
                    handles,
                    epoch,
                    committedAt,
                    lastSign,
                    looks,
                    evidence,
                    news);
        }
    }

    private JobDoc with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.build();
    }

    /** With other news. */
    public JobDoc withNews(@Nullable JobNewsDoc next) {
        return with(draft -> draft.news = next);
    }

    /** Nothing about the account is left; the verdict stays. */
    public JobDoc forgotten() {
        return with(draft -> {
            draft.account = "deleted";
            draft.evidence = List.of();
            draft.news = null;
            if (state.state() instanceof PublishState.Published published) {
                draft.state = StateDoc.of(new PublishState.Published("", null, published.at()));
            }
        });
    }

    /** Claimed by a worker. */
    public JobDoc claimed() {
        return with(draft -> draft.epoch++);
    }

    /** In another state; looks start again when the phase changes. */
    public JobDoc moved(PublishState next) {
        StateDoc flat = StateDoc.of(next);
        return with(draft -> {
            draft.looks = flat.phase() == state.phase() ? looks : 0;
            draft.state = flat;
        });
    }

    /** With another handle; null drops it and counts one more. */
    public JobDoc withHandle(@Nullable HandleDoc next) {
        return with(draft -> {
            draft.handle = next;
            draft.handles = next == null ? handles + 1 : handles;
            draft.committedAt = next == null ? null : committedAt;
            draft.lastSign = next == null ? null : lastSign;
        });
    }

    /** About to commit. */
    public JobDoc committing(Instant at) {
        return with(draft -> {
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
        List<Evidence> newest = next.size() > 50 ? next.subList(next.size() - 50, next.size()) : next;
        return with(draft -> draft.evidence = List.copyOf(newest));
    }
}
