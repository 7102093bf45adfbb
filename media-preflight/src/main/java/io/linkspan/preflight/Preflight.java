package io.linkspan.preflight;

import io.linkspan.preflight.internal.read.MediaReader;
import io.linkspan.preflight.internal.rule.RuleEngine;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says before publishing whether TikTok and Instagram will take a video or an image, and why not.
 *
 * <pre>{@code
 * PreflightReport report = Preflight.check(video);
 * if (report.verdict(Destination.TIKTOK_VIDEO) == Verdict.BLOCKED) {
 *     System.out.println(report.toText());
 * }
 * }</pre>
 *
 * <p>Only headers and indexes are read, within a {@link ReadBudget}. Whatever is wrong with the content, from an empty
 * file to one made to do harm, becomes findings of a report. An exception says that the bytes could not be had at all.
 * All methods are safe for use by several threads.
 */
public final class Preflight {
    private static final String NAMELESS = "media";
    private static final Set<Destination> POSTS =
            Collections.unmodifiableSet(EnumSet.of(Destination.TIKTOK_PHOTO, Destination.INSTAGRAM_CAROUSEL));

    private Preflight() {}

    /**
     * Checks a file for every destination that takes such media.
     *
     * @param media the file
     * @return the report
     * @throws UnreadableMediaException if there is no such file, it may not be read, reading fails, or the thread is
     *     interrupted
     */
    public static PreflightReport check(Path media) {
        return check(media, PreflightOptions.defaults());
    }

    /**
     * Checks a file.
     *
     * @param media the file
     * @param options what to check for, and what is known besides the file
     * @return the report
     * @throws UnreadableMediaException if there is no such file, it may not be read, reading fails, or the thread is
     *     interrupted
     */
    public static PreflightReport check(Path media, PreflightOptions options) {
        Objects.requireNonNull(media, "media");
        Objects.requireNonNull(options, "options");
        MediaFacts facts = MediaReader.read(media, options.budget(), System::nanoTime);
        Path fileName = media.getFileName();
        return report(facts, options, fileName == null ? NAMELESS : fileName.toString(), media);
    }

    /**
     * Checks the bytes of a channel, from position 0 on, for every destination that takes such media. Its position is changed; it is
     * not closed, unless the thread is interrupted and the channel closes itself.
     *
     * @param media the bytes
     * @return the report
     * @throws UnreadableMediaException if reading fails or the thread is interrupted
     */
    public static PreflightReport check(SeekableByteChannel media) {
        return check(media, PreflightOptions.defaults());
    }

    /**
     * Checks the bytes of a channel. Its position is changed; it is not closed, unless the thread is interrupted and the
     * channel closes itself.
     *
     * @param media the bytes, from position 0 on
     * @param options what to check for, and what is known besides the bytes
     * @return the report
     * @throws UnreadableMediaException if reading fails or the thread is interrupted
     */
    public static PreflightReport check(SeekableByteChannel media, PreflightOptions options) {
        Objects.requireNonNull(media, "media");
        Objects.requireNonNull(options, "options");
        return report(MediaReader.read(media, options.budget(), System::nanoTime), options, NAMELESS, null);
    }

    /**
     * Checks bytes that are read in ranges, such as an object in a store, for every destination that takes such media.
     *
     * @param media the bytes
     * @return the report
     * @throws UnreadableMediaException if reading fails or the thread is interrupted
     */
    public static PreflightReport check(RangedReader media) {
        return check(media, PreflightOptions.defaults());
    }

    /**
     * Checks bytes that are read in ranges, such as an object in a store.
     *
     * @param media the bytes
     * @param options what to check for, and what is known besides the bytes
     * @return the report
     * @throws UnreadableMediaException if reading fails or the thread is interrupted
     */
    public static PreflightReport check(RangedReader media, PreflightOptions options) {
        Objects.requireNonNull(media, "media");
        Objects.requireNonNull(options, "options");
        return report(MediaReader.read(media, options.budget(), System::nanoTime), options, NAMELESS, null);
    }

    /**
     * Judges facts from elsewhere for every destination that takes such media.
     *
     * @param facts what is known about the media
     * @return the report
     */
    public static PreflightReport check(MediaFacts facts) {
        return check(facts, PreflightOptions.defaults());
    }

    /**
     * Judges facts from elsewhere.
     *
     * @param facts what is known about the media
     * @param options what to check for, and what is known besides the facts
     * @return the report
     */
    public static PreflightReport check(MediaFacts facts, PreflightOptions options) {
        Objects.requireNonNull(facts, "facts");
        Objects.requireNonNull(options, "options");
        return report(facts, options, NAMELESS, null);
    }

    /**
     * Judges items that are published together as one post, such as the images of a carousel: their number, their kinds
     * and whether they fit each other, and the text that is posted with them. Check each item first, without the text, which
     * would be judged again with each.
     *
     * @param items the reports of all items, in the order of the post; at least one
     * @param options what is known besides; destinations default to all posts of several items
     * @return the report
     * @throws IllegalArgumentException if there is no item, or a destination takes no post of several items or is not in
     *     every item's report
     */
    public static PostReport checkPost(List<PreflightReport> items, PreflightOptions options) {
        if (items.isEmpty()) {
            throw new IllegalArgumentException("items must not be empty");
        }
        Set<Destination> destinations = EnumSet.copyOf(POSTS);
        if (!options.destinations().isEmpty()) {
            destinations = EnumSet.copyOf(options.destinations());
            if (!POSTS.containsAll(destinations)) {
                throw new IllegalArgumentException(
                        "posts of several items go to " + POSTS + ", not to " + destinations);
            }
        }
        for (PreflightReport item : items) {
            if (options.destinations().isEmpty()) {
                destinations.retainAll(item.destinations());
            } else if (!item.destinations().containsAll(destinations)) {
                throw new IllegalArgumentException(
                        "the report of " + item.name() + " is about " + item.destinations() + ", not " + destinations);
            }
        }
        if (destinations.isEmpty()) {
            throw new IllegalArgumentException("the reports have no destination of a post in common");
        }
        PreflightOptions together = options.toBuilder()
                .destinations(destinations)
                .postItems(items.stream().map(PreflightReport::facts).toList())
                .build();
        RuleEngine engine = options.rules().engine();
        return new PostReport(items, engine.judgePost(together), destinations, engine.versions(together), together);
    }

    /**
     * What several destinations allow together, for an encoder that makes one file for all of them.
     *
     * @param kind the kind of media
     * @param options destinations, default all that take the kind; context; rules
     * @return the limits past which a destination is expected to refuse the media
     */
    public static Limits limits(MediaKind kind, PreflightOptions options) {
        return Limits.of(Objects.requireNonNull(kind, "kind"), options, Severity.ERROR);
    }

    private static PreflightReport report(
            MediaFacts facts, PreflightOptions options, String fileName, @Nullable Path path) {
        RuleEngine engine = options.rules().engine();
        Set<Destination> destinations = RuleEngine.destinations(facts, options);
        String name = options.name().orElse(fileName);
        String argument = path != null && options.pathInCommands() ? path.toString() : name;
        boolean named = path != null || options.name().isPresent();
        return new PreflightReport(
                name,
                argument,
                facts,
                destinations,
                engine.judge(facts, options, named ? argument : null),
                options,
                engine.versions(options));
    }
}
