package io.linkspan.simulation;

import io.linkspan.Platform;
import io.linkspan.simulation.Happening.Where;
import io.linkspan.testkit.sim.CallbackReceiver;
import io.linkspan.webhook.WebhookRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Webhooks on their way to the host: late, twice, out of order, lost, and some that nobody sent. */
final class Mailbox {
    private final World world;
    private int forged;

    Mailbox(World world) {
        this.world = world;
    }

    CallbackReceiver receiver(Platform platform) {
        return letter -> {
            Event event = world.at(Where.LETTER, platform + " " + letter.event());
            long usual = 200L + world.chance(5_000);
            if (event == null) {
                send(platform, letter.headers(), letter.body(), usual);
                return 200;
            }
            switch (event.what()) {
                case WEBHOOK_LOST -> {}
                case WEBHOOK_TWICE -> {
                    send(platform, letter.headers(), letter.body(), usual);
                    send(platform, letter.headers(), letter.body(), event.millis(1, 100, 7_200_000));
                }
                case WEBHOOK_LATE ->
                    send(platform, letter.headers(), letter.body(), event.millis(1, 10_000, 86_400_000));
                default -> throw new IllegalStateException("not at a letter: " + event);
            }
            return 200;
        };
    }

    /** A message that claims something about a post and is not signed by the platform. */
    void forge(Event event, @Nullable String handle) {
        String name = event.draw(1, 2) == 0 ? "post.publish.complete" : "post.publish.failed";
        String body = "{\"client_key\":\"" + Platforms.TIKTOK_KEY + "\",\"event\":\"" + name + "\",\"create_time\":"
                + world.now().getEpochSecond()
                + ",\"user_openid\":\"act.forged\",\"content\":\"{\\\"publish_id\\\":\\\""
                + handle + "\\\",\\\"publish_type\\\":\\\"DIRECT_POST\\\",\\\"reason\\\":\\\"internal\\\"}\"}";
        Map<String, String> headers = new TreeMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("TikTok-Signature", "t=" + world.now().getEpochSecond() + ",s=" + "0123456789abcdef".repeat(4));
        send(Platforms.TIKTOK, headers, body, 0);
        forged++;
    }

    int forged() {
        return forged;
    }

    private void send(Platform platform, Map<String, String> headers, String body, long millis) {
        world.later(millis, () -> deliver(platform, headers, body, 0));
    }

    private void deliver(Platform platform, Map<String, String> headers, String body, int tries) {
        List<Node> free = world.free();
        boolean taken = !free.isEmpty()
                && free.get(world.chance(free.size()))
                        .call(linkspan -> linkspan.webhooks()
                                .receive(platform, WebhookRequest.of(headers, body.getBytes(StandardCharsets.UTF_8))))
                        .isPresent();
        if (!taken && tries < 3) { // platforms try again
            world.later(60_000, () -> deliver(platform, headers, body, tries + 1));
        }
    }
}
