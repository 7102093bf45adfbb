package io.linkspan.testkit.tiktok;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.spi.HttpResult;
import io.linkspan.testkit.internal.Direct;
import io.linkspan.testkit.internal.Pictures;
import io.linkspan.testkit.sim.Ledger;
import io.linkspan.testkit.sim.MediaWeb;
import java.net.URI;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TikTokPhotoTest {

    private static final String INFO = "{\"title\":\"Demo\",\"description\":\"text\",\"privacy_level\":\"SELF_ONLY\","
            + "\"disable_comment\":true,\"auto_add_music\":true}";
    private final TikTokDesk desk = new TikTokDesk();
    private final String one = desk.file("1.jpg", Pictures.jpeg(1080, 1920));
    private final String two = desk.file("2.webp", Pictures.webp(1080, 1080));

    private String outcome(HttpResult init) {
        assertEquals("ok", Direct.code(init));
        return desk.settled(desk.id(init));
    }

    @Test
    void directPost_isPulledAndLive_withEveryField() {
        HttpResult init = desk.photos("DIRECT_POST", INFO, 1, one, two);
        assertTrue(desk.id(init).startsWith("p_pub_url~v2"), desk.id(init));
        assertTrue(Direct.document(init).path("data").path("upload_url").isMissingNode());
        assertEquals("PUBLISH_COMPLETE", outcome(init));
        Ledger.Post post = desk.sim.ledger().posts().get(0);
        assertEquals("PHOTO", post.kind());
        assertEquals("Demo", post.text());
        assertEquals(128, post.bytes());
        assertEquals("text", post.details().get("description"));
        assertEquals("2", post.details().get("photo_images"));
        assertEquals("1", post.details().get("photo_cover_index"));
        assertEquals("true", post.details().get("auto_add_music"));
        assertEquals("true", post.details().get("disable_comment"));
    }

    @Test
    void labelOfAi_standsAtTheTop() {
        String body = "{\"media_type\":\"PHOTO\",\"post_mode\":\"DIRECT_POST\",\"is_aigc\":true,\"post_info\":" + INFO
                + ",\"source_info\":{\"source\":\"PULL_FROM_URL\",\"photo_cover_index\":0,\"photo_images\":[\"" + one
                + "\"]}}";
        assertEquals("PUBLISH_COMPLETE", outcome(desk.direct.json("/v2/post/publish/content/init/", body)));
        assertEquals("true", desk.sim.ledger().posts().get(0).details().get("is_aigc"));
        String inside = INFO.replace("}", ",\"is_aigc\":true}");
        assertEquals("invalid_params", Direct.code(desk.photos("DIRECT_POST", inside, 0, one)));
    }

    @Test
    void mediaUpload_isADraft_andNeedsItsScopeAndANewApp() {
        HttpResult init = desk.photos("MEDIA_UPLOAD", "{\"title\":\"Demo\",\"description\":\"text\"}", 0, one);
        assertTrue(desk.id(init).startsWith("p_inbox_url~v2."), desk.id(init));
        assertEquals("SEND_TO_USER_INBOX", outcome(init));
        assertEquals(0, desk.sim.ledger().posts().size());
        assertEquals("text", desk.sim.ledger().drafts().get(0).details().get("description"));
        desk.account.oldApp(true);
        assertEquals("app_version_check_failed", Direct.code(desk.photos("MEDIA_UPLOAD", "{}", 0, one)));
        assertEquals("ok", Direct.code(desk.photos("DIRECT_POST", INFO, 0, one)));
        desk.sim.withdrawScope(desk.account, "video.upload");
        assertEquals("scope_not_authorized", Direct.code(desk.photos("MEDIA_UPLOAD", "{}", 0, one)));
    }

    @ParameterizedTest
    @CsvSource({"title,90", "description,4000"})
    void texts_countUtf16Units(String field, int limit) {
        String base = "{\"privacy_level\":\"SELF_ONLY\",\"" + field + "\":\"";
        String most = "😀".repeat(limit / 2);
        assertEquals("ok", Direct.code(desk.photos("DIRECT_POST", base + most + "\"}", 0, one)));
        assertEquals("invalid_params", Direct.code(desk.photos("DIRECT_POST", base + most + "x\"}", 0, one)));
    }

    @Test
    void images_are1To35_andTheCoverIsOneOfThem() {
        assertEquals(
                "ok",
                Direct.code(desk.photos(
                        "DIRECT_POST", INFO, 34, Collections.nCopies(35, one).toArray(String[]::new))));
        assertEquals(
                "invalid_params",
                Direct.code(desk.photos(
                        "DIRECT_POST", INFO, 0, Collections.nCopies(36, one).toArray(String[]::new))));
        String none = "{\"media_type\":\"PHOTO\",\"post_mode\":\"DIRECT_POST\",\"post_info\":" + INFO
                + ",\"source_info\":{\"source\":\"PULL_FROM_URL\",\"photo_cover_index\":0,\"photo_images\":[]}}";
        assertEquals("invalid_params", Direct.code(desk.direct.json("/v2/post/publish/content/init/", none)));
        assertEquals("invalid_params", Direct.code(desk.photos("DIRECT_POST", INFO, 2, one, two)));
        desk.sim.rules().coverIndexChecked(false);
        assertEquals("ok", Direct.code(desk.photos("DIRECT_POST", INFO, 2, one, two)));
    }

    @Test
    void videoFields_andOtherSources_areRefused() {
        String duet = "{\"privacy_level\":\"SELF_ONLY\",\"disable_duet\":true}";
        assertEquals("invalid_params", Direct.code(desk.photos("DIRECT_POST", duet, 0, one)));
        assertEquals("invalid_params", Direct.code(desk.photos("SOMETHING", INFO, 0, one)));
        String upload = "{\"media_type\":\"PHOTO\",\"post_mode\":\"DIRECT_POST\",\"post_info\":" + INFO
                + ",\"source_info\":{\"source\":\"FILE_UPLOAD\",\"photo_cover_index\":0}}";
        HttpResult refused = desk.direct.json("/v2/post/publish/content/init/", upload);
        assertEquals(
                "The request source info is empty or incorrect",
                Direct.document(refused).path("error").path("message").asString());
        assertEquals("invalid_params", Direct.code(desk.photos("DIRECT_POST", "{\"title\":\"x\"}", 0, one)));
    }

    @Test
    void ownership_coversTheDomainAndWhatIsBelow_overHttpsOnly() {
        assertEquals("url_ownership_unverified", code("https://example/1.jpg"));
        assertEquals("url_ownership_unverified", code("https://other-media.example/1.jpg"));
        assertEquals("url_ownership_unverified", code("http://media.example/1.jpg"));
        assertEquals("ok", code("https://cdn.media.example/1.jpg?sig=1"));
    }

    private String code(String url) {
        return Direct.code(desk.photos("DIRECT_POST", INFO, 0, url));
    }

    @Test
    void badPhotos_failLate_eachWithItsReason() {
        assertEquals("file_format_check_failed", late(Pictures.png(100, 100)));
        assertEquals("picture_size_check_failed", late(Pictures.jpeg(1254, 1254)));
        assertEquals("picture_size_check_failed", late(java.util.Arrays.copyOf(Pictures.jpeg(9, 9), (20 << 20) + 1)));
        assertEquals(
                "file_format_check_failed",
                late("<html>login</html>".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        desk.web.put(URI.create(two), MediaWeb.Page.status(302));
        assertEquals("photo_pull_failed", outcome(desk.photos("DIRECT_POST", INFO, 0, one, two)));
        assertEquals(0, desk.sim.ledger().posts().size());
    }

    private String late(byte[] bad) {
        return outcome(desk.photos("DIRECT_POST", INFO, 0, one, desk.file("bad", bad)));
    }
}
