package io.linkspan.testkit.instagram;

import io.linkspan.testkit.instagram.Container.Media;
import io.linkspan.testkit.internal.Digests;
import io.linkspan.testkit.internal.MediaFetcher;
import io.linkspan.testkit.internal.MediaLook;
import io.linkspan.testkit.sim.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All containers and posts. */
final class Containers {

    private static final Duration DAY = Duration.ofHours(24);
    private static final MediaFetcher.Fetched NOTHING =
            new MediaFetcher.Fetched(MediaFetcher.Outcome.OK, 0, "", MediaLook.UNKNOWN);

    private final InstagramWorld world;
    private final Map<String, Container> containers = new LinkedHashMap<>();
    private final Map<String, Media> media = new LinkedHashMap<>();
    private final Deque<Integer> failures = new ArrayDeque<>();
    private final Deque<Integer> itemFailures = new ArrayDeque<>();
    private int stickNext;
    private int matchNext;

    Containers(InstagramWorld world) {
        this.world = world;
    }

    /** What status says. */
    enum Status {
        IN_PROGRESS,
        FINISHED,
        PUBLISHED,
        ERROR,
        EXPIRED
    }

    synchronized Container open(
            InstagramAccount account,
            String kind,
            String caption,
            boolean item,
            Map<String, String> details,
            List<Container> children,
            @Nullable CompletableFuture<MediaFetcher.Fetched> fetch) {
        String id = Long.toString(17_889_455_560_000_000L + world.ids.next());
        Container container =
                new Container(id, account, kind, caption, item, details, children, world.clock.instant(), fetch);
        container.pollsLeft = world.rules.processingPolls;
        container.gapReadsLeft = world.rules.containerGapReads;
        if (stickNext > 0) {
            stickNext--;
            container.stuck = true;
        }
        if (matchNext > 0) {
            matchNext--;
            container.copyrightMatch = true;
        }
        Integer failure = item ? itemFailures.poll() : failures.poll();
        container.errorSubcode = failure == null ? 0 : failure;
        containers.put(id, container);
        return container;
    }

    synchronized @Nullable Container find(String id) {
        return containers.get(id);
    }

    synchronized @Nullable Media findMedia(String id) {
        return media.get(id);
    }

    synchronized void failNext(int subcode) {
        failures.add(subcode);
    }

    synchronized void failNextItem(int subcode) {
        itemFailures.add(subcode);
    }

    synchronized void stickNext() {
        stickNext++;
    }

    synchronized void matchNext() {
        matchNext++;
    }

    synchronized void release() {
        containers.values().forEach(container -> container.stuck = false);
    }

    /** Counts a read against the read-after-write gap. */
    synchronized boolean inGap(Container container) {
        if (container.gapReadsLeft > 0) {
            container.gapReadsLeft--;
            return true;
        }
        return world.clock.instant().isBefore(container.created.plus(world.rules.containerGap));
    }

    synchronized long createdToday(InstagramAccount account) {
        Instant since = world.clock.instant().minus(DAY);
        return containers.values().stream()
                .filter(container -> container.account == account && container.created.isAfter(since))
                .count();
    }

    /** Posts of the last day, as counted so much later. */
    synchronized int usage(InstagramAccount account, Duration lag) {
        Instant now = world.clock.instant();
        long own = media.values().stream()
                .filter(post -> post.container().account == account
                        && post.at().isAfter(now.minus(DAY))
                        && !post.at().plus(lag).isAfter(now))
                .count();
        return (int) own + account.quotaUsed();
    }

    /** What a container is; a read moves it on. */
    Status status(Container container, boolean read) {
        MediaFetcher.Fetched fetched = fetched(container);
        synchronized (this) {
            Instant now = world.clock.instant();
            if (!container.published.isEmpty() && !container.undead) {
                Instant shown = container.published.get(0).at().plus(world.rules.publishedLag);
                return read && now.isBefore(shown) ? Status.FINISHED : Status.PUBLISHED;
            }
            if (!now.isBefore(container.created.plus(world.rules.containerLife))) {
                return Status.EXPIRED;
            }
            boolean bytesMissing = container.upload != null && container.fetch == null;
            if (fetched == null || container.stuck || bytesMissing || inProgress(container, now, read)) {
                return Status.IN_PROGRESS;
            }
            if (container.errorSubcode == 0) {
                container.errorSubcode = MediaIntake.verdict(container.kind, fetched);
            }
            return container.errorSubcode == 0 ? Status.FINISHED : Status.ERROR;
        }
    }

    private boolean inProgress(Container container, Instant now, boolean read) {
        if (!world.rules.processingTime.isZero()) {
            return now.isBefore(container.created.plus(world.rules.processingTime));
        }
        boolean waiting = container.pollsLeft > 0;
        if (waiting && read) {
            container.pollsLeft--;
        }
        return waiting;
    }

    /** What was fetched; gives a running fetch a moment, so that reads are repeatable. Null while it runs. */
    private static MediaFetcher.@Nullable Fetched fetched(Container container) {
        CompletableFuture<MediaFetcher.Fetched> fetch = container.fetch;
        if (fetch == null) {
            return NOTHING;
        }
        try {
            return fetch.get(10, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return null;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /** The media of a container; of a carousel the bytes of all children and the digest of their digests. */
    static MediaFetcher.Fetched received(Container container) {
        if (container.children.isEmpty()) {
            MediaFetcher.Fetched fetched = fetched(container);
            return fetched == null ? NOTHING : fetched;
        }
        List<MediaFetcher.Fetched> parts =
                container.children.stream().map(Containers::received).toList();
        return new MediaFetcher.Fetched(
                MediaFetcher.Outcome.OK,
                parts.stream().mapToLong(MediaFetcher.Fetched::bytes).sum(),
                Digests.hex(parts.stream().map(MediaFetcher.Fetched::sha256).collect(Collectors.joining())),
                MediaLook.UNKNOWN);
    }

    synchronized Media publish(Container container) {
        String id = Long.toString(17_920_238_422_000_000L + world.ids.next());
        Media post = new Media(id, container, "C" + world.ids.text(10), world.clock.instant());
        container.published.add(post);
        media.put(id, post);
        MediaFetcher.Fetched received = received(container);
        world.ledger.post(new Ledger.Post(
                container.account.handle(),
                id,
                container.id,
                post.at(),
                container.kind.startsWith("STORY") ? "STORIES" : container.kind,
                container.caption,
                received.bytes(),
                received.sha256(),
                container.details));
        return post;
    }

    /** Visible posts, newest first. */
    synchronized List<Media> list(InstagramAccount account, boolean stories) {
        Instant now = world.clock.instant();
        List<Media> visible = new ArrayList<>(media.values().stream()
                .filter(post -> post.container().account == account
                        && post.productType().equals("STORY") == stories
                        && (!stories || post.at().isAfter(now.minus(DAY)))
                        && !post.at().plus(world.rules.listLag).isAfter(now))
                .toList());
        Collections.reverse(visible);
        return visible;
    }
}
