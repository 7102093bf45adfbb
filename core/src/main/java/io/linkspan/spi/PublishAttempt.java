package io.linkspan.spi;

import java.net.URI;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to publish at one target.
 *
 * @param id id of the attempt, new for each handle
 * @param accessToken a valid access token
 * @param account the account
 * @param content the post
 * @param media the bytes
 * @param size number of bytes, as accepted
 * @param pullUri where the platform may pull the media, or null when it gets the bytes
 * @param handle what is known at the platform, or null before the first step
 * @param now the present moment
 * @param committedAt when the commit was about to be sent, or null before
 * @param progress told how many bytes have left, from the start of the file
 */
public record PublishAttempt(
        String id,
        Secret accessToken,
        AccountIdentity account,
        PublishContent content,
        MediaSource media,
        long size,
        @Nullable URI pullUri,
        @Nullable Handle handle,
        Instant now,
        @Nullable Instant committedAt,
        LongConsumer progress) {
    /**
     * Checks the arguments.
     *
     * @param id id of the attempt, new for each handle
     * @param accessToken a valid access token
     * @param account the account
     * @param content the post
     * @param media the bytes
     * @param size number of bytes, as accepted
     * @param pullUri where the platform may pull the media, or null when it gets the bytes
     * @param handle what is known at the platform, or null before the first step
     * @param now the present moment
     * @param committedAt when the commit was about to be sent, or null before
     * @param progress told how many bytes have left, from the start of the file
     */
    public PublishAttempt {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(accessToken, "accessToken");
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(content, "content");
        Objects.requireNonNull(media, "media");
        Objects.requireNonNull(now, "now");
        Objects.requireNonNull(progress, "progress");
    }

    /**
     * The handle, where a step needs it.
     *
     * @return the handle
     * @throws IllegalStateException when there is none yet
     */
    public Handle requireHandle() {
        return Optional.ofNullable(handle)
                .orElseThrow(() -> new IllegalStateException("attempt " + id + " has no handle yet"));
    }

    @Override
    public String toString() {
        return "PublishAttempt[" + id + ", " + content.kind() + ", handle " + handle + "]";
    }
}
