package io.linkspan.publish;

import io.linkspan.Owner;
import io.linkspan.Platform;
import io.linkspan.connection.ConnectionId;
import io.linkspan.link.AccountLink;
import io.linkspan.link.AccountLinkId;
import io.linkspan.spi.PublishContent;
import io.linkspan.spi.Texts;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What to publish, and where. Immutable: each method returns a changed copy.
 *
 * <p>Media stay where they are and are read when they are sent; they must not change until the publication has settled.
 */
public final class Post {
    private static final int MOST_CAPTION = 64 * 1024;
    private static final int MOST_WAIVERS = 100;

    private final PublishContent.Kind kind;
    private final List<PostItem> items;
    private final @Nullable Media cover;
    private final Map<String, Media> covers;
    private final String caption;
    private final CaptionFit captionFit;
    private final Map<String, String> captions;
    private final Map<String, Map<String, String>> options;
    private final List<Target> targets;
    private final @Nullable PostTime time;
    private final @Nullable Instant notBefore;
    private final @Nullable Instant notAfter;
    private final List<Waiver> waivers;

    private Post(Draft draft) {
        this.kind = draft.kind;
        this.items = List.copyOf(draft.items);
        this.cover = draft.cover;
        this.covers = Collections.unmodifiableMap(new TreeMap<>(draft.covers));
        this.caption = draft.caption;
        this.captionFit = draft.captionFit;
        this.captions = Collections.unmodifiableMap(new TreeMap<>(draft.captions));
        this.options = Collections.unmodifiableMap(new TreeMap<>(draft.options));
        this.targets = List.copyOf(draft.targets);
        this.time = draft.time;
        this.notBefore = draft.notBefore;
        this.notAfter = draft.notAfter;
        this.waivers = List.copyOf(draft.waivers);
    }

    /** A copy that can be changed; lives for one change only. */
    private static final class Draft {
        private PublishContent.Kind kind;
        private List<PostItem> items;
        private @Nullable Media cover;
        private Map<String, Media> covers = new LinkedHashMap<>();
        private String caption = "";
        private CaptionFit captionFit = CaptionFit.REFUSE;
        private Map<String, String> captions = new LinkedHashMap<>();
        private Map<String, Map<String, String>> options = new LinkedHashMap<>();
        private List<Target> targets = new ArrayList<>();
        private @Nullable PostTime time;
        private @Nullable Instant notBefore;
        private @Nullable Instant notAfter;
        private List<Waiver> waivers = new ArrayList<>();

        Draft(PublishContent.Kind kind, List<PostItem> items) {
            this.kind = kind;
            this.items = items;
        }
    }

    private Post with(Consumer<Draft> change) {
        Draft draft = new Draft(kind, items);
        draft.cover = cover;
        draft.covers = new LinkedHashMap<>(covers);
        draft.caption = caption;
        draft.captionFit = captionFit;
        draft.captions = new LinkedHashMap<>(captions);
        draft.options = new LinkedHashMap<>(options);
        draft.targets = new ArrayList<>(targets);
        draft.time = time;
        draft.notBefore = notBefore;
        draft.notAfter = notAfter;
        draft.waivers = new ArrayList<>(waivers);
        change.accept(draft);
        return new Post(draft);
    }

    /** Where a post goes. */
    public sealed interface Target {
        /**
         * Both accounts of a link.
         *
         * @param link its id
         */
        record Link(AccountLinkId link) implements Target {}

        /**
         * One connection of the owner who submits.
         *
         * @param connection its id
         */
        record One(ConnectionId connection) implements Target {}

        /**
         * One connection of another owner in the same tenant.
         *
         * @param owner whose
         * @param connection its id
         */
        record Of(Owner owner, ConnectionId connection) implements Target {}
    }

    /**
     * A video.
     *
     * @param file the file
     * @return a post without caption and targets
     */
    public static Post video(Path file) {
        return video(Media.file(file));
    }

    /**
     * A video.
     *
     * @param media where its bytes are
     * @return a post without caption and targets
     */
    public static Post video(Media media) {
        return new Post(new Draft(PublishContent.Kind.VIDEO, List.of(PostItem.video(media))));
    }

    /**
     * One image.
     *
     * @param file the file
     * @return a post without caption and targets
     */
    public static Post image(Path file) {
        return image(Media.file(file));
    }

    /**
     * One image.
     *
     * @param media where its bytes are
     * @return a post without caption and targets
     */
    public static Post image(Media media) {
        return new Post(new Draft(PublishContent.Kind.IMAGE, List.of(PostItem.image(media))));
    }

    /**
     * One item with options of its own, or several that are swiped through. How many a platform takes and whether it mixes
     * videos with images differs; all of them are published, or none.
     *
     * @param items the items in order; at least one
     * @return a post without caption and targets
     */
    public static Post items(PostItem... items) {
        return items(List.of(items));
    }

    /**
     * One item with options of its own, or several that are swiped through.
     *
     * @param items the items in order; at least one
     * @return a post without caption and targets
     */
    public static Post items(List<PostItem> items) {
        if (items.isEmpty()) {
            throw new IllegalArgumentException("a post needs at least one item");
        }
        PublishContent.Kind kind = items.size() > 1
                ? PublishContent.Kind.CAROUSEL
                : switch (items.get(0).type()) {
                    case VIDEO -> PublishContent.Kind.VIDEO;
                    case IMAGE -> PublishContent.Kind.IMAGE;
                };
        return new Post(new Draft(kind, items));
    }

    /**
     * With an image as cover of the video, where the platform takes one. A platform that takes none gets the post without it, and the preview
     * warns.
     *
     * @param image the image
     * @return a copy
     */
    public Post cover(Media image) {
        Entrance.checked(Objects.requireNonNull(image, "image"));
        return with(draft -> draft.cover = image);
    }

    /**
     * With an image as cover for one platform, instead of the general one. A platform that takes none refuses the post.
     *
     * @param platform the platform
     * @param image the image
     * @return a copy
     */
    public Post cover(Platform platform, Media image) {
        Entrance.checked(Objects.requireNonNull(image, "image"));
        return with(draft -> draft.covers.put(platform.name(), image));
    }

    /**
     * With a caption for every target.
     *
     * @param text the caption; at most 65,536 UTF-16 units before it is fitted, line breaks and tabs are taken
     * @return a copy
     */
    public Post caption(String text) {
        Texts.text("caption", text, MOST_CAPTION);
        return with(draft -> draft.caption = text);
    }

    /**
     * With a caption of its own for one platform.
     *
     * @param platform the platform
     * @param text the caption
     * @return a copy
     */
    public Post caption(Platform platform, String text) {
        Texts.text("caption for " + platform, text, MOST_CAPTION);
        return with(draft -> draft.captions.put(platform.name(), text));
    }

    /**
     * With a rule for captions that are too long for a platform.
     *
     * @param rule the rule; default {@link CaptionFit#REFUSE}
     * @return a copy
     */
    public Post captionFit(CaptionFit rule) {
        Objects.requireNonNull(rule, "rule");
        return with(draft -> draft.captionFit = rule);
    }

    /**
     * With options for one platform, replacing those given before.
     *
     * @param platform the platform
     * @param values options by the adapter's names; the adapters bring builders
     * @return a copy
     */
    public Post options(Platform platform, Map<String, String> values) {
        Map<String, String> copy = Entrance.checked(platform.name(), values);
        return with(draft -> draft.options.put(platform.name(), copy));
    }

    /**
     * To both accounts of a link.
     *
     * @param link the link
     * @return a copy
     */
    public Post to(AccountLink link) {
        return to(new Target.Link(link.id()));
    }

    /**
     * To one connection of the owner who submits.
     *
     * @param connection its id
     * @return a copy
     */
    public Post to(ConnectionId connection) {
        return to(new Target.One(Objects.requireNonNull(connection, "connection")));
    }

    /**
     * To one connection of another owner. An owner of another tenant is refused as if there were no such connection.
     *
     * @param owner whose
     * @param connection its id
     * @return a copy
     */
    public Post to(Owner owner, ConnectionId connection) {
        return to(new Target.Of(
                Objects.requireNonNull(owner, "owner"), Objects.requireNonNull(connection, "connection")));
    }

    private Post to(Target target) {
        return with(draft -> draft.targets.add(target));
    }

    /**
     * Not before a moment.
     *
     * @param moment the moment
     * @return a copy
     */
    public Post notBefore(Instant moment) {
        Objects.requireNonNull(moment, "moment");
        return with(draft -> {
            draft.notBefore = moment;
            draft.time = null;
        });
    }

    /**
     * Not before a moment, given as a time in a zone; the zone is kept for people.
     *
     * @param time the time
     * @return a copy
     */
    public Post notBefore(ZonedDateTime time) {
        return notBefore(PostTime.of(time));
    }

    /**
     * Not before a wall-clock time.
     *
     * @param wanted the time, with what is meant when the clocks change
     * @return a copy
     * @throws IllegalArgumentException when the time does not exist or exists twice and that was to be refused
     */
    public Post notBefore(PostTime wanted) {
        Instant moment = wanted.toInstant();
        return with(draft -> {
            draft.notBefore = moment;
            draft.time = wanted;
        });
    }

    /**
     * Never after a moment: a job that could not be sent by then expires instead of posting late.
     *
     * @param moment the moment
     * @return a copy
     */
    public Post notAfter(Instant moment) {
        Objects.requireNonNull(moment, "moment");
        return with(draft -> draft.notAfter = moment);
    }

    /**
     * Accepted in spite of one finding that would block it. What cannot be sent at all is refused all the same.
     *
     * @param finding id of the finding, as the preview names it
     * @param reason who decided it and why; kept with the publication
     * @return a copy
     */
    public Post waive(String finding, String reason) {
        Waiver waiver = new Waiver(
                Texts.name("the finding of a waiver", finding, Texts.MOST_ID),
                Texts.reason("the reason of a waiver", reason, Texts.MOST_REASON));
        if (waivers.size() == MOST_WAIVERS) {
            throw new IllegalArgumentException(
                    "a post must have at most " + MOST_WAIVERS + " waivers; waive each finding once");
        }
        return with(draft -> draft.waivers.add(waiver));
    }

    /**
     * What is published.
     *
     * @return the kind
     */
    public PublishContent.Kind kind() {
        return kind;
    }

    /**
     * The items.
     *
     * @return at least one, in order
     */
    public List<PostItem> items() {
        return items;
    }

    /**
     * The cover image for all platforms without one of their own.
     *
     * @return where its bytes are, if there is one
     */
    public Optional<Media> cover() {
        return Optional.ofNullable(cover);
    }

    /**
     * Covers for single platforms.
     *
     * @return unmodifiable, by name of the platform
     */
    public Map<String, Media> covers() {
        return covers;
    }

    /**
     * The caption a platform gets, before it is fitted.
     *
     * @param platform the platform
     * @return its own caption, or the common one
     */
    public String captionFor(Platform platform) {
        return captions.getOrDefault(platform.name(), caption);
    }

    /**
     * What happens to a caption that is too long.
     *
     * @return the rule
     */
    public CaptionFit captionFit() {
        return captionFit;
    }

    /**
     * The options a platform gets.
     *
     * @param platform the platform
     * @return its options; empty when none were given
     */
    public Map<String, String> optionsFor(Platform platform) {
        return options.getOrDefault(platform.name(), Map.of());
    }

    /**
     * All captions: the common one under an empty name, others by platform name.
     *
     * @return the captions
     */
    public Map<String, String> captions() {
        Map<String, String> all = new TreeMap<>(captions);
        all.put("", caption);
        return Collections.unmodifiableMap(all);
    }

    /**
     * All options by platform name.
     *
     * @return the options
     */
    public Map<String, Map<String, String>> allOptions() {
        return options;
    }

    /**
     * Where it goes.
     *
     * @return the targets in order
     */
    public List<Target> targets() {
        return targets;
    }

    /**
     * Earliest moment.
     *
     * @return the moment, if there is one
     */
    public Optional<Instant> notBefore() {
        return Optional.ofNullable(notBefore);
    }

    /**
     * Earliest moment as a person meant it.
     *
     * @return the wall-clock time, if it was given as one
     */
    public Optional<PostTime> time() {
        return Optional.ofNullable(time);
    }

    /**
     * Latest moment.
     *
     * @return the moment, if there is one
     */
    public Optional<Instant> notAfter() {
        return Optional.ofNullable(notAfter);
    }

    /**
     * Findings that do not stop it.
     *
     * @return the waivers
     */
    public List<Waiver> waivers() {
        return waivers;
    }
}
