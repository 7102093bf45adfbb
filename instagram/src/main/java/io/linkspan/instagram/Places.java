package io.linkspan.instagram;

import io.linkspan.spi.Handle;
import io.linkspan.spi.PublishContent;
import io.linkspan.spi.Secret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The containers of one attempt, one in each place: the items of a carousel in their order, and last the container that is
 * published. A single post has only the last place. This is kept in the facts of the handle, and it alone tells what comes
 * next.
 */
final class Places {
    private final boolean carousel;
    private final List<Optional<Progress>> all;

    private Places(boolean carousel, List<Optional<Progress>> all) {
        this.carousel = carousel;
        this.all = List.copyOf(all);
    }

    /** What comes next. */
    enum Next {
        /** A container is made in a place. */
        MAKE,
        /** The container in a place has to be brought on. */
        BRING_ON,
        /** Everything is finished. */
        READY
    }

    static Places none(PublishContent content) {
        boolean carousel = content.kind() == PublishContent.Kind.CAROUSEL;
        int places = carousel ? content.items().size() + 1 : 1;
        List<Optional<Progress>> all = new ArrayList<>();
        for (int i = 0; i < places; i++) {
            all.add(Optional.empty());
        }
        return new Places(carousel, all);
    }

    static Places of(PublishContent content, Handle handle, Instant now) {
        Places places = none(content);
        for (int i = 0; i < places.all.size(); i++) {
            Optional<String> kept = handle.fact(places.fact(i));
            if (kept.isPresent()) {
                places = places.with(i, Progress.of(kept.get(), handle.id(), now));
            }
        }
        boolean lost = !places.carousel && places.all.get(0).isEmpty();
        return lost ? places.with(0, Progress.begun(handle.id(), false, now, 0)) : places;
    }

    Places with(int place, Progress progress) {
        List<Optional<Progress>> next = new ArrayList<>(all);
        next.set(place, Optional.of(progress));
        return new Places(carousel, next);
    }

    private String fact(int place) {
        return place == last() ? "container" : String.format(Locale.ROOT, "item.%02d", place + 1);
    }

    int last() {
        return all.size() - 1;
    }

    /** Whether a place holds an item of a carousel. */
    boolean isItem(int place) {
        return carousel && place < last();
    }

    /** Whether a place holds the carousel itself. */
    boolean isCarousel(int place) {
        return carousel && place == last();
    }

    /** The place where something has to be done; the last one when all are finished. */
    int at() {
        for (int i = 0; i < last(); i++) {
            if (unsent(i)) {
                return i; // first all are made and given their bytes, so that Instagram works on them side by side
            }
        }
        for (int i = 0; i < last(); i++) {
            if (!in(i, Progress.Stage.FINISHED)) {
                return i;
            }
        }
        return last();
    }

    private boolean unsent(int place) {
        return all.get(place).isEmpty() || in(place, Progress.Stage.UPLOAD) || in(place, Progress.Stage.REPLACE);
    }

    private boolean in(int place, Progress.Stage stage) {
        return all.get(place).filter(it -> it.stage() == stage).isPresent();
    }

    Next next() {
        int place = at();
        if (all.get(place).isEmpty() || in(place, Progress.Stage.REPLACE)) {
            return Next.MAKE;
        }
        return in(place, Progress.Stage.FINISHED) ? Next.READY : Next.BRING_ON;
    }

    Progress progress(int place) {
        return all.get(place).orElseThrow();
    }

    /** How many containers failed in a place. */
    int tries(int place) {
        return all.get(place).map(Progress::tries).orElse(0);
    }

    /** Ids of the items, in order. */
    List<String> items() {
        return all.subList(0, last()).stream().map(it -> it.orElseThrow().id()).toList();
    }

    /** The handle that keeps this: named by the container that is published, and until it exists by the first there is. */
    Handle handle(@Nullable Handle before, @Nullable Secret upload, Instant usableUntil) {
        Map<String, String> facts = new TreeMap<>(before == null ? Map.of() : before.facts());
        String id = before == null ? null : before.id();
        for (int i = 0; i < all.size(); i++) {
            Optional<Progress> progress = all.get(i);
            if (progress.isPresent()) {
                facts.put(fact(i), progress.get().text());
                id = i == 0 || i == last() ? progress.get().id() : id;
            }
        }
        return new Handle(Objects.requireNonNull(id, "id"), facts, upload, usableUntil);
    }

    /** What is in a place, for people; empty for a single post. */
    String words(int place, PublishContent content) {
        if (!carousel) {
            return "";
        }
        if (place == last()) {
            return "the carousel itself: ";
        }
        String type = content.items().get(place).type().name().toLowerCase(Locale.ROOT);
        return "item " + (place + 1) + " of " + last() + " (" + type + "): ";
    }
}
