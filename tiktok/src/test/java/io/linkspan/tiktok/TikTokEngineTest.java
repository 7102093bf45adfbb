package io.linkspan.tiktok;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.linkspan.InMemoryStores;
import io.linkspan.Linkspan;
import io.linkspan.LocalKeys;
import io.linkspan.Owner;
import io.linkspan.connection.ConnectOutcome;
import io.linkspan.connection.ConnectRequest;
import io.linkspan.connection.ConnectionId;
import io.linkspan.link.Intent;
import io.linkspan.publish.Post;
import io.linkspan.publish.PostItem;
import io.linkspan.publish.PostRefusedException;
import io.linkspan.publish.Publication;
import io.linkspan.publish.PublishState;
import io.linkspan.spi.MediaSource;
import io.linkspan.spi.PullFence;
import io.linkspan.testkit.SettableClock;
import io.linkspan.testkit.sim.Browser;
import io.linkspan.testkit.sim.Fault;
import io.linkspan.testkit.sim.MediaWeb;
import io.linkspan.testkit.tiktok.TikTokAccount;
import io.linkspan.testkit.tiktok.TikTokOperation;
import io.linkspan.testkit.tiktok.TikTokSimulator;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What posts at its init, driven by the engine: one post, and the truth about it. */
class TikTokEngineTest {
    private static final Owner OWNER = Owner.of("harbour", "mira");
    private static final String BROWSER = "browser-secret-of-mira";
    private static final TikTokPhotoOptions PHOTOS =
            TikTokPhotoOptions.builder(TikTokPrivacyLevel.PUBLIC_TO_EVERYONE).build();

    private final SettableClock clock = SettableClock.at("2026-11-21T10:00:00Z");
    private final Fence fence = new Fence();
    private TikTokSimulator simulator;
    private TikTokAccount person;
    private Linkspan linkspan;

    @TempDir
    Path folder;

    @BeforeEach
    void start() {
        simulator = TikTokSimulator.builder()
                .app(Fixtures.KEY, Fixtures.SECRET, Fixtures.REDIRECT.toString())
                .clock(clock)
                .media(fence)
                .rules(rules -> rules.verifiedDomains("media.example"))
                .start();
        person = simulator.addAccount("demo");
        linkspan = Linkspan.builder()
                .stores(InMemoryStores.create())
                .keys(LocalKeys.fromBase64(Base64.getEncoder().encodeToString(new byte[32])))
                .platform(Fixtures.builder()
                        .audited(true)
                        .endpoints(TikTokEndpoints.allAt(simulator.baseUri()))
                        .build())
                .mediaHost(fence)
                .pullCheck(false)
                .clock(clock)
                .retryBase(Duration.ofMillis(1))
                .build();
    }

    @AfterEach
    void stop() {
        linkspan.close();
        simulator.close();
    }

    @Test
    void photos_arePublishedOnce() {
        Publication settled = settled(submit(photos(PHOTOS), Intent.CROSS_POSTING));
        assertInstanceOf(PublishState.Published.class, state(settled));
        assertEquals(1, simulator.ledger().posts().size());
        assertEquals(1, simulator.ledger().count(TikTokOperation.PHOTO_INIT));
    }

    @Test
    void init_thatNeverArrived_isProvenByTheFenceAndSentAgain() {
        simulator.faults().on(TikTokOperation.PHOTO_INIT).next(Fault.dropBefore());
        Publication settled = settled(submit(photos(PHOTOS), Intent.CROSS_POSTING));
        assertInstanceOf(PublishState.Published.class, state(settled));
        assertEquals(1, simulator.ledger().posts().size());
        assertEquals(2, settled.jobs().get(0).handles());
    }

    @Test
    void init_whoseAnswerIsLost_isNeverSentAgain() {
        simulator.faults().on(TikTokOperation.PHOTO_INIT).next(Fault.dropAfter());
        Publication publication = submit(photos(PHOTOS), Intent.CROSS_POSTING);
        for (int minute = 0; minute < 30; minute++) {
            linkspan.worker().runDue();
            simulator.settle();
            clock.advance(Duration.ofMinutes(1));
        }
        Publication now = find(publication);
        assertInstanceOf(PublishState.AwaitingDecision.class, state(now));
        assertEquals(1, simulator.ledger().posts().size());
        assertEquals(1, simulator.ledger().count(TikTokOperation.PHOTO_INIT));
    }

    @Test
    void draft_endsInTheInboxWithTheInstruction() {
        Publication settled = settled(submit(photos(TikTokPhotoOptions.draft()), Intent.DRAFTS));
        PublishState.Delivered delivered = assertInstanceOf(PublishState.Delivered.class, state(settled));
        assertTrue(delivered.instruction().startsWith("Open the notification in the inbox"));
        assertEquals(1, simulator.ledger().drafts().size());
        assertEquals(0, simulator.ledger().posts().size());
    }

    @Test
    void draft_ofAccountConnectedForPosting_isRefusedWithWhatToDo() {
        PostRefusedException refused = assertThrows(
                PostRefusedException.class, () -> submit(photos(TikTokPhotoOptions.draft()), Intent.CROSS_POSTING));
        assertTrue(refused.getMessage().contains("CROSS_POSTING_AND_DRAFTS"), refused.getMessage());
    }

    @Test
    void photos_ofCreatorAtTheDailyCap_waitAndAreThenPublished() {
        person.postsPerDay(0);
        Publication publication = submit(photos(PHOTOS), Intent.CROSS_POSTING_AND_DRAFTS);
        linkspan.worker().runDue();
        assertTrue(find(publication).explain().toString().contains("spam_risk_too_many_posts"));
        person.postsPerDay(15);
        clock.advance(Duration.ofHours(23));
        linkspan.worker().runDue();
        assertEquals(0, simulator.ledger().posts().size());
        clock.advance(Duration.ofHours(1));
        assertInstanceOf(PublishState.Published.class, state(settled(publication)));
        assertEquals(1, simulator.ledger().posts().size());
    }

    private Publication submit(Post post, Intent intent) {
        ConnectRequest request =
                ConnectRequest.of(OWNER, TikTok.PLATFORM, intent).boundTo(BROWSER);
        String answer = Browser.create()
                .allow(linkspan.connections().connect(request).uri(), Fixtures.REDIRECT.toString())
                .getRawQuery();
        ConnectionId id = assertInstanceOf(
                        ConnectOutcome.Connected.class, linkspan.connections().complete(answer, BROWSER))
                .connection()
                .id();
        return linkspan.publisher().submit(OWNER, "key", post.to(id));
    }

    private Post photos(TikTokPhotoOptions options) {
        return Post.items(PostItem.image(jpeg("one.jpg")), PostItem.image(jpeg("two.jpg")))
                .caption("text #demo")
                .options(TikTok.PLATFORM, options.toMap());
    }

    private Path jpeg(String name) {
        try {
            Path file = folder.resolve(name);
            ImageIO.write(new BufferedImage(720, 1280, BufferedImage.TYPE_INT_RGB), "jpg", file.toFile());
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Publication find(Publication publication) {
        return linkspan.publisher().find(OWNER, publication.id()).orElseThrow();
    }

    private Publication settled(Publication publication) {
        for (int round = 0; round < 100; round++) {
            linkspan.worker().runDue();
            Publication now = find(publication);
            if (now.settled()) {
                return now;
            }
            clock.advance(Duration.ofSeconds(3));
        }
        throw new AssertionError(find(publication).explain());
    }

    private static PublishState state(Publication publication) {
        return publication.jobs().get(0).state();
    }

    /** A media host that counts, and the web as TikTok sees it. */
    private static final class Fence implements PullFence, MediaWeb {
        private final Map<URI, MediaSource> shown = new ConcurrentHashMap<>();
        private final Map<URI, AtomicLong> asked = new ConcurrentHashMap<>();

        @Override
        public URI issue(String attempt, MediaSource media, String contentType) {
            URI address = address(attempt);
            if (!asked.containsKey(address)) {
                asked.put(address, new AtomicLong());
                shown.put(address, media);
            }
            return address;
        }

        private static URI address(String attempt) {
            return URI.create("https://media.example/" + attempt);
        }

        @Override
        public Page get(URI uri) {
            asked.getOrDefault(uri, new AtomicLong()).incrementAndGet();
            MediaSource media = shown.get(uri);
            if (media == null) {
                return Page.status(404);
            }
            try (InputStream in = media.open(0)) {
                return Page.of(in.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Served withdraw(String attempt) {
            shown.remove(address(attempt));
            long requests =
                    asked.getOrDefault(address(attempt), new AtomicLong()).get();
            return new Served(requests, 0, null, null);
        }

        @Override
        public Served fence(String attempt) {
            return withdraw(attempt);
        }
    }
}
