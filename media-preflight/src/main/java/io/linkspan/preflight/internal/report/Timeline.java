package io.linkspan.preflight.internal.report;

import io.linkspan.preflight.Destination;
import io.linkspan.preflight.EditLists;
import io.linkspan.preflight.Fact;
import io.linkspan.preflight.FactKey;
import io.linkspan.preflight.Gop;
import io.linkspan.preflight.MediaFacts;
import io.linkspan.preflight.MediaKind;
import io.linkspan.preflight.PreflightReport;
import io.linkspan.preflight.internal.rule.Phrases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the picture of a movie shows.
 *
 * @param seconds how long it plays
 * @param lanes the tracks
 * @param layout the parts of the file from its first byte to its last
 * @param limits times that matter to a destination
 */
record Timeline(double seconds, List<Lane> lanes, List<Part> layout, List<Mark> limits) {
    // one audio frame, as the rules allow
    private static final double SLACK = 0.025;

    /**
     * One track.
     *
     * @param start where it starts in the presentation, 0 to 1
     * @param keyFrames places of key frames, 0 to 1; empty if they are not known
     * @param note what to know about its edits or groups of pictures
     */
    record Lane(String kind, String label, double start, List<Double> keyFrames, String note, boolean bad) {}

    /** A part of the file, by its share of the width. */
    record Part(String name, String role, double share) {}

    /** A time limit, either the longest or the shortest that some destinations take. */
    record Mark(double seconds, boolean longest, String label, boolean passed) {}

    /** The narrowest that a part of the file is drawn. */
    private static final double LEAST_SHARE = 0.07;

    static Timeline of(PreflightReport report) {
        MediaFacts facts = report.facts();
        double seconds =
                facts.fact(FactKey.DURATION).known().map(Summary::seconds).orElse(0.0);
        if (facts.kind() != MediaKind.VIDEO) {
            return new Timeline(0, List.of(), List.of(), List.of());
        }
        return new Timeline(seconds, lanes(facts, seconds), layout(facts), marks(report, seconds));
    }

    private static List<Lane> lanes(MediaFacts facts, double seconds) {
        List<Lane> lanes = new ArrayList<>();
        EditLists edits = facts.fact(FactKey.EDIT_LISTS).known().orElse(EditLists.NONE);
        String edited = switch (edits) {
            case NONE -> "no edit list";
            case TRIVIAL -> "harmless edit list";
            case TRIM -> "edit list trims media";
            case OFFSET -> "edit list delays a track";
            case COMPLEX -> "complex edit list";
        };
        facts.fact(FactKey.VIDEO_CODEC).known().ifPresent(codec -> {
            Fact<Gop> gop = facts.fact(FactKey.VIDEO_GOP);
            String groups = gop.known()
                    .map(value -> value.name().toLowerCase(Locale.ROOT) + " groups of pictures")
                    .orElse("groups of pictures not known");
            String label = Phrases.of(codec)
                    + facts.fact(FactKey.VIDEO_DISPLAY_SIZE)
                            .known()
                            .map(size -> " " + size)
                            .orElse("")
                    + facts.fact(FactKey.VIDEO_FPS)
                            .known()
                            .map(fps -> " " + Summary.decimal(fps, 2) + " fps")
                            .orElse("");
            boolean bad = gop.known().filter(Gop.OPEN::equals).isPresent() || edits.compareTo(EditLists.TRIVIAL) > 0;
            lanes.add(new Lane(
                    "video",
                    label,
                    start(facts, FactKey.VIDEO_START),
                    keyFrames(facts),
                    groups + length(facts) + ", " + edited,
                    bad));
        });
        facts.fact(FactKey.AUDIO_CODEC).known().ifPresent(codec -> {
            String label = Phrases.of(codec)
                    + facts.fact(FactKey.AUDIO_SAMPLE_RATE)
                            .known()
                            .map(hertz -> " " + Summary.decimal(hertz / 1000.0, 3) + " kHz")
                            .orElse("")
                    + facts.fact(FactKey.AUDIO_CHANNELS)
                            .known()
                            .map(count -> " " + Summary.channels(count))
                            .orElse("");
            double start = start(facts, FactKey.AUDIO_START);
            String note = start > 0 ? "starts " + Summary.decimal(start * seconds, 3) + " s late" : "";
            lanes.add(new Lane("audio", label, start, List.of(), note, start > 0));
        });
        return lanes;
    }

    private static String length(MediaFacts facts) {
        return facts.fact(FactKey.VIDEO_GOP_LENGTH)
                .known()
                .map(time -> " of up to " + Summary.decimal(Summary.seconds(time), 2) + " s")
                .orElse("");
    }

    /** As a share of what plays. */
    private static double start(MediaFacts facts, FactKey<Duration> key) {
        double seconds =
                facts.fact(FactKey.DURATION).known().map(Summary::seconds).orElse(0.0);
        double start = facts.fact(key).known().map(Summary::seconds).orElse(0.0);
        return seconds > 0 ? Math.min(start / seconds, 1) : 0;
    }

    private static List<Double> keyFrames(MediaFacts facts) {
        double seconds =
                facts.fact(FactKey.DURATION).known().map(Summary::seconds).orElse(0.0)
                        * (1 - start(facts, FactKey.VIDEO_START));
        return seconds <= 0
                ? List.of()
                : facts.fact(FactKey.VIDEO_KEY_FRAMES).known().orElse(List.of()).stream()
                        .map(time -> Summary.seconds(time) / seconds)
                        .filter(place -> place <= 1)
                        .toList();
    }

    /** The index where it lies, and the media around it, each wide enough to be read. */
    private static List<Part> layout(MediaFacts facts) {
        if (facts.fact(FactKey.FRAGMENTED).known().orElse(false)) {
            return List.of(
                    new Part("moov", "index", 0.14),
                    new Part("moof + mdat", "media", 0.28),
                    new Part("moof + mdat", "media", 0.28),
                    new Part("…", "media", 0.3));
        }
        Long at = facts.fact(FactKey.MOOV_OFFSET).known().orElse(null);
        Long size = facts.fact(FactKey.FILE_SIZE).known().orElse(null);
        if (at == null || size == null || size <= 0) {
            return facts.fact(FactKey.MOOV_FIRST)
                    .known()
                    .map(first -> parts(first ? 0 : 1, LEAST_SHARE, !first))
                    .orElse(List.of());
        }
        double length = facts.fact(FactKey.MOOV_SIZE).known().orElse(0L) / (double) size;
        boolean late = !facts.fact(FactKey.MOOV_FIRST).known().orElse(true);
        return parts(at / (double) size, Math.min(1, Math.max(LEAST_SHARE, length)), late);
    }

    private static List<Part> parts(double at, double share, boolean late) {
        double before = Math.min(at, 1 - share);
        double after = 1 - share - before;
        List<Part> parts = new ArrayList<>();
        if (late || before >= LEAST_SHARE) {
            parts.add(new Part("media (mdat)", "media", before));
        }
        parts.add(new Part("moov", late ? "late" : "index", share));
        if (after >= LEAST_SHARE) {
            parts.add(new Part("media (mdat)", "media", after));
        }
        double drawn = parts.stream().mapToDouble(Part::share).sum();
        return parts.stream()
                .map(part -> new Part(part.name(), part.role(), part.share() / drawn))
                .toList();
    }

    private static List<Mark> marks(PreflightReport report, double seconds) {
        Map<Double, Set<String>> least = new TreeMap<>();
        Map<Double, Set<String>> most = new TreeMap<>();
        for (Destination destination : report.destinations()) {
            report.limits(destination).limit(FactKey.DURATION.name()).ifPresent(limit -> {
                limit.min().ifPresent(start -> add(least, start, destination));
                limit.max().ifPresent(end -> add(most, end, destination));
            });
        }
        List<Mark> marks = new ArrayList<>();
        least.forEach((start, places) ->
                marks.add(new Mark(start, false, String.join(", ", places), seconds < start - SLACK)));
        most.forEach((end, places) -> marks.add(new Mark(end, true, String.join(", ", places), seconds > end + SLACK)));
        return marks;
    }

    private static void add(Map<Double, Set<String>> marks, double seconds, Destination destination) {
        marks.computeIfAbsent(seconds, key -> new LinkedHashSet<>()).add(Words.of(destination));
    }
}
