package io.linkspan.kills;

import io.linkspan.Linkspan;
import io.linkspan.connection.ConnectionId;
import io.linkspan.event.LinkspanEvent;
import io.linkspan.instagram.Instagram;
import io.linkspan.instagram.InstagramReelOptions;
import io.linkspan.publish.Post;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublicationId;
import io.linkspan.tiktok.TikTok;
import io.linkspan.tiktok.TikTokPrivacyLevel;
import io.linkspan.tiktok.TikTokVideoOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The worker process that is killed. It obeys lines: {@code clock MILLIS}, {@code start}, {@code submit KEY CONNECTION...},
 * {@code settle PUBLICATION...}; it tells in lines what it did.
 */
final class WorkerMain {
    private final Settings settings;
    private final MovedClock clock;
    private final Linkspan linkspan;

    private WorkerMain(Settings settings, MovedClock clock, Linkspan linkspan) {
        this.settings = settings;
        this.clock = clock;
        this.linkspan = linkspan;
    }

    public static void main(String[] arguments) throws IOException {
        Settings settings = Settings.of(arguments);
        MovedClock clock = new MovedClock();
        StoreKind.Opened stores = settings.open();
        Linkspan linkspan = settings.linkspan(stores, clock, WorkerMain::told);
        // what a host does at SIGTERM: end running steps, then close the store
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            say("stopping");
            linkspan.close();
            stores.close();
            say("stopped");
        }));
        WorkerMain worker = new WorkerMain(settings, clock, linkspan);
        say("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            worker.obey(List.of(line.split(" ", -1)));
        }
    }

    private static void say(String line) {
        System.out.println(line);
    }

    private static void told(LinkspanEvent event) {
        if (event instanceof LinkspanEvent.JobMoved moved) {
            say("moved " + moved.job() + " " + moved.platform() + " "
                    + moved.to().phase());
        }
    }

    private void obey(List<String> words) {
        List<String> rest = words.subList(1, words.size());
        switch (words.get(0)) {
            case "clock" -> clock.ahead(Long.parseLong(rest.get(0)));
            case "start" -> {
                linkspan.worker().start();
                say("started");
            }
            case "submit" -> say("accepted " + rest.get(0) + " " + submit(rest).id());
            case "settle" -> say("open " + String.join(" ", settle(rest)));
            default -> throw new IllegalArgumentException("unknown order " + words);
        }
    }

    private Publication submit(List<String> words) {
        Post post = Post.video(settings.video())
                .caption(words.get(0))
                .options(
                        TikTok.PLATFORM,
                        TikTokVideoOptions.builder(TikTokPrivacyLevel.PUBLIC_TO_EVERYONE)
                                .build()
                                .toMap())
                .options(
                        Instagram.PLATFORM,
                        InstagramReelOptions.builder().build().toMap());
        for (String connection : words.subList(1, words.size())) {
            post = post.to(new ConnectionId(connection));
        }
        return linkspan.publisher().submit(Settings.OWNER, words.get(0), post);
    }

    /** Does once what is due; tells how much that was, and which publications still have no verdict. */
    private List<String> settle(List<String> publications) {
        List<String> open = new ArrayList<>();
        open.add(Integer.toString(linkspan.worker().runDue()));
        for (String id : publications) {
            if (!linkspan.publisher()
                    .find(Settings.OWNER, new PublicationId(id))
                    .orElseThrow()
                    .settled()) {
                open.add(id);
            }
        }
        return open;
    }
}
