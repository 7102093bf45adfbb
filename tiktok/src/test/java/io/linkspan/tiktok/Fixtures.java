package io.linkspan.tiktok;

import io.linkspan.spi.AccountIdentity;
import io.linkspan.spi.Handle;
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
import java.util.Map;
import java.util.Set;

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
        return builder().audited(true).build();
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
        return new PublishContent(PublishContent.Kind.VIDEO, "hello #demo", "video/mp4", options.toMap());
    }

    static PublishContent video() {
        return video(TikTokVideoOptions.builder(TikTokPrivacyLevel.SELF_ONLY).build());
    }

    static Attempt attempt(long size) {
        return new Attempt(size, null, NOW, null);
    }

    static Handle handle(long size, long offset) {
        return UploadHandle.create(PUBLISH_ID, Secret.of(UPLOAD_URL), ChunkPlan.of(size), NOW)
                .at(offset)
                .handle();
    }

    /** A publish attempt under construction. */
    record Attempt(long size, Handle handle, Instant now, Instant committedAt) {
        Attempt with(Handle next) {
            return new Attempt(size, next, now, committedAt);
        }

        Attempt at(long offset) {
            return with(Fixtures.handle(size, offset));
        }

        Attempt after(Duration age) {
            return new Attempt(size, handle, NOW.plus(age), committedAt);
        }

        Attempt committed(Duration age) {
            return new Attempt(size, handle, now, NOW.plus(age));
        }

        PublishAttempt build() {
            return new PublishAttempt(
                    "attempt-1",
                    access(),
                    account("demo"),
                    video(),
                    new Zeros(size),
                    size,
                    null,
                    handle,
                    now,
                    committedAt,
                    sent -> {});
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
