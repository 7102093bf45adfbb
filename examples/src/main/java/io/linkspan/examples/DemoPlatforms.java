package io.linkspan.examples;

import io.linkspan.testkit.instagram.InstagramAccount;
import io.linkspan.testkit.instagram.InstagramSimulator;
import io.linkspan.testkit.tiktok.TikTokAccount;
import io.linkspan.testkit.tiktok.TikTokSimulator;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** What is outside the product: both platforms, the web server and the media server, all on the loopback. */
final class DemoPlatforms implements AutoCloseable {
    private final ShiftedClock clock = new ShiftedClock();
    private final CallbackServer web;
    private final MediaServer media;
    private final TikTokSimulator tiktok;
    private final InstagramSimulator instagram;
    private final TikTokAccount tiktokAccount;
    private final InstagramAccount instagramAccount;
    private final DemoHost host;

    DemoPlatforms(QuickstartOptions options, Path folder) {
        media = new MediaServer(folder.resolve("media"), options.port(), clock);
        web = new CallbackServer();
        tiktok = TikTokSimulator.builder()
                .clock(clock)
                .app(
                        Quickstart.TIKTOK_KEY,
                        Quickstart.TIKTOK_SECRET,
                        web.base().resolve("/callback/tiktok").toString())
                .start();
        // a published container reads FINISHED for a while on the real platform too; a demo need not wait that long
        instagram = InstagramSimulator.builder()
                .clock(clock)
                .app(
                        Quickstart.INSTAGRAM_ID,
                        Quickstart.INSTAGRAM_SECRET,
                        web.base().resolve("/callback/instagram").toString())
                .rules(rules -> rules.publishedLag(Duration.ofSeconds(1)).listLag(Duration.ofSeconds(1)))
                .start();
        tiktok.webhookUri(web.base().resolve("/webhook/tiktok"));
        instagram.deauthorizeUri(web.base().resolve("/webhook/instagram"));
        tiktokAccount = tiktok.addAccount("quay.studio").displayName("Quay Studio");
        instagramAccount = instagram.addAccount("quay.studio").displayName("Quay Studio");
        URI tiktokApi = options.tiktokApi() == null ? tiktok.baseUri() : options.tiktokApi();
        host = DemoHost.create(folder, tiktok.baseUri(), tiktokApi, instagram.baseUri(), web.base(), media.base());
    }

    ShiftedClock clock() {
        return clock;
    }

    CallbackServer web() {
        return web;
    }

    TikTokSimulator tiktok() {
        return tiktok;
    }

    InstagramSimulator instagram() {
        return instagram;
    }

    TikTokAccount tiktokAccount() {
        return tiktokAccount;
    }

    InstagramAccount instagramAccount() {
        return instagramAccount;
    }

    DemoHost host() {
        return host;
    }

    @Override
    public void close() {
        instagram.close();
        tiktok.close();
        web.close();
        media.close();
    }
}
