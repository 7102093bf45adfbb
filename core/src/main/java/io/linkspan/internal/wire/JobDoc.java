package io.linkspan.internal.wire;

import io.linkspan.connection.Evidence;
import io.linkspan.publish.PublishState;
import io.linkspan.spi.PublishContent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
 * @param cancel reason of a wish to cancel
 * @param evidence what was seen; the newest 50
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
        @Nullable String cancel,
        List<Evidence> evidence) {

    /** Claimed by a worker. */
    public JobDoc claimed() {
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
                epoch + 1,
                committedAt,
                lastSign,
                looks,
                cancel,
                evidence);
    }

    /** In another state; looks start again when the phase changes. */
    public JobDoc moved(PublishState next) {
        StateDoc flat = StateDoc.of(next);
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
                flat,
                handle,
                handles,
                epoch,
                committedAt,
                lastSign,
                flat.phase() == state.phase() ? looks : 0,
                cancel,
                evidence);
    }

    /** With another handle; null drops it and counts one more. */
    public JobDoc withHandle(@Nullable HandleDoc next) {
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
                next,
                next == null ? handles + 1 : handles,
                epoch,
                committedAt,
                lastSign,
                looks,
                cancel,
                evidence);
    }

    /** About to commit. */
    public JobDoc committing(Instant at) {
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
                at,
                at,
                looks,
                cancel,
                evidence);
    }

    /** After a sign of life. */
    public JobDoc alive(Instant at) {
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
                at,
                looks,
                cancel,
                evidence);
    }

    /** After one more look. */
    public JobDoc looked() {
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
                looks + 1,
                cancel,
                evidence);
    }

    /** With a wish to cancel. */
    public JobDoc cancelled(String reason) {
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
                reason,
                evidence);
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
                cancel,
                List.copyOf(newest));
    }
}
