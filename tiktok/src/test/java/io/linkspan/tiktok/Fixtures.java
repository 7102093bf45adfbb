package io.linkspan.tiktok;

import io.linkspan.spi.AccountIdentity;
import io.linkspan.spi.Handle;
import io.linkspan.spi.MediaPart;
import io.linkspan.spi.MediaSource;
import io.linkspan.spi.PublishAttempt;
import io.linkspan.spi.PublishContent;
import io.linkspan.spi.Secret;
import io.linkspan.spi.TokenPair;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;

final class Fixtures {
    static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    static final String KEY = "demo_client_key";
    static final String SECRET = "demo_client_secret";
    static final String ACCESS = "act.SAMPLEaccess!1234.s1";
    static final String REFRESH = "rft.SAMPLErefresh!1234.s1";
    static final URI REDIRECT = URI.create("https://app.example.com/callback/tiktok");
    static final String UPLOAD_URL = "https://open-upload.tiktokapis.com/video/?upload_id=76&upload_token=SAMPLE";
    static final String PUBLISH_ID = "v_pub_file~v2-1.7600000000000000001";
    /** Five chunks of 32 MB and a rest. */
    static final long BIG = 170_000_000L;

    private Fixtures() {}

    static TikTok.Builder builder() {
        return TikTok.builder(KEY, Secret.of(SECRET), REDIRECT);
    }

    static TikTok tiktok() {
        return builder().audited(true).displayApi(true).build();
    }

    static Secret access() {
        return Secret.of(ACCESS);
    }

    static TokenPair tokens() {
        return new TokenPair(access(), Secret.of(REFRESH));
    }

    static AccountIdentity account(String handle) {
        return new AccountIdentity("-000openId", Set.of(), handle, "Demo", Map.of());
    }

    static PublishContent video(TikTokVideoOptions options) {
        return video(options, BIG);
    }

    static PublishContent video(TikTokVideoOptions options, long size) {
        return new PublishContent(
                PublishContent.Kind.VIDEO,
                options.isDraft() ? "" : "hello #demo",
                List.of(part(MediaPart.Type.VIDEO, "video/mp4", size)),
                options.toMap());
    }

    static PublishContent video() {
        return video(selfOnly());
    }

    static TikTokVideoOptions selfOnly() {
        return TikTokVideoOptions.builder(TikTokPrivacyLevel.SELF_ONLY).build();
    }

    static PublishContent photos(TikTokPhotoOptions options, int count) {
        MediaPart photo = part(MediaPart.Type.IMAGE, "image/jpeg", 1000);
        return new PublishContent(
                count == 1 ? PublishContent.Kind.IMAGE : PublishContent.Kind.CAROUSEL,
                "text #demo",
                Collections.nCopies(count, photo),
                options.toMap());
    }

    static MediaPart part(MediaPart.Type type, String contentType, long size) {
        return new MediaPart(MediaPart.Role.ITEM, type, contentType, size, Map.of());
    }

    static Attempt attempt(long size) {
        return new Attempt(video(selfOnly(), size), null, NOW, null);
    }

    static Attempt attempt(PublishContent content) {
        return new Attempt(content, null, NOW, null);
    }

    static Handle handle(long size, long offset) {
        return UploadHandle.create(PUBLISH_ID, Secret.of(UPLOAD_URL), ChunkPlan.of(size), NOW)
                .at(offset)
                .handle();
    }

    /** A publish attempt under construction. */
    record Attempt(PublishContent content, Handle handle, Instant now, Instant committedAt) {
        Attempt with(Handle next) {
            return new Attempt(content, next, now, committedAt);
        }

        Attempt at(long offset) {
            return with(Fixtures.handle(content.item().size(), offset));
        }

        Attempt after(Duration age) {
            return new Attempt(content, handle, NOW.plus(age), committedAt);
        }

        Attempt committed(Duration age) {
            return new Attempt(content, handle, now, NOW.plus(age));
        }

        PublishAttempt build() {
            return build("demo", sent -> {});
        }

        PublishAttempt build(String username, LongConsumer progress) {
            List<PublishAttempt.Media> media = new ArrayList<>();
            boolean pulled = PostMode.of(content).pulled();
            for (MediaPart part : content.parts()) {
                URI address = URI.create("https://media.example.com/a/" + media.size() + "?key=SAMPLE");
                media.add(new PublishAttempt.Media(part, new Zeros(part.size()), pulled ? address : null));
            }
            return new PublishAttempt(
                    "attempt-1",
                    access(),
                    account(username),
                    content,
                    media,
                    handle,
                    now,
                    committedAt,
                    progress,
                    Duration.ofDays(1));
        }
    }

    /** Bytes without memory. */
    record Zeros(long size) implements MediaSource {
        @Override
        public InputStream open(long offset) {
            return new ByteArrayInputStream(new byte[(int) Math.min(size - offset, 1024)]);
        }
    }
}
