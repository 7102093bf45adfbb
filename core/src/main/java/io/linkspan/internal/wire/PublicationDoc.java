package io.linkspan.internal.wire;

import io.linkspan.publish.Waiver;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An accepted post. Its jobs are in it until each has a record of its own.
 *
 * @param format 1
 * @param key the host's idempotency key
 * @param digest digest of the request, media included
 * @param request digest of the request without the bytes of its media
 * @param acceptedAt when
 * @param time the wall-clock time that was asked for, for people
 * @param waivers findings that did not stop it
 * @param jobs the jobs as they were accepted
 */
public record PublicationDoc(
        int format,
        String key,
        String digest,
        String request,
        Instant acceptedAt,
        @Nullable String time,
        List<Waiver> waivers,
        List<JobDoc> jobs)
        implements Payload.Checked {
    @Override
    public void check() {
        Payload.need(key, digest, request, acceptedAt, waivers, jobs);
        jobs.forEach(JobDoc::check);
    }

    /** With other jobs. */
    public PublicationDoc withJobs(List<JobDoc> next) {
        return new PublicationDoc(format, key, digest, request, acceptedAt, time, waivers, next);
    }
}
