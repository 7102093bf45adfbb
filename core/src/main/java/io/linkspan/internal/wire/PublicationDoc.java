package io.linkspan.internal.wire;

import java.time.Instant;
import java.util.List;

/**
 * An accepted post. Its jobs are in it until each has a record of its own.
 *
 * @param format 1
 * @param key the host's idempotency key
 * @param digest digest of the request
 * @param acceptedAt when
 * @param jobs the jobs as they were accepted
 */
public record PublicationDoc(int format, String key, String digest, Instant acceptedAt, List<JobDoc> jobs) {}
