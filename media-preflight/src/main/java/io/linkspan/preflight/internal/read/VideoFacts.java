package io.linkspan.preflight.internal.read;

import io.linkspan.preflight.FactKey;
import io.linkspan.preflight.MediaFacts;
import io.linkspan.preflight.Size;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns what the main video track's boxes said into facts. */
final class VideoFacts {
    private static final long LARGEST_SIDE = 1 << 17;

    private final Source source;
    private final Movie movie;
    private final Track track;
    private final MediaFacts.Builder facts;

    VideoFacts(Source source, Movie movie, Track track, MediaFacts.Builder facts) {
        this.source = source;
        this.movie = movie;
        this.track = track;
        this.facts = facts;
    }

    void derive(Supplier<Timing> timing) {
        if (track.format.isEmpty()) {
            facts.unknown(FactKey.VIDEO_CODEC, "the video track has no sample description");
        } else if (track.format.equals("encv")) {
            facts.unknown(FactKey.VIDEO_CODEC, "the video is encrypted and does not name its codec");
        } else {
            facts.known(FactKey.VIDEO_CODEC, VideoCodecs.name(track.format));
        }
        picture();
        geometry();
        MovieFacts.attempt(facts, FactKey.VIDEO_FPS, () -> rate(timing.get()));
        MovieFacts.attempt(facts, FactKey.VIDEO_BIT_RATE, () -> bitRate(timing.get()));
        MovieFacts.attempt(facts, FactKey.VIDEO_GOP, this::gop);
    }

    private void picture() {
        Picture picture = track.picture;
        if (picture == null) {
            String reason = track.isAvc() || track.isHevc()
                    ? track.pictureProblem
                    : "not read for " + VideoCodecs.name(track.format);
            List.of(
                            FactKey.VIDEO_PROFILE,
                            FactKey.VIDEO_LEVEL,
                            FactKey.VIDEO_CHROMA,
                            FactKey.VIDEO_BIT_DEPTH,
                            FactKey.VIDEO_SCAN)
                    .forEach(key -> facts.unknown(key, reason));
            return;
        }
        facts.known(FactKey.VIDEO_PROFILE, picture.profile());
        facts.known(FactKey.VIDEO_LEVEL, Math.round(picture.level() * 10) / 10.0);
        facts.known(FactKey.VIDEO_CHROMA, picture.chroma());
        facts.known(FactKey.VIDEO_BIT_DEPTH, picture.bitDepth());
        if (picture.scan() == null) {
            facts.unknown(FactKey.VIDEO_SCAN, "the video does not say whether it is progressive");
        } else {
            facts.known(FactKey.VIDEO_SCAN, picture.scan());
        }
    }

    private void geometry() {
        Picture picture = track.picture;
        long width = picture == null ? track.width : picture.width();
        long height = picture == null ? track.height : picture.height();
        double aspect = track.pixelAspect > 0 ? track.pixelAspect : picture == null ? 1 : picture.pixelAspect();
        double shownWidth = (track.apertureWidth > 0 ? Math.min(track.apertureWidth, width) : width) * aspect;
        double shownHeight = track.apertureHeight > 0 ? Math.min(track.apertureHeight, height) : height;
        Integer rotation = rotation(product(track.matrix, movie.matrix));
        size(FactKey.VIDEO_CODED_SIZE, (double) width, (double) height);
        facts.known(FactKey.VIDEO_PIXEL_ASPECT, aspect);
        if (rotation == null) {
            facts.unknown(FactKey.VIDEO_ROTATION, "the track is turned by an odd angle");
            facts.unknown(FactKey.VIDEO_DISPLAY_SIZE, "the track is turned by an odd angle");
            return;
        }
        facts.known(FactKey.VIDEO_ROTATION, rotation);
        boolean turned = rotation % 180 == 90;
        size(FactKey.VIDEO_DISPLAY_SIZE, turned ? shownHeight : shownWidth, turned ? shownWidth : shownHeight);
    }

    private void size(FactKey<Size> key, double width, double height) {
        long w = Math.round(width);
        long h = Math.round(height);
        if (w < 1 || h < 1 || w > LARGEST_SIDE || h > LARGEST_SIDE) {
            facts.unknown(key, "the video claims an impossible size of " + w + "x" + h);
        } else {
            facts.known(key, new Size((int) w, (int) h));
        }
    }

    private static double[] product(double[] a, double[] b) {
        return new double[] {
            a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3], a[2] * b[0] + a[3] * b[2], a[2] * b[1] + a[3] * b[3]
        };
    }

    /** Clockwise, from the first row; mirroring does not change the size and is left aside. */
    private static @Nullable Integer rotation(double[] m) {
        double along = Math.abs(m[0]) + Math.abs(m[3]);
        double across = Math.abs(m[1]) + Math.abs(m[2]);
        if (along == 0 && across == 0) {
            return 0;
        }
        if (across <= along * 0.01) {
            return m[0] < 0 && m[3] < 0 ? 180 : 0;
        }
        if (along <= across * 0.01) {
            return m[1] > 0 ? 90 : 270;
        }
        return null;
    }

    private void rate(Timing timing) {
        long samples = timing.samples();
        long ticks = timing.ticks();
        long shortest = timing.shortest();
        Fragments.Totals totals = movie.fragments.of(track.id);
        if (movie.fragments.seen && totals != null) {
            samples = Saturating.add(samples, totals.samples);
            ticks = Saturating.add(ticks, totals.duration);
            shortest = totals.shortest == Long.MAX_VALUE ? shortest : totals.shortest;
        }
        if (samples <= 0 || ticks <= 0 || track.timescale <= 0) {
            facts.unknown(FactKey.VIDEO_FPS, "the video track does not say when frames are shown");
            return;
        }
        double average = (double) samples * track.timescale / ticks;
        facts.known(FactKey.VIDEO_FPS, average);
        facts.known(FactKey.VIDEO_FPS_PEAK, shortest > 0 ? (double) track.timescale / shortest : average);
        facts.known(FactKey.VIDEO_FPS_VARIABLE, timing.variable());
    }

    private void bitRate(Timing timing) {
        Long rate = BitRates.of(source, movie, track, timing);
        if (rate == null) {
            facts.unknown(FactKey.VIDEO_BIT_RATE, "the sizes of the frames are not known");
        } else {
            facts.known(FactKey.VIDEO_BIT_RATE, rate);
        }
    }

    private void gop() {
        String skipped = null;
        if (!track.isAvc() && !track.isHevc()) {
            skipped = "not read for " + VideoCodecs.name(track.format);
        } else if (track.encrypted) {
            skipped = "the video is encrypted";
        } else if (movie.fragments.seen) {
            skipped = "key frames of fragmented files are not read";
        }
        if (skipped != null) {
            facts.unknown(FactKey.VIDEO_GOP, skipped);
            return;
        }
        SampleWalk walk = new SampleWalk(source, track);
        walk.run();
        if (walk.reachesOutside()) {
            facts.known(FactKey.TRUNCATED, true);
        }
        facts.known(FactKey.VIDEO_GOP, new GopProbe(source, track).judge(walk));
    }
}
