package io.linkspan.instagram;

import io.linkspan.spi.AccountIdentity;
import io.linkspan.spi.Handle;
import io.linkspan.spi.HttpBody;
import io.linkspan.spi.HttpCall;
import io.linkspan.spi.MediaPart;
import io.linkspan.spi.MediaSource;
import io.linkspan.spi.PublishAttempt;
import io.linkspan.spi.PublishContent;
import io.linkspan.spi.Secret;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One app, one account, and attempts to publish. */
final class TestApp {
    static final String SECRET = "sim-app-secret";
    static final String TOKEN = "IGAAlongtokenlongtokenlongtoken";
    static final String IG_ID = "17841405822304914";
    static final String CONTAINER = "17889455560051444";
    static final String MEDIA = "17920238422030506";
    static final Instant NOW = Instant.parse("2026-11-20T17:05:00Z");
    static final Instant COMMITTED = Instant.parse("2026-11-20T17:03:00Z");
    static final AccountIdentity ACCOUNT =
            new AccountIdentity(IG_ID, Set.of("27000000000000001"), "shop", "Shop", Map.of("account_type", "BUSINESS"));

    private TestApp() {}

    static InstagramLoginBuilder builder() {
        return Instagram.withInstagramLogin(
                "990602627938098", Secret.of(SECRET), URI.create("https://app.example/oauth/instagram"));
    }

    static Instagram instagram() {
        return builder().build();
    }

    static FacebookLoginBuilder facebook() {
        return Instagram.withFacebookLogin(
                "990602627938098", Secret.of(SECRET), URI.create("https://app.example/oauth/facebook"));
    }

    /** A container in progress since now. */
    static Handle handle() {
        return new Handle(
                CONTAINER,
                Map.of("container", CONTAINER + " BUSY " + NOW.getEpochSecond() + " 0 0", MediaListing.LISTED, "1,2"),
                null,
                NOW.plus(Duration.ofHours(23)));
    }

    static MediaPart video(Map<String, String> options) {
        return new MediaPart(MediaPart.Role.ITEM, MediaPart.Type.VIDEO, "video/mp4", 10, options);
    }

    static MediaPart image(Map<String, String> options) {
        return new MediaPart(MediaPart.Role.ITEM, MediaPart.Type.IMAGE, "image/jpeg", 10, options);
    }

    static MediaPart cover() {
        return new MediaPart(MediaPart.Role.COVER, MediaPart.Type.IMAGE, "image/jpeg", 10, Map.of());
    }

    static PublishContent reel(String caption, Map<String, String> options) {
        return new PublishContent(PublishContent.Kind.VIDEO, caption, List.of(video(Map.of())), options);
    }

    static PublishContent image(String caption, Map<String, String> options) {
        return new PublishContent(PublishContent.Kind.IMAGE, caption, List.of(image(Map.of())), options);
    }

    static PublishContent story(MediaPart item) {
        return new PublishContent(
                item.type() == MediaPart.Type.VIDEO ? PublishContent.Kind.VIDEO : PublishContent.Kind.IMAGE,
                "",
                List.of(item),
                InstagramStoryOptions.builder().build().toMap());
    }

    static PublishContent carousel(Map<String, String> options, MediaPart... items) {
        return new PublishContent(PublishContent.Kind.CAROUSEL, "Hello #x", List.of(items), options);
    }

    static PublishAttempt attempt(PublishContent content, @Nullable Handle handle, @Nullable Instant committedAt) {
        return attempt(content, handle, committedAt, NOW);
    }

    /** An attempt whose files can all be pulled, from {@code /x/0}, {@code /x/1} and so on. */
    static PublishAttempt attempt(
            PublishContent content, @Nullable Handle handle, @Nullable Instant committedAt, Instant now) {
        List<PublishAttempt.Media> media = new ArrayList<>();
        for (int i = 0; i < content.parts().size(); i++) {
            media.add(new PublishAttempt.Media(
                    content.parts().get(i),
                    new Bytes(new byte[10]),
                    URI.create("https://media.example/x/" + i + "?sig=s%2Bt")));
        }
        return new PublishAttempt(
                "attempt-1",
                Secret.of(TOKEN),
                ACCOUNT,
                content,
                media,
                handle,
                now,
                committedAt,
                bytes -> {},
                Duration.ofDays(1));
    }

    static PublishAttempt committed() {
        return attempt(reel("Hello #x", Map.of()), handle(), COMMITTED);
    }

    static Map<String, String> query(URI uri) {
        Map<String, String> query = new HashMap<>();
        for (String pair : uri.getRawQuery().split("&", -1)) {
            String[] parts = pair.split("=", 2);
            query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    static Map<String, String> form(HttpCall call) {
        return ((HttpBody.Form) call.body()).fields();
    }

    /** A file in memory. */
    static final class Bytes implements MediaSource {
        private final byte[] bytes;

        Bytes(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public InputStream open(long offset) {
            return new ByteArrayInputStream(bytes, (int) offset, bytes.length - (int) offset);
        }
    }
}
