package io.linkspan.publish;

import io.linkspan.Platform;
import io.linkspan.connection.ConnectionId;
import io.linkspan.link.AccountLink;
import io.linkspan.link.AccountLinkId;
import io.linkspan.spi.PublishContent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What to publish, and where. Immutable: each method returns a changed copy.
 *
 * <p>The file stays where it is and is read when it is sent; it must not change until the publication has settled.
 */
public final class Post {
    private final PublishContent.Kind kind;
    private final Path media;
    private final String caption;
    private final Map<String, String> captions;
    private final Map<String, Map<String, String>> options;
    private final List<Target> targets;
    private final @Nullable Instant notBefore;
    private final @Nullable Instant notAfter;

    private Post(
            PublishContent.Kind kind,
            Path media,
            String caption,
            Map<String, String> captions,
            Map<String, Map<String, String>> options,
            List<Target> targets,
            @Nullable Instant notBefore,
            @Nullable Instant notAfter) {
        this.kind = kind;
        this.media = media;
        this.caption = caption;
        this.captions = Collections.unmodifiableMap(new TreeMap<>(captions));
        this.options = Collections.unmodifiableMap(new TreeMap<>(options));
        this.targets = List.copyOf(targets);
        this.notBefore = notBefore;
        this.notAfter = notAfter;
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
         * One connection.
         *
         * @param connection its id
         */
        record One(ConnectionId connection) implements Target {}
    }

    /**
     * A video.
     *
     * @param file the file
     * @return a post without caption and targets
     */
    public static Post video(Path file) {
        return of(PublishContent.Kind.VIDEO, file);
    }

    /**
     * One image.
     *
     * @param file the file
     * @return a post without caption and targets
     */
    public static Post image(Path file) {
        return of(PublishContent.Kind.IMAGE, file);
    }

    private static Post of(PublishContent.Kind kind, Path file) {
        Path absolute = Objects.requireNonNull(file, "file").toAbsolutePath().normalize();
        return new Post(kind, absolute, "", Map.of(), Map.of(), List.of(), null, null);
    }

    /**
     * With a caption for every target.
     *
     * @param text the caption
     * @return a copy
     */
    public Post caption(String text) {
        Objects.requireNonNull(text, "text");
        return new Post(kind, media, text, captions, options, targets, notBefore, notAfter);
    }

    /**
     * With a caption of its own for one platform.
     *
     * @param platform the platform
     * @param text the caption
     * @return a copy
     */
    public Post caption(Platform platform, String text) {
        Map<String, String> next = new LinkedHashMap<>(captions);
        next.put(platform.name(), Objects.requireNonNull(text, "text"));
        return new Post(kind, media, caption, next, options, targets, notBefore, notAfter);
    }

    /**
     * With options for one platform, replacing those given before.
     *
     * @param platform the platform
     * @param values options by the adapter's names; the adapters bring builders
     * @return a copy
     */
    public Post options(Platform platform, Map<String, String> values) {
        Map<String, Map<String, String>> next = new LinkedHashMap<>(options);
        next.put(platform.name(), Collections.unmodifiableMap(new TreeMap<>(values)));
        return new Post(kind, media, caption, captions, next, targets, notBefore, notAfter);
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
     * To one connection.
     *
     * @param connection its id
     * @return a copy
     */
    public Post to(ConnectionId connection) {
        return to(new Target.One(connection));
    }

    private Post to(Target target) {
        List<Target> next = new ArrayList<>(targets);
        next.add(target);
        return new Post(kind, media, caption, captions, options, next, notBefore, notAfter);
    }

    /**
     * Not before a moment.
     *
     * @param moment the moment
     * @return a copy
     */
    public Post notBefore(Instant moment) {
        return new Post(
                kind, media, caption, captions, options, targets, Objects.requireNonNull(moment, "moment"), notAfter);
    }

    /**
     * Never after a moment: a job that could not be sent by then expires instead of posting late.
     *
     * @param moment the moment
     * @return a copy
     */
    public Post notAfter(Instant moment) {
        return new Post(
                kind, media, caption, captions, options, targets, notBefore, Objects.requireNonNull(moment, "moment"));
    }

    /**
     * Video or image.
     *
     * @return the kind
     */
    public PublishContent.Kind kind() {
        return kind;
    }

    /**
     * The file.
     *
     * @return its absolute path
     */
    public Path media() {
        return media;
    }

    /**
     * The caption a platform gets.
     *
     * @param platform the platform
     * @return its own caption, or the common one
     */
    public String captionFor(Platform platform) {
        return captions.getOrDefault(platform.name(), caption);
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
     * Latest moment.
     *
     * @return the moment, if there is one
     */
    public Optional<Instant> notAfter() {
        return Optional.ofNullable(notAfter);
    }
}
