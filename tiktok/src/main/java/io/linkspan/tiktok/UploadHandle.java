package io.linkspan.tiktok;

import io.linkspan.spi.Handle;
import io.linkspan.spi.Secret;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A {@link Handle} read: the publish id, the chunk plan, the next byte to send, and when the upload address was issued.
 *
 * @param handle as stored
 * @param plan how the file is cut
 * @param offset next byte to send, always a chunk boundary
 * @param issuedAt by our clock, taken before the init was sent
 */
record UploadHandle(Handle handle, ChunkPlan plan, long offset, Instant issuedAt) {
    /** Life of an upload address; the upload must end within it. */
    static final Duration URL_LIFE = Duration.ofHours(1);
    /** After this no byte sent before can still arrive. */
    static final Duration URL_SURELY_OVER = URL_LIFE.plusMinutes(5);

    /** The slowest upload that is still counted on, in bytes a second; what is left of the address's life must do for it. */
    static final long SLOWEST = 256 * 1024;

    private static final Duration SPARE = Duration.ofMinutes(1);
    private static final String OFFSET = "offset";
    private static final String REFUSALS = "refusals";

    static UploadHandle create(String publishId, Secret uploadUrl, ChunkPlan plan, Instant issuedAt) {
        Map<String, String> facts = Map.of(
                "size",
                String.valueOf(plan.size()),
                "chunkSize",
                String.valueOf(plan.chunkSize()),
                "chunks",
                String.valueOf(plan.count()),
                OFFSET,
                "0",
                "issuedAt",
                issuedAt.toString());
        return new UploadHandle(new Handle(publishId, facts, uploadUrl, lastStart(plan, issuedAt)), plan, 0, issuedAt);
    }

    /** When the last chunk must leave at the latest, to arrive while the address lives. */
    private static Instant lastStart(ChunkPlan plan, Instant issuedAt) {
        Duration sending = Duration.ofSeconds((plan.size() - plan.lastStart()) / SLOWEST);
        return issuedAt.plus(URL_LIFE).minus(SPARE).minus(sending);
    }

    static UploadHandle of(Handle handle) {
        try {
            ChunkPlan plan =
                    new ChunkPlan(number(handle, "size"), number(handle, "chunkSize"), number(handle, "chunks"));
            long offset = number(handle, OFFSET);
            if (!plan.isBoundary(offset)) {
                throw new IllegalStateException(
                        "publish " + handle + " goes on at byte " + offset + ", which is no chunk boundary");
            }
            return new UploadHandle(handle, plan, offset, Instant.parse(fact(handle, "issuedAt")));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new IllegalStateException("publish " + handle + " has facts that were not written here", e);
        }
    }

    UploadHandle at(long next) {
        Handle moved = handle.with(OFFSET, String.valueOf(next));
        return new UploadHandle(refusals() == 0 ? moved : moved.with(REFUSALS, "0"), plan, next, issuedAt);
    }

    /** How often the next chunk was refused. */
    int refusals() {
        return Integer.parseInt(handle.facts().getOrDefault(REFUSALS, "0"));
    }

    /** After one more refusal of the next chunk. */
    Handle refused() {
        return handle.with(REFUSALS, String.valueOf(refusals() + 1));
    }

    boolean readyToCommit() {
        return offset >= plan.lastStart();
    }

    /** Whether the last chunk cannot arrive in time any more. */
    boolean tooLate(Instant now) {
        return !now.isBefore(lastStart(plan, issuedAt));
    }

    boolean urlOlderThan(Duration age, Instant now) {
        return Duration.between(issuedAt, now).compareTo(age) >= 0;
    }

    /** The upload address, checked again, or empty when it is gone or leads elsewhere. */
    Optional<URI> url(TikTokEndpoints endpoints) {
        Secret secret = handle.secret();
        return secret == null ? Optional.empty() : endpoints.upload(secret);
    }

    private static long number(Handle handle, String name) {
        return Long.parseLong(fact(handle, name));
    }

    private static String fact(Handle handle, String name) {
        String value = handle.facts().get(name);
        if (value == null) {
            throw new IllegalStateException("publish " + handle + " lacks the fact " + name);
        }
        return value;
    }
}
