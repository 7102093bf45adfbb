package io.linkspan.testkit.instagram;

import io.linkspan.testkit.instagram.Container.Media;
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
        Integer failure = item ? null : failures.poll();
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
            if (!container.published.isEmpty()) {
                Instant shown = container.published.get(0).at().plus(world.rules.publishedLag);
                return read && now.isBefore(shown) ? Status.FINISHED : Status.PUBLISHED;
            }
            if (!now.isBefore(container.created.plus(world.rules.containerLife))) {
                return Status.EXPIRED;
            }
            if (fetched == null || inProgress(container, now, read)) {
                return Status.IN_PROGRESS;
            }
            if (container.errorSubcode == 0 && fetched.outcome() != MediaFetcher.Outcome.OK) {
                container.errorSubcode = fetched.outcome() == MediaFetcher.Outcome.NO_RANGE ? 2207077 : 2207052;
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
        if (container.fetch == null) {
            return NOTHING;
        }
        try {
            return container.fetch.get(10, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return null;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    synchronized Media publish(Container container) {
        String id = Long.toString(17_920_238_422_000_000L + world.ids.next());
        Media post = new Media(id, container, "C" + world.ids.text(10), world.clock.instant());
        container.published.add(post);
        media.put(id, post);
        MediaFetcher.Fetched fetched = fetched(container);
        world.ledger.post(new Ledger.Post(
                container.account.handle(),
                id,
                container.id,
                post.at(),
                container.kind.startsWith("STORY") ? "STORIES" : container.kind,
                container.caption,
                fetched == null ? 0 : fetched.bytes(),
                fetched == null ? "" : fetched.sha256(),
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
