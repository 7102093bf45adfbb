package io.linkspan.testkit.instagram;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.linkspan.spi.HttpResult;
import io.linkspan.testkit.internal.Direct;
import io.linkspan.testkit.internal.Pictures;
import io.linkspan.testkit.sim.Ledger;
import io.linkspan.testkit.sim.MediaWeb;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class InstagramKindsTest {

    private final InstagramDesk desk = new InstagramDesk();

    private String child(boolean video) {
        return video
                ? desk.created(
                        desk.plain, "media_type", "VIDEO", "video_url", InstagramDesk.VIDEO, "is_carousel_item", "true")
                : desk.created(
                        desk.plain, "image_url", InstagramDesk.IMAGE, "is_carousel_item", "true", "alt_text", "a cup");
    }

    private HttpResult carousel(int items) {
        return desk.create(
                desk.plain,
                "media_type",
                "CAROUSEL",
                "children",
                String.join(",", Collections.nCopies(items, child(false))));
    }

    @Test
    void carousel_mixesImagesAndVideos_inOrder() {
        String video = child(true);
        String image = child(false);
        desk.posted(
                desk.plain,
                "media_type",
                "CAROUSEL",
                "caption",
                "both",
                "children",
                "[\"" + video + "\",\"" + image + "\"]");
        Ledger.Post post = desk.sim.ledger().posts().get(0);
        assertEquals("CAROUSEL", post.kind());
        assertEquals(564, post.bytes());
        assertEquals(video + "," + image, post.details().get("children"));
        assertEquals("VIDEO", post.details().get("child.0.kind"));
        assertEquals("a cup", post.details().get("child.1.alt_text"));
        assertEquals(1, desk.sim.ledger().posts().size());
    }

    @Test
    void carousel_has2To10FinishedItemsOfTheAccount() {
        assertEquals("100/2207028", Direct.graph(carousel(1)));
        assertEquals(200, Direct.answer(carousel(10)).status());
        assertEquals("100/2207028", Direct.graph(carousel(11)));
        desk.sim.rules().processingPolls(1);
        assertEquals("9007/2207027", Direct.graph(carousel(2)));
        desk.sim.rules().processingPolls(0);
        String post = desk.created(desk.plain, "image_url", InstagramDesk.IMAGE);
        assertEquals(
                "24/2207008",
                Direct.graph(desk.create(desk.plain, "media_type", "CAROUSEL", "children", post + "," + post)));
        assertEquals(
                "100/-",
                Direct.graph(desk.create(
                        desk.plain,
                        "media_type",
                        "REELS",
                        "video_url",
                        InstagramDesk.VIDEO,
                        "is_carousel_item",
                        "true")));
    }

    @Test
    void failedChild_leavesTheOthersUsable() {
        desk.sim.failNextItem(2207052);
        String bad = child(false);
        String good = child(false);
        assertEquals("ERROR", desk.status(bad));
        assertEquals("FINISHED", desk.status(good));
        desk.clock.advance(Duration.ofHours(23));
        assertEquals("FINISHED", desk.status(good));
        desk.clock.advance(Duration.ofHours(1));
        assertEquals("EXPIRED", desk.status(good));
    }

    @Test
    void stories_areImagesOrVideos() {
        assertEquals(
                "IMAGE",
                desk.posted(desk.plain, "media_type", "STORIES", "image_url", InstagramDesk.IMAGE)
                        .get("story"));
        assertEquals(
                "VIDEO",
                desk.posted(desk.plain, "media_type", "STORIES", "video_url", InstagramDesk.VIDEO)
                        .get("story"));
        assertEquals("STORIES", desk.sim.ledger().posts().get(0).kind());
        desk.clock.advance(Duration.ofHours(1));
        HttpResult stories = desk.plain.get("/v26.0/me/stories?fields=media_type,media_product_type");
        assertEquals(2, Direct.document(stories).path("data").size());
        desk.clock.advance(Duration.ofHours(23));
        assertEquals(
                0,
                Direct.document(desk.plain.get("/v26.0/me/stories"))
                        .path("data")
                        .size());
    }

    private String image(byte[] content) {
        desk.web.put(URI.create(InstagramDesk.IMAGE), MediaWeb.Page.of(content));
        HttpResult result = desk.create(desk.plain, "image_url", InstagramDesk.IMAGE);
        return Direct.answer(result).status() == 200 ? "ok" : Direct.graph(result);
    }

    @Test
    void badImages_areRefusedAtOnce() {
        assertEquals("36001/2207005", image(Pictures.png(1080, 1080)));
        assertEquals("36001/2207005", image(Pictures.webp(1080, 1080)));
        assertEquals("36000/2207004", image(Arrays.copyOf(Pictures.jpeg(9, 9), (8 << 20) + 1)));
        assertEquals("36003/2207009", image(Pictures.jpeg(799, 1000)));
        assertEquals("ok", image(Pictures.jpeg(800, 1000)));
        assertEquals("ok", image(Pictures.jpeg(1910, 1000)));
        assertEquals("36003/2207009", image(Pictures.jpeg(1911, 1000)));
        assertEquals("9004/2207052", image("<html>".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        desk.sim.rules().otherImagesPass(true);
        assertEquals("ok", image(Pictures.png(1080, 1080)));
    }

    @Test
    void storyImages_haveNoHardRatio_andCoversAreCheckedToo() {
        desk.web.put(URI.create(InstagramDesk.IMAGE), MediaWeb.Page.of(Pictures.jpeg(900, 1600)));
        desk.posted(desk.plain, "media_type", "STORIES", "image_url", InstagramDesk.IMAGE);
        desk.web.put(URI.create(InstagramDesk.IMAGE), MediaWeb.Page.of(Pictures.png(900, 1600)));
        assertEquals(
                "36001/2207005",
                Direct.graph(desk.create(
                        desk.plain,
                        "media_type",
                        "REELS",
                        "video_url",
                        InstagramDesk.VIDEO,
                        "cover_url",
                        InstagramDesk.IMAGE)));
    }

    @Test
    void badVideos_failLater() {
        desk.web.put(URI.create(InstagramDesk.VIDEO), MediaWeb.Page.of(Pictures.png(9, 9)));
        String container = desk.created(desk.plain, "media_type", "REELS", "video_url", InstagramDesk.VIDEO);
        assertEquals("ERROR", desk.status(container));
        assertEquals(
                "Error: Media upload has failed with error code 2207026",
                Direct.document(desk.plain.get("/v26.0/" + container + "?fields=status"))
                        .path("status")
                        .asString());
        assertEquals("-1/2207032", Direct.graph(desk.publish(container)));
    }

    @Test
    void stuckContainer_staysInProgress_untilReleasedOrExpired() {
        desk.sim.stickNextContainer();
        String container = desk.created(desk.plain, "image_url", InstagramDesk.IMAGE);
        desk.clock.advance(Duration.ofHours(23));
        assertEquals("IN_PROGRESS", desk.status(container));
        assertEquals("9007/2207027", Direct.graph(desk.publish(container)));
        desk.sim.releaseContainers();
        assertEquals("FINISHED", desk.status(container));
        desk.sim.stickNextContainer();
        String forEver = desk.created(desk.plain, "image_url", InstagramDesk.IMAGE);
        desk.clock.advance(Duration.ofHours(24));
        assertEquals("EXPIRED", desk.status(forEver));
    }
}
