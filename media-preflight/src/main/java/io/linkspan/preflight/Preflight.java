package io.linkspan.preflight;

import io.linkspan.preflight.internal.read.MediaReader;
import io.linkspan.preflight.internal.rule.RuleEngine;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
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
        return report(facts, options, fileName == null ? NAMELESS : fileName.toString(), media.toString());
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

    private static PreflightReport report(
            MediaFacts facts, PreflightOptions options, String name, @Nullable String argument) {
        RuleEngine engine = RuleEngine.builtIn();
        Set<Destination> destinations = RuleEngine.destinations(facts, options);
        return new PreflightReport(
                name, facts, destinations, engine.judge(facts, options, argument), engine.versions());
    }
}
