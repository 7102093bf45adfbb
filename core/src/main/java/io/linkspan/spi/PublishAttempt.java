package io.linkspan.spi;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
 * @param media the files, one for each of {@link PublishContent#parts()} and in the same order
 * @param handle what is known at the platform, or null before the first step
 * @param now the present moment
 * @param committedAt when the commit was about to be sent, or null before
 * @param progress told how many bytes of the first item have left, from its start
 * @param known for how long this process has known the handle, by its own clocks, so that its age is at least this whatever the clock of
 *     the node was that made it; what rests on the age of a handle alone and cannot be taken back needs both this and {@code now}
 */
public record PublishAttempt(
        String id,
        Secret accessToken,
        AccountIdentity account,
        PublishContent content,
        List<Media> media,
        @Nullable Handle handle,
        Instant now,
        @Nullable Instant committedAt,
        LongConsumer progress,
        Duration known) {
    /**
     * Checks the arguments.
     *
     * @param id id of the attempt, new for each handle
     * @param accessToken a valid access token
     * @param account the account
     * @param content the post
     * @param media the files, one for each of {@link PublishContent#parts()} and in the same order
     * @param handle what is known at the platform, or null before the first step
     * @param now the present moment
     * @param committedAt when the commit was about to be sent, or null before
     * @param progress told how many bytes of the first item have left, from its start
     * @param known for how long this process has known the handle
     */
    public PublishAttempt {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(accessToken, "accessToken");
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(content, "content");
        media = List.copyOf(media);
        Objects.requireNonNull(now, "now");
        Objects.requireNonNull(progress, "progress");
        Objects.requireNonNull(known, "known");
        if (media.size() != content.parts().size()) {
            throw new IllegalArgumentException(
                    "an attempt needs the bytes of all " + content.parts().size() + " files, had " + media.size());
        }
    }

    /**
     * The bytes of one file.
     *
     * @param part which file
     * @param source where the bytes come from
     * @param pullUri where the platform may pull it, or null when it gets the bytes
     */
    public record Media(
            MediaPart part, MediaSource source, @Nullable URI pullUri) {
        /**
         * Checks the arguments.
         *
         * @param part which file
         * @param source where the bytes come from
         * @param pullUri where the platform may pull it, or null when it gets the bytes
         */
        public Media {
            Objects.requireNonNull(part, "part");
            Objects.requireNonNull(source, "source");
        }

        /**
         * Where the platform may pull it.
         *
         * @return the address
         * @throws IllegalStateException when the platform was to get the bytes
         */
        public URI requirePullUri() {
            return Optional.ofNullable(pullUri)
                    .orElseThrow(() -> new IllegalStateException("a file has no public address to be pulled from"));
        }

        @Override
        public String toString() {
            return "Media[" + part + (pullUri == null ? "" : ", pulled") + "]";
        }
    }

    /**
     * The first item, which is the only one unless the post is a carousel.
     *
     * @return its bytes
     */
    public Media item() {
        return media.get(0);
    }

    /**
     * The cover image.
     *
     * @return its bytes, if the post brings one
     */
    public Optional<Media> cover() {
        return media.stream()
                .filter(file -> file.part().role() == MediaPart.Role.COVER)
                .findFirst();
    }

    /**
     * With another handle.
     *
     * @param next the handle
     * @return a copy
     */
    public PublishAttempt withHandle(Handle next) {
        return new PublishAttempt(id, accessToken, account, content, media, next, now, committedAt, progress, known);
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
